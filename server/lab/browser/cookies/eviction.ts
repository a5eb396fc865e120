/**
 * Which cookies a browser drops when a site has too many (RFC 6265bis section 5.7, after step 24). The RFC leaves the numbers open;
 * these are those of Chromium (156).
 */
import { registrableDomain } from '../site.ts';
import type { Cookie } from './cookie.ts';

/** How many cookies a registrable domain may have, http and https together; and each of its partitions. */
export const mostCookies = 180;

/** With one more, it is left with so many. A partition is left with `mostCookies`. */
const leftAfterwards = 150;

/** A cookie with the time of its last use, as a number that grows. */
export type UsedCookie = Cookie & { lastUse: number; turn: number };

type Priority = 'Low' | 'Medium' | 'High';

/** As many cookies of each priority stay, unless a later round needs them. */
const quota: Record<Priority, number> = { Low: 30, Medium: 50, High: 70 };

/** The rounds, until enough are dropped: cookies without Secure go first. */
const rounds: [priority: Priority, sparesSecure: boolean][] = [
  ['Low', true],
  ['Low', false],
  ['Medium', true],
  ['High', true],
  ['Medium', false],
  ['High', false],
];

/** Returns the cookies to drop after that one was stored, those used the longest ago first. None of the jar's has expired. */
export function cookiesToDrop(jar: Iterable<UsedCookie>, stored: Cookie): UsedCookie[] {
  const domain = registrableDomain(stored.domain);
  const together = [...jar]
    .filter((cookie) => cookie.partition === stored.partition && registrableDomain(cookie.domain) === domain)
    .sort((a, b) => a.lastUse - b.lastUse || a.turn - b.turn);
  if (together.length <= mostCookies) return [];
  if (stored.partition !== undefined) return together.slice(0, together.length - mostCookies);

  const dropped = new Set<UsedCookie>();
  for (const [priority, sparesSecure] of rounds) {
    const ofPriority = together.filter((cookie) => !dropped.has(cookie) && (cookie.priority ?? 'Medium') === priority);
    const droppable = sparesSecure ? ofPriority.filter(({ secure }) => !secure) : ofPriority;
    const goal = together.length - leftAfterwards - dropped.size;
    const count = Math.min(goal, mostToDrop(ofPriority, quota[priority], sparesSecure));
    for (const cookie of droppable.slice(0, Math.max(count, 0))) dropped.add(cookie);
  }
  return [...dropped];
}

/** Where Secure cookies alone exceed the quota, all others may go. */
function mostToDrop(cookies: UsedCookie[], quota: number, sparesSecure: boolean): number {
  if (cookies.length <= quota) return 0;
  if (!sparesSecure) return cookies.length - quota;
  const secure = cookies.filter((cookie) => cookie.secure).length;
  return secure > quota ? Number.POSITIVE_INFINITY : cookies.length - Math.max(secure, quota - secure);
}
