import type { Arrival, StorageRule } from './arrival.ts';
import { controlCharacters } from './controlCharacters.ts';
import { cookieNamePrefixes } from './cookieNamePrefixes.ts';
import { cookieSize } from './cookieSize.ts';
import { domainAttribute } from './domainAttribute.ts';
import { emptyCookie } from './emptyCookie.ts';
import { httpOnlyFromScript } from './httpOnlyFromScript.ts';
import { leaveSecureCookiesAlone } from './leaveSecureCookiesAlone.ts';
import { namelessCookie } from './namelessCookie.ts';
import { partitionedNeedsSecure } from './partitionedNeedsSecure.ts';
import { publicSuffix } from './publicSuffix.ts';
import { sameSiteNoneNeedsSecure } from './sameSiteNoneNeedsSecure.ts';
import { sameSiteOnStorage } from './sameSiteOnStorage.ts';
import { secureFromNonSecure } from './secureFromNonSecure.ts';

/** In the order of RFC 6265bis section 5.7. */
const RULES: StorageRule[] = [
  controlCharacters,
  emptyCookie,
  cookieSize,
  publicSuffix,
  domainAttribute,
  secureFromNonSecure,
  httpOnlyFromScript,
  leaveSecureCookiesAlone,
  sameSiteOnStorage,
  sameSiteNoneNeedsSecure,
  cookieNamePrefixes,
  namelessCookie,
  partitionedNeedsSecure,
];

/** The first reason not to let a cookie into the jar; null when there is none. */
export function whyRefused(arrival: Arrival): string | null {
  for (const rule of RULES) {
    const why = rule(arrival);
    if (why !== null) return why;
  }
  return null;
}
