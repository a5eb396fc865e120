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
const pastExpiryMs = 1_000;
const minuteMs = 60_000;

/**
 * Returns how many ms to jump to be 5 s before the next expiry, and what to say if that is impossible: with 5 s or less left, the jump goes 1 s past
 * the expiry; without an expiry it takes a minute.
 */
export function toNextExpiry(view: View, now: number): { ms: number; notice: string | null } {
  const at = nextExpiry(view, now);
  if (at === null) return { ms: minuteMs, notice: 'Nothing here expires. Time has jumped by 1 minute.' };
  const ms = Math.floor(at - now - beforeExpiryMs);
  if (ms > 0) return { ms, notice: null };
  return {
    ms: Math.ceil(at - now + pastExpiryMs),
    notice: 'The next expiry was 5 s away or less. Time has jumped 1 s past it.',
  };
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
