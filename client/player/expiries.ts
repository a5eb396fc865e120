/** When cookies and keys expire, and how far to jump to see it. All times are sandbox ms. Pure. */
import type { View } from '../../scenarios/engine/read.ts';
import type { JarCookie, TraceEvent } from '../../scenarios/engine/trace.ts';

/** Returns when the next visible key or cookie expires; null when none does. */
export function nextExpiry(view: View, now: number): number | null {
  const keys = view.keys.filter(({ mark }) => mark !== 'removed').map(({ expiresAt }) => expiresAt);
  const cookies = view.actors.flatMap((actor) =>
    actor.cookies.filter(({ mark }) => mark !== 'removed').map(({ cookie }) => cookie.expiresAt),
  );
  const ahead = [...keys, ...cookies].filter((at): at is number => at !== null && at > now);
  return ahead.length > 0 ? Math.min(...ahead) : null;
}

const beforeExpiryMs = 5_000;
const minuteMs = 60_000;

/** Returns how many ms to jump to be 5 s before the next expiry; a minute if nothing expires, or if less than 5 s are left. */
export function toNextExpiry(view: View, now: number): number {
  const at = nextExpiry(view, now);
  const ms = at === null ? 0 : Math.floor(at - now - beforeExpiryMs);
  return ms > 0 ? ms : minuteMs;
}

/** Returns whether the browser has dropped the cookie. */
export const hasExpired = (cookie: JarCookie, now: number) => cookie.expiresAt !== null && cookie.expiresAt <= now;

/**
 * Returns since when a cookie has had its expiry: the start of its lifetime bar.
 *
 * @param events those visible. The cookie is in the actor's last jar among them.
 */
export function lifetimeStart(events: readonly TraceEvent[], actor: string, cookie: JarCookie): number {
  let start = 0;
  for (const event of events.toReversed()) {
    if (event.type !== 'jar' || event.actor !== actor) continue;
    const before = event.cookies.find(
      ({ name, domain, path }) => name === cookie.name && domain === cookie.domain && path === cookie.path,
    );
    if (before?.expiresAt !== cookie.expiresAt) break;
    start = event.at;
  }
  return start;
}
