/** When things expire, and how far to jump to see it. */
import type { View } from '../../scenarios/engine/read.ts';
import type { JarCookie, TraceEvent } from '../../scenarios/engine/trace.ts';

/** Sandbox ms of the next expiry of a key or a cookie; null when nothing in sight expires. */
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

/** Milliseconds to jump to be 5 s before the next expiry; 1 minute when nothing expires or less than that is left. */
export function toNextExpiry(view: View, now: number): number {
  const at = nextExpiry(view, now);
  const ms = at === null ? 0 : Math.floor(at - now - beforeExpiryMs);
  return ms > 0 ? ms : minuteMs;
}

/** Whether the browser has dropped it by now. */
export const hasExpired = (cookie: JarCookie, now: number) => cookie.expiresAt !== null && cookie.expiresAt <= now;

/**
 * Sandbox ms since which an actor's cookie has the expiry it has: the start of its bar. `events` are those visible, and the
 * cookie is in the last jar of that actor in them.
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

/** What is left of a lifetime, between 0 and 1. */
export function fractionLeft(from: number, to: number, now: number): number {
  return to <= from ? 0 : Math.min(1, Math.max(0, (to - now) / (to - from)));
}
