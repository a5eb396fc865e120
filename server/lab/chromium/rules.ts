import type { JarCookie, ReceivedCookie, SentCookie } from '../../../scenarios/engine/trace.ts';
import { encodeUtf8, isByteString } from '../browser/cookies/byteString.ts';
import { type Cookie, identityOf } from '../browser/cookies/cookie.ts';
import { createJar } from '../browser/cookies/jar.ts';
import type { RequestContext } from '../browser/requestContext.ts';
import type { Clock } from '../time/clock.ts';

/**
 * Says why Chromium sends, stores and refuses cookies, which it does not tell itself: the rules of the virtual browser, applied to
 * Chromium's cookies. What was sent is read from the request, and a reason is given only where the rules come to the same.
 */
export function createCookieRules(clock: Clock) {
  const rules = createJar({ laxAllowingUnsafe: true });

  const toRules = (cookie: JarCookie): Cookie => ({
    ...cookie,
    value: isByteString(cookie.value) ? cookie.value : encodeUtf8(cookie.value),
    expiresAt: cookie.expiresAt === null ? null : cookie.expiresAt - clock.now() + Date.now(),
    createdAt: Date.now(),
  });

  return {
    /** Takes over the cookies that Chromium has. One that has just expired stays until a request was made without it. */
    follow(cookies: readonly JarCookie[]): void {
      const known = new Map(rules.list().map((cookie) => [identityOf(cookie), cookie]));
      const current = cookies.map(toRules);
      const identities = current.map(identityOf);
      for (const [identity, cookie] of known) if (!identities.includes(identity)) rules.remove(cookie);
      for (const cookie of current) {
        const before = known.get(identityOf(cookie));
        if (!before || !isAlike(before, cookie)) rules.put({ ...cookie, createdAt: before?.createdAt ?? Date.now() });
      }
    },

    /** @param header the Cookie header that Chromium sent, '' for none */
    sent: (header: string, context: RequestContext): SentCookie[] => asSent(header, rules.send(context).cookies),

    received: (header: string, context: RequestContext): ReceivedCookie => rules.receive(header, context),

    /** What comes of `document.cookie = text` on that page. */
    written: (text: string, url: URL): ReceivedCookie => rules.writeByScript(text, url),

    /** Returns the cookies that a page would send to an address of its own origin, in order. */
    cookiesFor(url: URL): SentCookie[] {
      const { cookies } = rules.send({ url, method: 'GET', initiator: url, navigation: false });
      return cookies.filter(({ sent }) => sent);
    },

    age: rules.age,
  };
}

export type CookieRules = ReturnType<typeof createCookieRules>;

/** Chromium's expiry is in its own seconds. */
const isAlike = (one: Cookie, other: Cookie) =>
  one.value === other.value &&
  one.secure === other.secure &&
  one.httpOnly === other.httpOnly &&
  one.sameSite === other.sameSite &&
  (one.expiresAt === null || other.expiresAt === null
    ? one.expiresAt === other.expiresAt
    : Math.abs(one.expiresAt - other.expiresAt) < 1000);

/** Returns what was sent, in order, and then what was not. */
export function asSent(header: string, byRules: readonly SentCookie[]): SentCookie[] {
  const left = [...byRules];
  const sent = (header === '' ? [] : header.split('; ')).map((pair): SentCookie => {
    const [name, value] = pair.includes('=')
      ? [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]
      : ['', pair];
    const isSame = (one: SentCookie) => one.name === name && one.value === value;
    const rule = left.find((one) => isSame(one) && one.sent) ?? left.find(isSame);
    if (rule) left.splice(left.indexOf(rule), 1);
    return rule?.sent ? rule : { name, value, sent: true, why: 'the real browser sends it, and gives no reason' };
  });
  const kept = left.map((one) =>
    one.sent ? { ...one, sent: false, why: 'the real browser does not send it, and gives no reason' } : one,
  );
  return [...sent, ...kept];
}
