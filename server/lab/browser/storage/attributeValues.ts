import { domainToASCII } from 'node:url';
import { parseDate } from 'tough-cookie';
import { type CookieState, sameSiteValue } from '../cookieState.ts';
import { consistsOfAscii, fromOctets } from '../octets.ts';

/**
 * What the value of an attribute means; null when it means nothing, as if the attribute were not there. `undefined` comes
 * in when it is not there.
 */
type AttributeValue<Meaning> = (value: string | undefined) => Meaning | null;

/** RFC 6265bis section 5.6.1, in milliseconds since 1970. */
export const expiresAttributeValue: AttributeValue<number> = (value) => parseDate(value)?.getTime() ?? null;

/** RFC 6265bis section 5.6.2, in seconds. Chromium (156) takes a `+` in front as well, which the section does not. */
export const maxAgeAttributeValue: AttributeValue<number> = (value = '') =>
  /^[-+]?[0-9]+$/.test(value) ? Number(value) : null;

/**
 * RFC 6265bis section 5.6.3. Section 5.7 step 8 refuses an international name that is not in its ASCII form (xn--…);
 * Chromium (156) reads it as UTF-8 and converts it. What cannot be converted stays as it is, for a rule to refuse.
 */
export const domainAttributeValue: AttributeValue<string> = (value = '') => {
  if (value === '') return null;
  const domain = value.replace(/^\./, '');
  return consistsOfAscii(domain) ? domain.toLowerCase() : domainToASCII(fromOctets(domain)) || domain;
};

/** RFC 6265bis section 5.6.4. */
export const pathAttributeValue: AttributeValue<string> = (value = '') => (value.startsWith('/') ? value : null);

/** RFC 6265bis section 5.6.7. */
export const sameSiteAttributeValue: AttributeValue<CookieState['sameSite']> = (value) =>
  sameSiteValue(value?.toLowerCase());
