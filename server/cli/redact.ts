import { sessionIds } from '../../scenarios/engine/identity.ts';
import type { Trace } from '../../scenarios/engine/trace.ts';

/** Characters. Enough to distinguish sessions, far too few to guess the rest. */
const kept = 6;

/** Characters. A shorter id, such as a counter, is no secret. */
const shortestSecret = 16;

/**
 * Returns the trace with every session id, signature and token cut to its first characters. Reports are kept in files and pasted
 * into issues, and the id of an active session is as good as a password.
 */
export function redact(trace: Trace): Trace {
  const text = JSON.stringify(trace);
  // The whole text is searched, because no single event knows all ids: a refused cookie, for example, never reached a jar.
  const ids = new Set([
    ...sessionIds(trace.events),
    ...[...text.matchAll(signedValue)].map(([, , id]) => id!),
    ...[...text.matchAll(sessionKey)].map(([, id]) => id!),
  ]);
  const withoutSignatures = text.replace(signedValue, '$1$2.$3…').replace(token, (value) => `${value.slice(0, kept)}…`);
  const redacted = [...ids]
    .filter((id) => id.length >= shortestSecret)
    .reduce((before, id) => before.replaceAll(id, `${id.slice(0, kept)}…`), withoutSignatures);
  return JSON.parse(redacted);
}

/** `s:<id>.<signature>`, plain or percent-encoded. The first characters of the signature are kept. */
const signedValue = /(s(?::|%3A))([\w-]{16,})\.([\w%+/=-]{4})[\w%+/=-]*/g;

/** 32 bytes in base64url: a CSRF token, a device mark or the token of a password reset. */
const token = /(?<![\w-])[\w-]{43}(?![\w-])/g;

/** Also matches keys that were only read: an id that the store does not know yet may be stored later. */
const sessionKey = /sess:([\w-]+)/g;
