import { sidsOf } from '../../scenarios/engine/identity.ts';
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
  const ids = new Set(trace.events.flatMap(sidsOf).filter((sid) => sid.length >= shortestSecret));
  const cut = (text: string) => `${text.slice(0, kept)}…`;
  const text = JSON.stringify(trace);
  const withoutIds =
    ids.size === 0 ? text : text.replace(anyOf(ids), (_, id: string, shown = '') => cut(id) + (shown && `${shown}…`));
  return JSON.parse(withoutIds.replace(token, cut));
}

/**
 * One expression for all ids: a flood has a thousand, and to go through its long trace for each took a fifth of a second. The second
 * group is the part of a signature behind an id that is shown.
 */
function anyOf(ids: ReadonlySet<string>): RegExp {
  // An id may begin with another one.
  const longestFirst = [...ids].sort((a, b) => b.length - a.length);
  return new RegExp(`(${longestFirst.map(escaped).join('|')})(?:(\\.${base64}{4})${base64}+)?`, 'g');
}

/** One character of a signature: plain, percent-encoded as in a cookie, or encoded twice as in a URL. */
const base64 = '(?:[\\w+/=-]|%(?:25)?(?:2B|2F|3D))';

/** 32 bytes in base64url: a CSRF token, a device mark or the token of a password reset. */
const token = /(?<![\w-])[\w-]{43}(?![\w-])/g;

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
