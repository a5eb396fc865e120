/** The storage model of RFC 6265bis: what a browser does with a cookie it receives. Section and step numbers are the RFC's. */
import { defaultPath, domainMatch, pathMatch } from 'tough-cookie';
import type { ReceivedCookie } from '../../../../scenarios/engine/trace.ts';
import { isSameSiteRequest, isTopLevel, partitionOf, type RequestContext, requestSource } from '../requestContext.ts';
import { isAddress, isPotentiallyTrustworthy, isPublicSuffix, registrableDomain } from '../site.ts';
import { isAscii } from './byteString.ts';
import { type Cookie, hasExpired, identityOf, sameSiteAttribute, scopeOf } from './cookie.ts';
import { hasInnerTab, type ParsedCookie, parseSetCookie } from './parseSetCookie.ts';

/** Section 5.7 step 4. */
const maxCookieBytes = 4096;

/** Section 5.5: no cookie lives longer than 400 days, even when the server asks for more. Milliseconds. */
export const lifetimeLimit = 400 * 24 * 60 * 60 * 1000;

/** The circumstances in which a browser receives a cookie. */
export interface Receipt {
  /** The whole Set-Cookie header, or what a script assigned to document.cookie. One byte per character. */
  header: string;
  /** The request whose response set the cookie, or the page whose script did. */
  request: RequestContext;
  /** `script`: document.cookie, which the RFC calls a "non-HTTP" API. */
  api: 'http' | 'script';
  /** The cookies that are already in the jar, by identity. None of them has expired. */
  jar: ReadonlyMap<string, Cookie>;
  /** Milliseconds since 1970. */
  now: number;
  /** What the server says that the time is (Date). Milliseconds since 1970; undefined if it says none. */
  serverTime?: number | undefined;
}

/**
 * Decides what a browser does with a cookie it receives (section 5.7). Changes nothing and never throws.
 *
 * @returns the cookie that the header describes, and what becomes of it, with the reason that a learner sees
 */
export function receiveCookie(receipt: Receipt): { cookie: Cookie; received: ReceivedCookie } {
  const parsed = parseSetCookie(receipt.header);
  const cookie = createCookie(parsed, receipt);
  const refusal = whyRefused(receipt, parsed, cookie);
  const decision = refusal === null ? outcomeOf(receipt, cookie) : ({ outcome: 'refused', why: refusal } as const);
  return { cookie, received: { header: receipt.header, name: cookie.name, ...decision } };
}

/** Steps 5 to 17, without the refusals: the cookie that the header describes. */
function createCookie(parsed: ParsedCookie, receipt: Receipt): Cookie {
  const { request, now } = receipt;
  const { url } = request;
  // Step 9.3: a public suffix may name itself, and only itself. So may an IP address (Chromium, measured).
  const namesItself = parsed.domain === url.hostname && (isPublicSuffix(url.hostname) || isAddress(url));
  const domain = namesItself ? null : parsed.domain;
  return {
    name: parsed.name,
    value: parsed.value,
    // Step 10.
    domain: domain ?? url.hostname,
    hostOnly: domain === null,
    // Step 11. The default path is the directory of the URL (section 5.1.4).
    path: parsed.path ?? defaultPath(url.pathname),
    secure: parsed.secure,
    httpOnly: parsed.httpOnly,
    sameSite: parsed.sameSite,
    expiresAt: expiryTime(parsed, receipt),
    createdAt: now,
    ...(parsed.partitioned && { partition: partitionOf(request) }),
    ...(parsed.priority && { priority: parsed.priority }),
  };
}

/**
 * Step 6: Max-Age takes precedence over Expires. Returns milliseconds since 1970; null: until the browser is closed. Chromium (156)
 * reads Expires by the clock of the server.
 */
function expiryTime({ maxAge, expires }: ParsedCookie, { now, serverTime = now }: Receipt): number | null {
  if (maxAge !== null) return maxAge <= 0 ? 0 : now + Math.min(maxAge * 1000, lifetimeLimit);
  return expires === null ? null : Math.min(expires + now - serverTime, now + lifetimeLimit);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the rule is about them; a tab is allowed
const controlCharacter = /[\x00-\x08\x0a-\x1f\x7f]/;

/** The refusals of section 5.7, in its order. Returns the first reason that applies, or null. */
function whyRefused({ header, request, api, jar }: Receipt, parsed: ParsedCookie, cookie: Cookie): string | null {
  const { name, value } = cookie;
  const { url } = request;
  const { domain } = parsed;
  const overHttp = !isPotentiallyTrustworthy(url);

  // Section 5.6 step 1 and section 5.7 step 3: anywhere in the header, attributes included.
  if (controlCharacter.test(header)) return 'it contains a control character';

  // Section 5.6 step 1 allows a tab. Chromium (156) does so only around names and values, where it is trimmed.
  if (hasInnerTab(header)) return 'it contains a tab inside a name or a value';

  // Step 2. Either one may be empty: "=value" and "name=" are cookies.
  if (name === '' && value === '') return 'it has neither a name nor a value';

  // Step 4: name and value together, without "=" and attributes.
  const bytes = name.length + value.length;
  if (bytes > maxCookieBytes) {
    return `its name and value are ${bytes} bytes long, and a browser accepts at most ${maxCookieBytes}`;
  }

  // Step 7. Section 5.6.3 treats a Domain that is only a dot as missing; Chromium (156) refuses it.
  if (domain === '') return 'its Domain is only a dot';

  // Step 8.
  if (domain !== null && !isAscii(domain)) return 'its Domain is neither ASCII nor a name in UTF-8';

  if (domain !== null && !cookie.hostOnly) {
    // Step 9: otherwise evil.example could set cookies for shop.example.
    if (isPublicSuffix(domain)) {
      return `Domain=${domain} is a public suffix, so every site below it would get the cookie`;
    }
    // Step 10: a server may name its own host or a domain above it.
    if (!domainMatch(url.hostname, domain, false)) {
      return `Domain=${domain} does not cover ${url.hostname}, which set it`;
    }
    // Step 9 checks only the domain itself. But s3.amazonaws.com is a public suffix and amazonaws.com above it is not, so
    // Chromium (156) refuses every domain above the registrable one.
    if (registrableDomain(url.hostname).endsWith(`.${domain}`)) {
      return `Domain=${domain} is above a public suffix, so every site below it would get the cookie`;
    }
  }

  // Step 13: over http, anybody on the network could have written it.
  if (cookie.secure && overHttp) return 'a Secure cookie cannot be set over http';

  // Step 15.
  if (cookie.httpOnly && api === 'script') return 'a script cannot set an HttpOnly cookie';

  // Step 16, "leave secure cookies alone": a cookie set over http may neither replace a Secure one nor be sent before it. It
  // may be sent after it: a cookie for `/` is no danger to a Secure one for `/login`.
  if (overHttp && !cookie.secure) {
    const overridden = [...jar.values()].find((other) => other.secure && overrides(cookie, other));
    if (overridden) return `over http it cannot override the Secure cookie ${name} for ${scopeOf(overridden)}`;
  }

  // Step 18: another site's page cannot use a background request to change cookies that SameSite keeps out of such requests.
  // The response to a navigation of the window may set any cookie.
  if (cookie.sameSite !== 'None' && !isSameSiteRequest(request) && !isTopLevel(request)) {
    const how = request.inFrame ? 'has the frame' : 'made the request in the background';
    return `it has ${sameSiteAttribute(cookie)}, and a page of ${requestSource(request)} ${how}`;
  }

  // Step 19.
  if (cookie.sameSite === 'None' && !cookie.secure) return 'SameSite=None requires Secure';

  // Steps 20 and 21. Upper and lower case are equal, because some servers compare names that way. __Http- and __Host-Http-
  // come from draft-ietf-httpbis-layered-cookies; Chromium (156) enforces both.
  const boundToHost = cookie.secure && cookie.hostOnly && parsed.path === '/';
  const setByServer = cookie.secure && cookie.httpOnly && api === 'http';
  if (hasPrefix(name, '__Host-Http-')) {
    if (!(boundToHost && setByServer)) return 'a __Host-Http- name requires Secure, HttpOnly, Path=/ and no Domain';
  } else if (hasPrefix(name, '__Http-')) {
    if (!setByServer) return 'a __Http- name requires Secure and HttpOnly';
  } else if (hasPrefix(name, '__Secure-')) {
    if (!cookie.secure) return 'a __Secure- name requires Secure';
  } else if (hasPrefix(name, '__Host-')) {
    if (!boundToHost) return 'a __Host- name requires Secure, Path=/ and no Domain';
  }

  // Step 22. A cookie without a name is sent as its bare value, so `=sid=1` would be sent as `sid=1`. Chromium (156)
  // therefore refuses any "=" as well.
  const looksNamed =
    value.includes('=') || ['__Secure-', '__Host-', '__Http-'].some((prefix) => hasPrefix(value, prefix));
  if (name === '' && looksNamed) return 'it has no name, and its value looks like a cookie with a name';

  // Step 23.2.
  const replaced = jar.get(identityOf(cookie));
  if (replaced?.httpOnly && api === 'script') return `a script cannot overwrite the HttpOnly cookie ${name}`;

  // CHIPS, draft-cutler-httpbis-partitioned-cookies section 2.1.
  if (cookie.partition !== undefined && !cookie.secure) return 'Partitioned requires Secure';

  return null;
}

/** The conditions of step 16. */
function overrides(cookie: Cookie, existing: Cookie): boolean {
  return (
    existing.name === cookie.name &&
    existing.partition === cookie.partition &&
    (domainMatch(existing.domain, cookie.domain, false) === true ||
      domainMatch(cookie.domain, existing.domain, false) === true) &&
    pathMatch(cookie.path, existing.path)
  );
}

function hasPrefix(text: string, prefix: string): boolean {
  return text.slice(0, prefix.length).toLowerCase() === prefix.toLowerCase();
}

/** Describes what becomes of a cookie that is not refused. */
function outcomeOf({ jar, now }: Receipt, cookie: Cookie): Pick<ReceivedCookie, 'outcome' | 'why'> {
  const replaces = jar.has(identityOf(cookie));
  const place = placeOf(cookie);
  if (!hasExpired(cookie, now)) {
    return { outcome: 'stored', why: `${replaces ? 'replaces the one ' : ''}for ${place}; ${lifetimeOf(cookie, now)}` };
  }
  if (replaces) return { outcome: 'removed', why: `its expiry is in the past, which deletes the one for ${place}` };
  // A browser stores and evicts it at once. A logout often misses this: the cookie it meant to delete is a different one.
  const namesake = [...jar.values()].find((other) => other.name === cookie.name);
  const rest = namesake ? `; the ${cookie.name} for ${placeOf(namesake)} stays` : '';
  return { outcome: 'refused', why: `its expiry is in the past, and there is none for ${place} to delete${rest}` };
}

function placeOf(cookie: Cookie): string {
  return cookie.path === '/' ? scopeOf(cookie) : `${scopeOf(cookie)}, path ${cookie.path}`;
}

function lifetimeOf({ expiresAt }: Cookie, now: number): string {
  if (expiresAt === null) return 'expires when the browser is closed';
  const left = expiresAt - now;
  return left === lifetimeLimit ? 'expires in 400 days, the most a browser allows' : `expires in ${duration(left)}`;
}

/** Formats milliseconds: "90 s", "30 min", "24 h", "14 days". */
function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`;
}
