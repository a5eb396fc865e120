/** A cookie's value taken apart to be edited, and put together again. Pure. */
import { parseSignedValue } from '../../../scenarios/engine/identity.ts';
import type { RecordedCookie, TraceEvent } from '../../../scenarios/engine/trace.ts';

/** What can be edited: the three parts of a signed value, decoded; of any other the whole as it is sent. */
export interface Part {
  name: string;
  text: string;
}

export function partsOf({ value, sid }: Pick<RecordedCookie, 'value' | 'sid'>): Part[] {
  const signed = sid === null ? null : parseSignedValue(value);
  // Only what comes out as it went in may be taken apart.
  if (!signed || joined(asParts(signed)) !== value) return [{ name: 'value', text: value }];
  return asParts(signed);
}

const asParts = ({ prefix, sid, signature }: { prefix: string; sid: string; signature: string }): Part[] => [
  { name: 'prefix', text: prefix },
  { name: 'session id', text: sid },
  { name: 'signature', text: signature },
];

/** The value as it goes into the Cookie header. */
export function joined(parts: readonly Part[]): string {
  const [first, ...rest] = parts.map(({ text }) => text);
  if (rest.length === 0) return first ?? '';
  return encodeURIComponent(`${first}${rest.join('.')}`);
}

/** Each character of the new text, and whether another one stood in its place. */
export function compared(before: string, after: string): { character: string; changed: boolean }[] {
  return [...after].map((character, index) => ({ character, changed: before[index] !== character }));
}

/** How many characters differ, those that came or went included. */
export function differences(before: string, after: string): number {
  const changed = compared(before, after).filter(({ changed }) => changed).length;
  return changed + Math.max(0, before.length - after.length);
}

/** Why a Cookie header could not carry it; null when it can. RFC 6265bis section 5.7. */
export function whyNotSendable(value: string): string | null {
  if (value.length > 4096) return 'A browser keeps at most 4096 characters.';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these cannot stand in a header
  return /[\x00-\x08\x0a-\x1f\x7f;]|[^\x00-\xff]/.test(value)
    ? 'No Cookie header can carry a semicolon, a control character, or one outside Latin-1.'
    : null;
}

/** The last request in which the shop found that the signature of this value does not fit: "GET /me"; null when in none. */
export function refusedIn(events: readonly TraceEvent[], name: string, value: string): string | null {
  if (!wasSigned(events, name)) return null;
  const forged = new Set(
    events.flatMap((event) =>
      event.type === 'audit' && event.name === 'session_cookie_invalid' ? [event.request] : [],
    ),
  );
  const sent = events.findLast(
    (event) =>
      event.type === 'request' &&
      forged.has(event.id) &&
      event.cookies.some((cookie) => cookie.sent && cookie.name === name && cookie.value === value),
  );
  return sent?.type === 'request' ? `${sent.method} ${new URL(sent.url).pathname}` : null;
}

/** Whether the shop signs the cookie of that name: one of that name has been signed before. */
const wasSigned = (events: readonly TraceEvent[], name: string) =>
  events.some(
    (event) => event.type === 'jar' && event.cookies.some((cookie) => cookie.name === name && cookie.sid !== null),
  );
