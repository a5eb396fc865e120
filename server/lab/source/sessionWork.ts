/**
 * express-session reads a record before any handler runs, and finishes a response after its handler has returned. Then no
 * line of the app is on the stack. These two functions remember the line that is responsible.
 */
import type { ServerResponse } from 'node:http';
import { RedisStore } from 'connect-redis';
import type { Request } from 'express';
import type { SessionData } from 'express-session';
import type { CodePlace } from '../../../scenarios/engine/trace.ts';
import type { Parts } from '../../app/parts.ts';
import { appLine, calledBySession, surelyAt, withAppLine } from './appLine.ts';

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
          const place = calledBySession(touchAnswering) ? appLine(framesToHandler) : undefined;
          if (!place) return touch.apply(store, args);
          noteLine((args[1] as SessionOfRequest).req?.res, place);
          return surelyAt(place, touch, store, args);
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

/** What express-session gives a store. Its types leave out the request. */
type SessionOfRequest = SessionData & { req?: Request };

/** From a handler to the call of express-session, over res.json(), res.send() and res.end(). */
const framesToHandler = 6;

/** As many lead from a handler to the head of its response. */
const framesToHead = 10;

const toNote = new WeakMap<ServerResponse, (place: CodePlace) => void>();

/**
 * Reports the line of the app that answers: the one that sends the head of the response. express-session sends it when the handler
 * ends the response, also where the rest has to wait for Redis. (The body would tell as well, but to watch `res.end`, which
 * express-session replaces, makes all that reads a response slower.)
 */
export function noteResponseLine(res: ServerResponse, note: (place: CodePlace) => void): void {
  toNote.set(res, note);
  const { writeHead } = res;
  res.writeHead = function writeHeadAndNote(this: ServerResponse, ...args: unknown[]) {
    if (toNote.has(this)) noteLine(this, appLine(framesToHead));
    return (writeHead as (...args: unknown[]) => ServerResponse).apply(this, args);
  } as typeof writeHead;
}

function noteLine(res: ServerResponse | undefined, place: CodePlace | undefined): void {
  const note = res && toNote.get(res);
  if (!note) return;
  toNote.delete(res);
  if (place) note(place);
}
