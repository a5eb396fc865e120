import { Cookie } from 'tough-cookie';

/** RFC 6265bis section 5.6: a longer attribute value is ignored together with its attribute. */
export const MAX_ATTRIBUTE_OCTETS = 1024;

/**
 * Takes a Set-Cookie header apart (RFC 6265bis section 5.6). Name and value are split here, because tough-cookie has no
 * cookies without a name; the attributes are tough-cookie's. Refuses nothing and never throws: that is for the rules of
 * storage.
 *
 * @param header one octet per character
 */
export function parseSetCookie(header: string): Cookie {
  const [pair = '', ...attributes] = header.split(';');
  const cookie = Cookie.parse(['any=any', ...attributes.filter(fits)].join(';')) ?? new Cookie();
  const equals = pair.indexOf('=');
  // Section 5.6 step 3: without a "=" all of it is the value of a cookie without a name.
  cookie.key = equals === -1 ? '' : trimWhitespace(pair.slice(0, equals));
  cookie.value = trimWhitespace(pair.slice(equals + 1));
  return cookie;
}

function fits(attribute: string): boolean {
  const equals = attribute.indexOf('=');
  return equals === -1 || trimWhitespace(attribute.slice(equals + 1)).length <= MAX_ATTRIBUTE_OCTETS;
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
