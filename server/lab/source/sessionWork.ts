/**
 * express-session reads a record before any handler runs, and finishes a response after its handler has returned. Then no
 * line of the app is on the stack. These two functions remember the line that is responsible.
 */
import type { ServerResponse } from 'node:http';
import { RedisStore } from 'connect-redis';
import type { CodePlace } from '../../../scenarios/engine/trace.ts';
import type { Parts } from '../../app/parts.ts';
import { answeringAt, appLine, calledBySession, lineAnswered, surelyAt, withAppLine } from './appLine.ts';

/**
 * Returns the same parts, with every read of a session record attributed to the line that installed express-session. The line
 * is known because express-session listens to the store's `disconnect` as soon as it is installed.
 */
export function attributeSessionReads(parts: Parts): Parts {
  return {
    ...parts,
    createSessionStore: (services) => {
      const store = parts.createSessionStore(services);
      const { on, get, touch } = store;
      let installed: CodePlace | undefined;
      if (touch === RedisStore.prototype.touch) {
        // At the end of almost every response.
        store.touch = function touchAnswering(...args: Parameters<typeof touch>) {
          const place = lineAnswered(touchAnswering);
          return place ? surelyAt(place, touch, store, args) : touch.apply(store, args);
        };
      }
      return Object.assign(store, {
        on: (...args: Parameters<typeof on>) => {
          if (args[0] === 'disconnect') installed ??= appLine();
          return on.apply(store, args);
        },
        get: function getInstalled(...args: Parameters<typeof get>) {
          return installed && get === RedisStore.prototype.get && calledBySession(getInstalled)
            ? surelyAt(installed, get, store, args)
            : withAppLine(installed, () => get.apply(store, args));
        },
      });
    },
  };
}

/** A handler calls res.json(), that calls res.send(), and that res.end(). */
const framesToHandler = 5;

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
      if (ended) return current.apply(this, args);
      ended = true;
      const place = appLine(framesToHandler);
      if (!place) return current.apply(this, args);
      note(place);
      return answeringAt(place, current, this, args);
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
