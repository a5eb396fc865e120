import { sessionIds } from '../../scenarios/engine/identity.ts';
import type { Trace } from '../../scenarios/engine/trace.ts';

/** Enough to tell sessions apart, far too little to guess the rest. */
const kept = 6;

/** Whoever knows an id of that length has the session; a shorter one, such as a counter's, has nothing to hide. */
const secretFrom = 16;

/**
 * The trace with every session id and signature cut to its first letters: a report is kept in files and pasted into
 * issues, and an id that still lives is as good as a password.
 */
export function shortened(trace: Trace): Trace {
  const text = JSON.stringify(trace);
  // Wherever they stand, for an event alone does not tell of all: a refused cookie never reached a jar.
  const signed = [...text.matchAll(signedValue)].map(([, , id]) => id!);
  const ids = new Set([...sessionIds(trace.events), ...signed, ...idsOfKeys(text)]);
  const withoutSignatures = text.replace(signedValue, '$1$2.$3…').replace(token, (value) => `${value.slice(0, kept)}…`);
  const shorter = [...ids]
    .filter((id) => id.length >= secretFrom)
    .reduce((before, id) => before.replaceAll(id, `${id.slice(0, kept)}…`), withoutSignatures);
  return JSON.parse(shorter);
}

/** `s:<id>.<signature>`, as it is or percent-encoded; of the signature, the first letters are told apart. */
const signedValue = /(s(?::|%3A))([\w-]{16,})\.([\w%+/=-]{4})[\w%+/=-]*/g;

/** 32 bytes in base64url: what the app gives out as a CSRF token, a device's mark or a link to reset a password. */
const token = /(?<![\w-])[\w-]{43}(?![\w-])/g;

/** Of keys that were only asked for, too: an id that the store does not know yet may be known to it later. */
const idsOfKeys = (text: string) => [...text.matchAll(/sess:([\w-]+)/g)].map(([, id]) => id!);
