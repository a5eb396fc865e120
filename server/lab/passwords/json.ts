import { isPasswordField } from '../../../scenarios/engine/passwordFields.ts';
import type { Span } from './spans.ts';

const tokens = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/**
 * Returns the passwords in JSON; null for a text that is none. It reads token by token, because the text may be nested more deeply
 * than a function can follow.
 * @param inString finds the passwords in a string that may be a body itself
 */
export function jsonPasswords(text: string, inString: (text: string) => Span[]): Span[] | null {
  if (!isJson(text)) return null;
  const spans: Span[] = [];
  let key: string | null = null;
  let lastString = '';
  /** Where the value of a password begins, if it has brackets, and how many of them are open. */
  let value = null as { from: number; open: number } | null;

  for (const { 0: token, index: from } of text.matchAll(tokens)) {
    const to = from + token.length;
    const isPassword: boolean = value !== null || (key !== null && isPasswordField(key));
    switch (token) {
      case ':':
        key = JSON.parse(lastString);
        break;
      case '{':
      case '[':
        if (isPassword) value = { from: value?.from ?? from, open: (value?.open ?? 0) + 1 };
        key = null;
        break;
      case '}':
      case ']':
        if (value && --value.open === 0) {
          spans.push({ from: value.from, to, password: '', quote: '"' });
          value = null;
        }
        break;
      case ',':
        break;
      default:
        lastString = token;
        spans.push(...scalar(token, from, isPassword, inString));
        key = null;
    }
  }
  return spans;
}

function scalar(token: string, from: number, isPassword: boolean, inString: (text: string) => Span[]): Span[] {
  const to = from + token.length;
  const text = token.startsWith('"') ? (JSON.parse(token) as string) : null;
  if (isPassword) {
    if (text !== null) return [{ from: from + 1, to: to - 1, password: text }];
    const isWord = token === 'true' || token === 'false' || token === 'null';
    return [{ from, to, password: isWord ? '' : token, quote: '"' }];
  }
  if (text === null || !/[:=<]/.test(text)) return [];
  const spans = inString(text);
  return spans.length === 0 ? [] : [{ from, to, password: '', inner: { text, spans } }];
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
