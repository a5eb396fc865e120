/** Referrer Policy (W3C): how much of a page’s address its requests tell. */
import { parseUrl } from '../network/parseUrl.ts';

export const referrerPolicies = [
  'no-referrer',
  'no-referrer-when-downgrade',
  'origin',
  'origin-when-cross-origin',
  'same-origin',
  'strict-origin',
  'strict-origin-when-cross-origin',
  'unsafe-url',
] as const;

export type ReferrerPolicy = (typeof referrerPolicies)[number];

export const defaultPolicy: ReferrerPolicy = 'strict-origin-when-cross-origin';

/** Returns what a Referrer-Policy header says: of several words the last that is known (section 8.1). Null: nothing. */
export function parseReferrerPolicy(header: string | undefined): ReferrerPolicy | null {
  const words = (header ?? '').split(/[,\n]/).map((word) => word.trim().toLowerCase());
  return referrerPolicies.findLast((policy) => policy === words.findLast((word) => isPolicy(word))) ?? null;
}

const isPolicy = (word: string): word is ReferrerPolicy => (referrerPolicies as readonly string[]).includes(word);

/** Section 8.3 step 6, to keep the header short. Characters. */
const longest = 4096;

/**
 * Returns the Referer of a request (section 8.3); '' for none.
 * @param referrer the address of the page, or the Referer that led to a redirect; '' for none
 */
export function refererFor(referrer: string, policy: ReferrerPolicy, to: URL): string {
  const from = parseUrl(referrer);
  if (!from || !/^https?:$/.test(from.protocol)) return '';
  for (const part of ['username', 'password', 'hash'] as const) from[part] = '';
  const origin = `${from.origin}/`;
  const whole = from.href.length > longest ? origin : from.href;
  const sameOrigin = from.origin === to.origin;
  // The standard asks whether the addresses can be trusted, as localhost can. Chromium (156) looks at the schemes.
  const downgrade = from.protocol === 'https:' && to.protocol !== 'https:';
  switch (policy) {
    case 'no-referrer':
      return '';
    case 'no-referrer-when-downgrade':
      return downgrade ? '' : whole;
    case 'origin':
      return origin;
    case 'origin-when-cross-origin':
      return sameOrigin ? whole : origin;
    case 'same-origin':
      return sameOrigin ? whole : '';
    case 'strict-origin':
      return downgrade ? '' : origin;
    case 'strict-origin-when-cross-origin':
      if (sameOrigin) return whole;
      return downgrade ? '' : origin;
    case 'unsafe-url':
      return whole;
  }
}
