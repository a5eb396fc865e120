import type { CookieState } from '../cookieState.ts';
import {
  domainAttributeValue,
  expiresAttributeValue,
  maxAgeAttributeValue,
  pathAttributeValue,
  sameSiteAttributeValue,
} from './attributeValues.ts';

/** RFC 6265bis section 5.6: a longer attribute value is ignored together with its attribute. */
export const MAX_ATTRIBUTE_OCTETS = 1024;

/** What a Set-Cookie header says, nothing refused yet. Of an attribute that is not there, or that says nothing usable: null. */
export interface ParsedCookie extends Pick<CookieState, 'name' | 'value' | 'secure' | 'httpOnly' | 'partitioned'> {
  /** Milliseconds since 1970. */
  expires: number | null;
  /** Seconds; 0 or less means "already over". */
  maxAge: number | null;
  /** In lower case, without the leading dot; empty when the dot was all there was. */
  domain: string | null;
  path: string | null;
  sameSite: CookieState['sameSite'];
}

/**
 * Takes a Set-Cookie header apart (RFC 6265bis section 5.6). Refuses nothing and never throws: that is for the rules of
 * storage.
 *
 * @param header one octet per character
 */
export function parseSetCookie(header: string): ParsedCookie {
  const [pair, ...rest] = pairsOf(header);
  const attributes = attributesOf(rest);
  return {
    // Section 5.6 step 3: without a "=" all of it is the value of a cookie without a name.
    name: pair.value === null ? '' : pair.name,
    value: pair.value ?? pair.name,
    expires: expiresAttributeValue(attributes.get('expires')),
    maxAge: maxAgeAttributeValue(attributes.get('max-age')),
    domain: domainAttributeValue(attributes.get('domain')),
    path: pathAttributeValue(attributes.get('path')),
    secure: attributes.has('secure'),
    httpOnly: attributes.has('httponly'),
    sameSite: sameSiteAttributeValue(attributes.get('samesite')),
    partitioned: attributes.has('partitioned'),
  };
}

/** What stands between two semicolons. */
export interface Pair {
  name: string;
  /** Null: there is no `=`. */
  value: string | null;
}

/** The name-value pair, then the attributes, without the whitespace around them. */
export function pairsOf(header: string): [Pair, ...Pair[]] {
  const [first = '', ...rest] = header.split(';');
  return [pairOf(first), ...rest.map(pairOf)];
}

function pairOf(text: string): Pair {
  const equals = text.indexOf('=');
  if (equals === -1) return { name: trimWhitespace(text), value: null };
  return { name: trimWhitespace(text.slice(0, equals)), value: trimWhitespace(text.slice(equals + 1)) };
}

/**
 * By name, in lower case. Of two with one name the last counts, and in Chromium (156) even where an Expires or Max-Age
 * says nothing usable; sections 5.6.1 and 5.6.2 let the one before stand then.
 */
function attributesOf(pairs: Pair[]): Map<string, string> {
  const attributes = new Map<string, string>();
  for (const { name, value } of pairs) {
    if ((value ?? '').length <= MAX_ATTRIBUTE_OCTETS) attributes.set(name.toLowerCase(), value ?? '');
  }
  return attributes;
}

/** Section 5.6 step 4: spaces and tabs only. String.trim() would also take U+00A0, half of many UTF-8 characters. */
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
