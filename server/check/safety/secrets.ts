/** Keeps passwords and session ids out of reports and traces. */
import { createHmac, randomBytes } from 'node:crypto';
import { parseSignedValue } from '../../../scenarios/engine/identity.ts';
import { passwordMask } from '../../../scenarios/engine/passwordFields.ts';

/** A shorter value, such as a language, is no secret. Characters. */
const shortestSecret = 8;

/** A shorter one appears everywhere by chance, and is masked in its own field only. Characters. */
const shortestPassword = 4;

/** As long as a CSRF token or a token of a link. Characters. */
const tokenLike = /(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{32,}(?![\w-])/g;

/**
 * Learns secrets, and replaces them wherever they appear. A session id has a stand-in that is the same wherever the id was the
 * same, so that a reader of the trace can follow it, and that is worth nothing at the app.
 */
export function createSecrets() {
  const passwords = new Set<string>();
  const values = new Map<string, string>();
  const key = randomBytes(16);

  const standIn = (value: string) =>
    `${value.slice(0, 3)}${createHmac('sha256', key).update(value).digest('hex').slice(0, 6)}…`;

  return {
    password(password: string): void {
      const octets = Buffer.from(password);
      const forms = [
        ...[password, encodeURIComponent(password), new URLSearchParams({ '': password }).toString().slice(1)],
        ...[JSON.stringify(password).slice(1, -1), octets.toString('base64'), escapedForHtml(password)],
      ];
      for (const form of forms) if (form.length >= shortestPassword) passwords.add(form);
    },

    /** The value of any cookie: whole, decoded, and without its signature. */
    cookie(value: string): void {
      const signed = parseSignedValue(value);
      const parts = signed
        ? [value, signed.sid, signed.signature]
        : [value, decoded(value), ...decoded(value).split('.')];
      for (const part of parts) {
        if (part.length < shortestSecret) continue;
        values.set(part, standIn(signed?.sid ?? value));
        values.set(encodeURIComponent(part), standIn(signed?.sid ?? value));
      }
    },

    /** @param tokens whether what looks like a token is cut as well */
    redact(text: string, { tokens = true } = {}): string {
      let safe = text;
      for (const password of longestFirst(passwords)) safe = safe.replaceAll(password, passwordMask);
      for (const value of longestFirst(values.keys())) safe = safe.replaceAll(value, values.get(value)!);
      return tokens ? safe.replace(tokenLike, standIn) : safe;
    },
  };
}

export type Secrets = ReturnType<typeof createSecrets>;

const longestFirst = (texts: Iterable<string>) => [...texts].sort((a, b) => b.length - a.length);

const escapedForHtml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
