import type { CodePlace } from '../../../scenarios/engine/trace.ts';
import type { Parts } from '../../app/parts.ts';
import { codeHere, onBehalfOf } from './codeHere.ts';

/**
 * The same parts. express-session reads a record before any handler runs, so that no line of the app is on the stack: what led to
 * it is the line that put express-session in, with this store. It is known because express-session listens to the store's
 * connection from the moment it is put in.
 */
export function rememberWhoReadsSessions(parts: Parts): Parts {
  return {
    ...parts,
    sessionStore: (services) => {
      const store = parts.sessionStore(services);
      const { on, get } = store;
      let installed: CodePlace | undefined;
      return Object.assign(store, {
        on: (...args: Parameters<typeof on>) => {
          installed ??= codeHere();
          return on.apply(store, args);
        },
        get: (...args: Parameters<typeof get>) => onBehalfOf(installed, () => get.apply(store, args)),
      });
    },
  };
}
