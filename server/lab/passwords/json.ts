import { isPasswordField } from '../../../scenarios/engine/passwordFields.ts';
import { hasValue, saysName } from './pairs.ts';
import type { Span } from './spans.ts';

const tokens = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

export interface Readers {
  /** Finds the passwords in a string that may be a body itself. */
  inString(text: string): Span[];
  /** Finds those in a value that a header of that name may have. */
  inHeader(name: string, text: string): Span[];
}

/** An object or a list that is open. */
interface Open {
  from: number;
  isList: boolean;
  /** The key that it is the value of. */
  key: string | null;
  /** For a list in a list: how many values it has so far. */
  values: number;
  /** The field that it names, as `name` does in `{"name":"password","value":"…"}`. */
  field: string | null;
  /** What has the value of that field, if it stands before the name. */
  valuesBefore: Span[];
}

/**
 * Returns the passwords in JSON; null for a text that is none. It reads token by token, because the text may be nested more deeply
 * than a function can follow.
 */
export function jsonPasswords(text: string, readers: Readers): Span[] | null {
  if (!isJson(text)) return null;
  const spans: Span[] = [];
  const open: Open[] = [];
  let key: string | null = null;
  let lastString = '';
  /** Where the value of a password begins, if it has brackets, and how many of them are open. */
  let value = null as { from: number; open: number } | null;

  /** The name of the field that a value stands for: its key, what stands beside it, or what stands before it in a pair. */
  function fieldOfValue(): string | null {
    const inside = open.at(-1);
    if (inside?.isList) return isPair(inside, open.at(-2)) && inside.values === 1 ? inside.field : key;
    return key !== null && hasValue(key) && inside?.field ? inside.field : key;
  }

  function note(token: string, span: Span): void {
    const inside = open.at(-1);
    if (!inside) return;
    if (inside.isList) {
      if (inside.values++ === 0 && token.startsWith('"')) inside.field = JSON.parse(token);
      return;
    }
    if (key === null) return;
    if (hasValue(key)) inside.valuesBefore.push(span);
    else if (saysName(key) && token.startsWith('"')) {
      const name: string = JSON.parse(token);
      if (inside.field === null || isPasswordField(name)) inside.field = name;
      if (isPasswordField(name)) spans.push(...inside.valuesBefore.splice(0));
    }
  }

  for (const { 0: token, index: from } of text.matchAll(tokens)) {
    const to = from + token.length;
    switch (token) {
      case ':':
        key = JSON.parse(lastString);
        break;
      case '{':
      case '[': {
        const field = fieldOfValue();
        if (value !== null || (field !== null && isPasswordField(field)))
          value = { from: value?.from ?? from, open: (value?.open ?? 0) + 1 };
        open.push({ from, isList: token === '[', key, values: 0, field: null, valuesBefore: [] });
        key = null;
        break;
      }
      case '}':
      case ']': {
        if (value && --value.open === 0) {
          spans.push(container(value.from, to));
          value = null;
        }
        const closed = open.pop()!;
        key = closed.key;
        note('', container(closed.from, to));
        key = null;
        break;
      }
      case ',':
        break;
      default: {
        if (token.startsWith('"') && isKey(text, to)) {
          lastString = token;
          break;
        }
        const field = fieldOfValue();
        const isPassword = value !== null || (field !== null && isPasswordField(field));
        spans.push(...scalar(token, from, isPassword, field, readers));
        note(token, passwordSpan(token, from));
        key = null;
      }
    }
  }
  return spans;
}

const container = (from: number, to: number): Span => ({ from, to, password: '', quote: '"' });

/** A list of two in a list, as `Object.entries()` makes it. */
const isPair = (list: Open, around: Open | undefined) => list.isList && around?.isList === true;

/** Whether a colon follows. */
function isKey(text: string, from: number): boolean {
  let at = from;
  while (text[at] === ' ' || text[at] === '\n' || text[at] === '\r' || text[at] === '\t') at++;
  return text[at] === ':';
}

function passwordSpan(token: string, from: number): Span {
  const to = from + token.length;
  if (token.startsWith('"')) return { from: from + 1, to: to - 1, password: JSON.parse(token) };
  const isWord = token === 'true' || token === 'false' || token === 'null';
  return { from, to, password: isWord ? '' : token, quote: '"' };
}

function scalar(token: string, from: number, isPassword: boolean, field: string | null, readers: Readers): Span[] {
  if (isPassword) return [passwordSpan(token, from)];
  if (!token.startsWith('"')) return [];
  const text: string = JSON.parse(token);
  const spans = field === null ? [] : readers.inHeader(field, text);
  if (spans.length === 0 && /[:=<]/.test(text)) spans.push(...readers.inString(text));
  return spans.length === 0 ? [] : [{ from, to: from + token.length, password: '', inner: { text, spans } }];
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
