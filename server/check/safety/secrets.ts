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
  /** What to put in place of each text. */
  const known = new Map<string, string>();
  const cookies = new Set<string>();
  const key = randomBytes(16);
  let pattern: RegExp | null = null;

  const standIn = (value: string) =>
    `${value.slice(0, 3)}${createHmac('sha256', key).update(value).digest('hex').slice(0, 6)}…`;

  function learn(text: string, instead: string): void {
    known.set(text, instead);
    pattern = null;
  }

  /** All of them at once: a trace has thousands of texts. */
  function patternOf(): RegExp {
    const longestFirst = [...known.keys()].sort((a, b) => b.length - a.length);
    return new RegExp(longestFirst.map(escaped).join('|') || '(?!)', 'g');
  }

  return {
    password(password: string): void {
      const octets = Buffer.from(password);
      const forms = [
        ...[password, encodeURIComponent(password), new URLSearchParams({ '': password }).toString().slice(1)],
        ...[JSON.stringify(password).slice(1, -1), octets.toString('base64'), escapedForHtml(password)],
      ];
      for (const form of forms) if (form.length >= shortestPassword) learn(form, passwordMask);
    },

    /** The value of any cookie: whole, decoded, and without its signature. */
    cookie(value: string): void {
      if (cookies.has(value)) return;
      cookies.add(value);
      const signed = parseSignedValue(value);
      const plain = decoded(value);
      const parts = signed ? [value, signed.sid, signed.signature] : [value, plain, ...plain.split('.')];
      const instead = standIn(signed?.sid ?? value);
      for (const part of parts) {
        if (part.length < shortestSecret || known.has(part)) continue;
        learn(part, instead);
        learn(encodeURIComponent(part), instead);
      }
    },

    redact(text: string): string {
      pattern ??= patternOf();
      return text.replace(pattern, (secret) => known.get(secret)!).replace(tokenLike, standIn);
    },
  };
}

export type Secrets = ReturnType<typeof createSecrets>;

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

const escapedForHtml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
