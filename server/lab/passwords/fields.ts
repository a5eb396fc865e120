/** Finds the passwords in what somebody sends, by the names of its fields. Every reader looks at each character a few times at most. */
import { isPasswordField } from '../../../scenarios/engine/passwordFields.ts';
import { decoded, readings } from './decoded.ts';
import { jsonPasswords } from './json.ts';
import { createPairing, hasValue, saysName } from './pairs.ts';
import { type Span, shifted } from './spans.ts';

/** Returns the passwords in the body of a request, for every type that it may claim: JSON, a form, parts, XML, or nearly one of them. */
export function bodyPasswords(text: string): Span[] {
  const json = jsonPasswords(text, { inString: bodyPasswords, inHeader: headerPasswords });
  if (json) return json;
  return [...formPasswords(text), ...partPasswords(text), ...elementPasswords(text), ...loosePasswords(text)];
}

/** Returns the passwords in the query of an address. */
export function addressPasswords(url: string): Span[] {
  const start = url.indexOf('?') + 1;
  return start === 0 ? [] : shifted(formPasswords(url.slice(start)), start);
}

/** Returns the passwords in a header, as its field name and its value say. */
export function headerPasswords(name: string, value: string): Span[] {
  const lower = name.toLowerCase();
  if (lower === 'referer' || lower === 'location') return addressPasswords(value);
  const whole = { from: 0, to: value.length, password: value };
  if (isPasswordField(name)) return value === '' ? [] : [whole];
  if (lower !== 'authorization' && lower !== 'proxy-authorization') return [];
  // RFC 7617: the user, a colon and the password, in base64.
  const scheme = /^\s*basic\s+/i.exec(value)?.[0];
  if (scheme === undefined || scheme.length === value.length) return [];
  const place = { from: scheme.length, to: value.length };
  const credentials = value.slice(place.from);
  const pair = Buffer.from(credentials, 'base64').toString();
  return [
    { ...place, password: credentials },
    { ...place, password: pair.slice(pair.indexOf(':') + 1) },
  ];
}

/** WHATWG URL standard, application/x-www-form-urlencoded. */
function formPasswords(text: string): Span[] {
  const spans: Span[] = [];
  let from = 0;
  for (const pair of text.split('&')) {
    const equals = pair.indexOf('=');
    const value = pair.slice(equals + 1);
    if (equals !== -1 && value !== '' && isPassword(pair.slice(0, equals)))
      spans.push({ from: from + equals + 1, to: from + pair.length, password: formValue(value) });
    from += pair.length + 1;
  }
  return spans;
}

const longestName = 200;

/** Whether that is the name of a password's field in some encoding. */
const isPassword = (name: string) => readings(name.slice(-longestName)).some(({ text }) => isPasswordField(text));

const formValue = (value: string) => new URLSearchParams(`=${value}`).get('') ?? value;

/** RFC 7578: a part names its field in its own header. */
function partPasswords(text: string): Span[] {
  const boundary = /^--[^\r\n]*/.exec(text.trimStart())?.[0];
  const spans: Span[] = [];
  let from = 0;
  for (const part of boundary === undefined ? [] : text.split(boundary)) {
    const blank = /\r?\n\r?\n/.exec(part);
    const head = blank ? part.slice(0, blank.index) : '';
    const name = /\bname\s*=\s*(?:"([^"]*)"|([^\s;]+))/i.exec(head)?.slice(1).find(Boolean);
    if (blank && name !== undefined) {
      const start = blank.index + blank[0].length;
      const value = part.slice(start).replace(/\r?\n$/, '');
      if (isPassword(name)) spans.push({ from: from + start, to: from + start + value.length, password: value });
      else spans.push(...shifted(bodyPasswords(value), from + start));
    }
    from += part.length + boundary!.length;
  }
  return spans.filter(({ to, from: start }) => to > start);
}

/** `<password>…</password>` */
function elementPasswords(text: string): Span[] {
  const spans: Span[] = [];
  const pair = createPairing(isPasswordField);
  for (const { index, 1: name = '', 0: tag } of text.matchAll(/<([\w.:-]{1,200})(?:\s[^<>]*)?>/g)) {
    const isOne = isPasswordField(name);
    if (!isOne && !saysName(name) && !hasValue(name)) continue;
    const from = index + tag.length;
    const close = text.indexOf('<', from);
    const to = close === -1 ? text.length : close;
    if (to <= from) continue;
    const span = { from, to, password: decoded(text.slice(from, to), 'reference') };
    if (isOne) spans.push(span);
    else spans.push(...pair(name, span.password, span));
  }
  return spans;
}

const nameCharacter = /[\p{L}\p{N}_$.%+\\[\]-]/u;
const betweenNameAndSeparator = /[\s"'`\\\])]/;

/** `{'password': 'x'}`, `password: x`, `password = x`, and JSON that is cut off. */
function loosePasswords(text: string): Span[] {
  const spans: Span[] = [];
  const pair = createPairing(isPassword);
  const separator = /[:=]/g;
  let before = 0;
  for (let found = separator.exec(text); found; found = separator.exec(text)) {
    const name = nameBefore(text, found.index, before);
    before = found.index + 1;
    if (saysName(name) || hasValue(name)) {
      const span = shortValueAfter(text, before);
      spans.push(...pair(name, span.password, span));
    }
    if (!isPassword(name)) continue;
    const span = valueAfter(text, before);
    if (span.to > span.from) spans.push(span);
    before = separator.lastIndex = Math.max(span.to, before);
  }
  return spans;
}

/** @param since where the value before has ended */
function nameBefore(text: string, separator: number, since: number): string {
  let end = separator;
  while (end > since && betweenNameAndSeparator.test(text[end - 1]!)) end--;
  let start = end;
  while (start > since && nameCharacter.test(text[start - 1]!)) start--;
  return text.slice(start, end);
}

function valueAfter(text: string, separator: number): Span {
  let from = separator;
  while (text[from] === '=' || /\s/.test(text[from] ?? '')) from++;
  const quoted = /^\\*["'`]/.exec(text.slice(from, from + 10))?.[0];
  if (quoted) {
    from += quoted.length;
    const to = endOfQuoted(text, from, quoted);
    return { from, to, password: decoded(text.slice(from, to), 'backslash') };
  }
  if (text[from] === '{' || text[from] === '[') return { from, to: endOfBrackets(text, from), password: '' };
  const to = from + /[&\r\n]|$/.exec(text.slice(from))!.index;
  // The rest of the line is masked, because a password may contain any of these.
  const password = /^[^\s,;}\]]*/.exec(text.slice(from, to))![0];
  return { from, to, password };
}

/** No longer value is looked for where it may be none of a password: there may be as many as characters. */
const longestPaired = 4000;

const shortValueAfter = (text: string, separator: number): Span =>
  shiftedOne(valueAfter(text.slice(separator, separator + longestPaired), 0), separator);

const shiftedOne = (span: Span, by: number): Span => shifted([span], by)[0]!;

/** @param quote with the backslashes before it, if it is within a quoted text itself */
function endOfQuoted(text: string, from: number, quote: string): number {
  for (let at = from; at < text.length; at++) {
    if (text.startsWith(quote, at)) return at;
    if (text[at] === '\\') at++;
  }
  return text.length;
}

function endOfBrackets(text: string, from: number): number {
  let open = 0;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '{' || text[at] === '[') open++;
    if (text[at] === '}' || text[at] === ']') open--;
    if (open === 0) return at + 1;
  }
  return text.length;
}
