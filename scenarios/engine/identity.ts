/** Which session a cookie value or a Redis key stands for: the one thing that is coloured the same wherever it shows up. */
import type { JarCookie, TraceEvent } from './trace.ts';

/** The value express-session signs: `s:<id>.<HMAC-SHA256 in base64>`, percent-encoded in the cookie. */
export interface SignedValue {
  prefix: string;
  sid: string;
  signature: string;
}

/** The three parts of a signed cookie value; null when it is not one. */
export function parseSignedValue(value: string): SignedValue | null {
  let decoded = value;
  try {
    decoded = decodeURIComponent(value);
  } catch {
    // A value that cannot be decoded is a value like any other; it is just not a signed one.
  }
  const match = /^(s:)([^.]+)\.(.+)$/.exec(decoded);
  return match ? { prefix: match[1]!, sid: match[2]!, signature: match[3]! } : null;
}

/** The session id in a signed session cookie; undefined when there is no cookie or it is not a signed one. */
export function sidOf(cookie: { value: string } | undefined): string | undefined {
  return cookie && parseSignedValue(cookie.value)?.sid;
}

/** The session id in a key such as `sess:<id>`, with or without a namespace before it; null for any other key. */
export function sidOfKey(key: string): string | null {
  return /(?:^|:)sess:(.+)$/.exec(key)?.[1] ?? null;
}

/** The session ids of a trace in the order they first appeared: the index is the identity's colour. */
export function sessionIds(events: readonly TraceEvent[]): string[] {
  const seen = new Set<string>();
  for (const event of events) {
    for (const sid of sidsIn(event)) seen.add(sid);
  }
  return [...seen];
}

function sidsIn(event: TraceEvent): string[] {
  switch (event.type) {
    case 'key':
      return present(sidOfKey(event.key));
    case 'jar':
      return event.cookies.flatMap(({ value }: JarCookie) => present(parseSignedValue(value)?.sid ?? null));
    case 'cookie-planted':
    case 'cookie-copied':
      return present(parseSignedValue(event.value)?.sid ?? null);
    default:
      return [];
  }
}

const present = (sid: string | null) => (sid === null ? [] : [sid]);
