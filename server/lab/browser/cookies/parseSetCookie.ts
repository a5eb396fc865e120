import { domainToASCII } from 'node:url';
import { decodeUtf8, isAscii } from './byteString.ts';
import type { Cookie } from './cookie.ts';
import { parseExpires } from './parseExpires.ts';

/** RFC 6265bis section 5.6: an attribute with a longer value is ignored. */
export const maxAttributeBytes = 1024;

/** What a Set-Cookie header says. An attribute that is missing or unusable is null. */
export interface ParsedCookie extends Pick<Cookie, 'name' | 'value' | 'secure' | 'httpOnly' | 'sameSite'> {
  partitioned: boolean;
  priority: Cookie['priority'] | null;
  /** Milliseconds since 1970. */
  expires: number | null;
  /** Seconds; 0 or less means that the cookie has already expired. */
  maxAge: number | null;
  /** In lower case, without the leading dot; empty if the dot was everything. */
  domain: string | null;
  path: string | null;
}

/**
 * Parses a Set-Cookie header (RFC 6265bis section 5.6). It refuses nothing and never throws: refusing is left to the rules of
 * storage.
 *
 * @param header one byte per character
 */
export function parseSetCookie(header: string): ParsedCookie {
  const [first = '', ...rest] = header.split(';');
  const pair = splitPair(first);
  const attributes = attributesIn(rest);
  return {
    // Section 5.6 step 3: without a "=", everything is the value of a cookie without a name.
    name: pair.value === null ? '' : pair.name,
    value: pair.value ?? pair.name,
    expires: parseExpires(attributes.get('expires') ?? ''),
    maxAge: maxAgeValue(attributes.get('max-age')),
    domain: domainValue(attributes.get('domain')),
    path: pathValue(attributes.get('path')),
    secure: attributes.has('secure'),
    httpOnly: attributes.has('httponly'),
    sameSite: oneOf(['Strict', 'Lax', 'None'] as const, attributes.get('samesite')),
    partitioned: attributes.has('partitioned'),
    priority: oneOf(['Low', 'High'] as const, attributes.get('priority')),
  };
}

/**
 * Maps the name of each attribute, in lower case, to its value. Of two attributes with the same name the last one counts.
 * Chromium (156) applies this even to an Expires or Max-Age that is unusable, where sections 5.6.1 and 5.6.2 keep the one
 * before it.
 */
function attributesIn(texts: string[]): Map<string, string> {
  const attributes = new Map<string, string>();
  for (const text of texts) {
    const { name, value } = splitPair(text);
    if ((value ?? '').length <= maxAttributeBytes) attributes.set(name.toLowerCase(), value ?? '');
  }
  return attributes;
}

/** Returns whether a tab is inside a name or a value, of the cookie or of any attribute. Around them, it is trimmed. */
export function hasInnerTab(header: string): boolean {
  return header.split(';').some((text) => {
    const { name, value } = splitPair(text);
    return `${name}=${value}`.includes('\t');
  });
}

/** Splits text at its first `=` and trims both parts. Without a `=`, the value is null. */
function splitPair(text: string): { name: string; value: string | null } {
  const equals = text.indexOf('=');
  if (equals === -1) return { name: trimWhitespace(text), value: null };
  return { name: trimWhitespace(text.slice(0, equals)), value: trimWhitespace(text.slice(equals + 1)) };
}

/** Section 5.6 step 4: spaces and tabs only. String.trim() also removes U+00A0, a byte of many UTF-8 characters. */
function trimWhitespace(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isWhitespace(text[start])) start++;
  while (end > start && isWhitespace(text[end - 1])) end--;
  return text.slice(start, end);
}

function isWhitespace(character: string | undefined): boolean {
  return character === ' ' || character === '\t';
}

/**
 * Section 5.6.2. Returns seconds. Chromium (156) also accepts a leading `+`, and a number that does not fit into 64 bits, whatever
 * follows it: that is as late or as early as can be.
 */
function maxAgeValue(value = ''): number | null {
  const [, number, rest] = /^([-+]?[0-9]+)(.*)$/s.exec(value) ?? [];
  if (number === undefined) return null;
  const seconds = BigInt(number.replace('+', ''));
  const isExtreme = seconds >= 2n ** 63n - 1n || seconds <= -(2n ** 63n);
  return rest === '' || isExtreme ? Number(number) : null;
}

/**
 * Section 5.6.3. Section 5.7 step 8 refuses an international name that is not in its ASCII form (xn--…); Chromium (156)
 * decodes it as UTF-8 and converts it. A name that cannot be converted is returned as it is, to be refused there.
 */
function domainValue(value = ''): string | null {
  if (value === '') return null;
  const domain = value.replace(/^\./, '');
  return isAscii(domain) ? domain.toLowerCase() : domainToASCII(decodeUtf8(domain)) || domain;
}

/** Section 5.6.4. */
function pathValue(value = ''): string | null {
  return value.startsWith('/') ? value : null;
}

/** Section 5.6.7: in upper or lower case. What is not known counts as missing. */
function oneOf<Known extends string>(known: readonly Known[], value = ''): Known | null {
  return known.find((one) => one.toLowerCase() === value.toLowerCase()) ?? null;
}
