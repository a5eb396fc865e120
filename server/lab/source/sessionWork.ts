/**
 * express-session reads a record before any handler runs, and finishes a response after its handler has returned. Then no
 * line of the app is on the stack. These two functions remember the line that is responsible.
 */
import type { ServerResponse } from 'node:http';
import type { CodePlace } from '../../../scenarios/engine/trace.ts';
import type { Parts } from '../../app/parts.ts';
import { appLine, withAppLine } from './appLine.ts';

/**
 * Returns the same parts, with every read of a session record attributed to the line that installed express-session. The line
 * is known because express-session listens to the store's `disconnect` as soon as it is installed.
 */
export function attributeSessionReads(parts: Parts): Parts {
  return {
    ...parts,
    createSessionStore: (services) => {
      const store = parts.createSessionStore(services);
      const { on, get } = store;
      let installed: CodePlace | undefined;
      return Object.assign(store, {
        on: (...args: Parameters<typeof on>) => {
          if (args[0] === 'disconnect') installed ??= appLine();
          return on.apply(store, args);
        },
        get: (...args: Parameters<typeof get>) => withAppLine(installed, () => get.apply(store, args)),
      });
    },
  };
}

/**
 * Reports the line of the app that ends this response. express-session replaces `res.end` and calls the original once Redis
 * has answered, when the handler is no longer on the stack. So the outermost `end` is watched, which the handler calls.
 */
export function noteResponseLine(res: ServerResponse, note: (place: CodePlace) => void): void {
  let ended = false;
  // A response that stays open is answered where its head is sent.
  const { flushHeaders } = res;
  res.flushHeaders = function flush() {
    const place = ended ? undefined : appLine();
    ended = true;
    if (place) note(place);
    return flushHeaders.call(this);
  };
  let end = res.end as (...args: unknown[]) => ServerResponse;
  const watched = (current: typeof end): typeof end =>
    function end(this: ServerResponse, ...args) {
      const place = ended ? undefined : appLine();
      ended = true;
      if (place) note(place);
      return current.apply(this, args);
    };
  Object.defineProperty(res, 'end', {
    configurable: true,
    enumerable: true,
    get: () => watched(end),
    set: (replacement) => {
      end = replacement;
    },
  });
}
