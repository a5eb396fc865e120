import type { ServerResponse } from 'node:http';
import type { CodePlace } from '../../../scenarios/engine/trace.ts';
import { codeHere } from './codeHere.ts';

/**
 * Notes which line of the app ends this response. express-session puts an `end` of its own in the place of the response's, and
 * calls the one before when Redis has answered: by then the handler is no longer on the stack. So whichever is in place says so
 * the moment it is called, which is what `res.json()` does at its end.
 */
export function noteWhoEnds(res: ServerResponse, note: (place: CodePlace) => void): void {
  let ended = false;
  let end = res.end as (...args: unknown[]) => ServerResponse;
  Object.defineProperty(res, 'end', {
    configurable: true,
    enumerable: true,
    get: () => watched(end),
    set: (other) => {
      end = other;
    },
  });

  const watched = (inPlace: typeof end): typeof end =>
    function end(this: ServerResponse, ...args) {
      const place = ended ? undefined : codeHere();
      ended = true;
      if (place) note(place);
      return inPlace.apply(this, args);
    };
}
