import { sidsOf } from '../../scenarios/engine/identity.ts';
import type { Trace } from '../../scenarios/engine/trace.ts';

/** Characters that are kept: enough to tell sessions apart, far too few to guess the rest. */
const kept = 6;

/** Shorter ids, such as a counter's, are no secret: they can be guessed anyway. Characters. */
const secretFrom = 16;

/**
 * Returns the trace with every session id, signature and token cut to its first characters. Reports are kept in files and
 * pasted into issues, and the id of an active session is as good as a password.
 */
export function shortened(trace: Trace): Trace {
  const ids = new Set(trace.events.flatMap(sidsOf).filter((sid) => sid.length >= secretFrom));
  const short = (text: string) => `${text.slice(0, kept)}…`;
  const withoutIds = [...ids].reduce((text, id) => {
    const signature = new RegExp(`(${escaped(id)}\\.${base64}{4})${base64}+`, 'g');
    return text.replace(signature, '$1…').replaceAll(id, short(id));
  }, JSON.stringify(trace));
  return JSON.parse(withoutIds.replace(token, short));
}

/** One character of a signature: as it is, percent-encoded as in a cookie, or encoded twice as in an address. */
const base64 = '(?:[\\w+/=-]|%(?:25)?(?:2B|2F|3D))';

/** 32 bytes in base64url: a CSRF token, a device's mark, or the token in a link to reset a password. */
const token = /(?<![\w-])[\w-]{43}(?![\w-])/g;

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
