/** Remembers the passwords that were typed in a sandbox, so that they are found wherever else they appear. */
import { readings } from './decoded.ts';
import type { Span } from './spans.ts';

/** A shorter one appears everywhere by chance. It is masked in its own field only. */
const shortest = 4;

/** A shorter one is found only as a whole word. */
const shortestAnywhere = 6;

/** More than anybody types. The oldest ones are forgotten. */
const mostRemembered = 200;

/** As many characters decide whether a password is found, so that a search takes no longer for long ones. */
const decisive = 32;

/** @param isPublic whether a text is no secret, because everybody sees it anyway */
export function createTypedPasswords(isPublic: (text: string) => boolean) {
  /** By what is searched for. */
  const remembered = new Map<string, { text: string; password: string }>();

  function find(text: string): Span[] {
    const spans: Span[] = [];
    for (const { text: read, positionOf } of remembered.size === 0 ? [] : readings(text)) {
      for (const [key, known] of remembered) {
        for (let at = read.indexOf(key); at !== -1; ) {
          const end = endOfMatch(read, at, known.text);
          if (isWhole(read, at, end, known.text))
            spans.push({ from: positionOf(at), to: positionOf(end), password: known.password });
          at = read.indexOf(key, end);
        }
      }
    }
    return spans;
  }

  return {
    learn(password: string): void {
      if (password.length < shortest || isPublic(password)) return;
      for (const text of encoded(password)) {
        const key = text.slice(0, decisive);
        // Of two that begin alike, the longer one is more to mask.
        const known = remembered.get(key);
        if (known && known.text.length >= text.length) continue;
        remembered.delete(key);
        remembered.set(key, { text, password });
      }
      while (remembered.size > mostRemembered) remembered.delete(remembered.keys().next().value!);
    },

    get size() {
      return remembered.size;
    },

    /** Returns where typed passwords appear in a text, in any encoding. */
    find,
  };
}

export type TypedPasswords = ReturnType<typeof createTypedPasswords>;

/** The password, its octets in a header, and its base64. */
function encoded(password: string): Set<string> {
  const octets = Buffer.from(password);
  const base64 = octets.toString('base64').replace(/=+$/, '');
  const forms = [password, octets.toString('latin1')];
  if (password.length >= shortestAnywhere) forms.push(base64, base64.replaceAll('+', '-').replaceAll('/', '_'));
  return new Set(forms);
}

function endOfMatch(text: string, at: number, known: string): number {
  let length = Math.min(decisive, known.length);
  while (length < known.length && text[at + length] === known[length]) length++;
  return at + length;
}

const word = /[\p{L}\p{N}]/u;

function isWhole(text: string, from: number, to: number, known: string): boolean {
  if (known.length >= shortestAnywhere) return true;
  return !word.test(text[from - 1] ?? '') && !word.test(text[to] ?? '');
}
