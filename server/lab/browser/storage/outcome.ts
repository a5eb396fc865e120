import type { ReceivedCookie } from '../../../../scenarios/engine/trace.ts';
import type { CookieState } from '../cookieState.ts';
import { duration, whereItGoes } from '../wording.ts';
import type { Arrival } from './arrival.ts';
import { LIFETIME_LIMIT } from './lifetimeLimit.ts';
import { sameIdentity } from './sameIdentity.ts';

/**
 * What became of a cookie that no rule refused, and why, for a learner. `arrival.jar` is the jar before it came.
 *
 * @param now milliseconds since 1970
 */
export function outcome({ cookie, jar }: Arrival, now: number): Pick<ReceivedCookie, 'outcome' | 'why'> {
  const old = jar.some((other) => sameIdentity(other, cookie));
  const place = placeOf(cookie);
  if (cookie.expiresAt === null || cookie.expiresAt > now) {
    return { outcome: 'stored', why: `${old ? 'replaces the one' : 'stored'} for ${place}, ${lifetime(cookie, now)}` };
  }
  if (old) return { outcome: 'removed', why: `its expiry is in the past: the one for ${place} is gone` };
  // A browser stores and drops it in one go. What a logout often does not notice: the cookie it meant is another one.
  const namesake = jar.find((other) => other.name === cookie.name);
  const left = namesake ? `; the ${cookie.name} for ${placeOf(namesake)} stays` : '';
  return { outcome: 'refused', why: `its expiry is in the past and there is none for ${place} to remove${left}` };
}

function placeOf(cookie: CookieState): string {
  return cookie.path === '/' ? whereItGoes(cookie) : `${whereItGoes(cookie)}, path ${cookie.path}`;
}

function lifetime({ expiresAt }: CookieState, now: number): string {
  if (expiresAt === null) return 'until the browser is closed';
  const left = expiresAt - now;
  return left === LIFETIME_LIMIT ? 'for 400 days, the longest a browser keeps any' : `for ${duration(left)}`;
}
