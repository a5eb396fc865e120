import { type Cookie, CookieJar } from 'tough-cookie';
import type { ReceivedCookie, SentCookie } from '../../../scenarios/engine/trace.ts';
import { type CookieState, cookieOf, stateOf } from './cookieState.ts';
import { JarStore } from './jarStore.ts';
import { asOctets, readByScript, toOctets } from './octets.ts';
import { isSameSiteRequest, type RequestContext, usesSafeMethod } from './requestContext.ts';
import { requireLegalCookie } from './requireLegalCookie.ts';
import { expired } from './retrieval/expired.ts';
import type { Retrieval } from './retrieval/retrieval.ts';
import { whyKeptBack, whySent } from './retrieval/whySent.ts';
import { arrive } from './storage/arrival.ts';
import { outcome } from './storage/outcome.ts';
import { whyRefused } from './storage/whyRefused.ts';

export interface JarOptions {
  /**
   * A cookie without SameSite goes along with a cross-site form post while it is younger than two minutes (RFC 6265bis
   * section 5.6.7.2). Chromium does so (measured with 156). Default: false.
   */
  laxAllowingUnsafe?: boolean;
}

/** What a request takes along. */
export interface Sent {
  /** Value of the Cookie header; undefined when there is none to send. */
  header: string | undefined;
  /** One per cookie of the jar: the sent ones first, in the order of the header. */
  cookies: SentCookie[];
}

/**
 * The cookies of one browser, by the rules of RFC 6265bis as Chromium applies them. Names and values are octets, one per
 * character, as in Node's headers. Time is the wall clock's, in milliseconds; `age` moves it.
 */
export interface BrowserJar {
  /** What goes along with a request, and for every cookie of the jar the rule that decided. Expired ones are named once. */
  send(context: RequestContext): Sent;
  /** Applies one Set-Cookie header of the answer to that request. Never throws: what cannot be used is refused. */
  receive(setCookie: string, context: RequestContext): ReceivedCookie;
  /** The cookies that have not expired, in the order in which they were first stored. */
  list(): CookieState[];
  /** What document.cookie gives a script on that page. */
  readByScript(url: URL): string;
  /** What becomes of `document.cookie = text` on that page. */
  writeByScript(text: string, url: URL): ReceivedCookie;
  /** Puts a cookie in as if by hand; no rule of storage is asked. Throws when its name or value could not be sent. */
  put(cookie: CookieState): void;
  /** Takes a cookie out as if by hand; false when there was none. Without `hostOnly`, both kinds. */
  remove(cookie: Pick<CookieState, 'name' | 'domain' | 'path'> & { hostOnly?: boolean }): boolean;
  /** Makes everything `ms` milliseconds older: expiry, creation and last access move back. */
  age(ms: number): void;
  /** "The current session is over" (section 5.7): cookies without an expiry are dropped. */
  closeBrowser(): void;
}

/** An empty jar. */
export function createJar({ laxAllowingUnsafe = false }: JarOptions = {}): BrowserJar {
  const store = new JarStore();
  const jar = new CookieJar(store);

  function retrieve(context: RequestContext, api: 'http' | 'script', now: number): Sent {
    const retrieval: Retrieval = { ...context, api, now, laxAllowingUnsafe };
    const all = store.all();
    const sent = offered(jar, retrieval).filter((cookie) => whyKeptBack(stateOf(cookie), retrieval) === null);
    const kept = all.filter((cookie) => !sent.includes(cookie));
    return {
      header: sent.length === 0 ? undefined : sent.map((cookie) => cookie.cookieString()).join('; '),
      cookies: [
        ...sent.map((cookie) => sentCookie(cookie, true, whySent(stateOf(cookie), retrieval))),
        ...kept.map((cookie) => sentCookie(cookie, false, whyKeptBack(stateOf(cookie), retrieval) ?? DISAGREEMENT)),
      ],
    };
  }

  function accept(header: string, context: RequestContext, api: 'http' | 'script'): ReceivedCookie {
    const now = Date.now();
    evictExpired(store, now);
    const arrival = arrive({ header, context, api, jar: store.all().map(stateOf) }, now);
    const { cookie } = arrival;
    const refusal = whyRefused(arrival);
    if (refusal !== null) return { header, name: cookie.name, outcome: 'refused', why: refusal };
    if (expired(cookie, { now })) store.delete(cookie);
    else store.put(cookie, cookieOf(cookie));
    return { header, name: cookie.name, ...outcome(arrival, now) };
  }

  return {
    send(context) {
      const now = Date.now();
      const sent = retrieve(context, 'http', now);
      evictExpired(store, now);
      return sent;
    },
    receive: (setCookie, context) => accept(asOctets(setCookie), context, 'http'),
    readByScript: (url) => readByScript(retrieve(scriptOn(url), 'script', Date.now()).header ?? ''),
    writeByScript: (text, url) => accept(toOctets(text), scriptOn(url), 'script'),
    list() {
      const now = Date.now();
      const live = store.all().map(stateOf);
      return live.filter((cookie) => !expired(cookie, { now }));
    },
    put(cookie) {
      requireLegalCookie(cookie);
      store.put(cookie, cookieOf(cookie));
    },
    remove({ hostOnly, ...cookie }) {
      const kinds = hostOnly === undefined ? [true, false] : [hostOnly];
      return kinds.map((kind) => store.delete({ ...cookie, hostOnly: kind })).includes(true);
    },
    age(ms) {
      for (const cookie of store.all()) {
        cookie.expires = earlier(cookie.expires, ms);
        cookie.creation = earlier(cookie.creation, ms);
        cookie.lastAccessed = earlier(cookie.lastAccessed, ms);
      }
    },
    closeBrowser() {
      for (const cookie of store.all().map(stateOf)) if (cookie.expiresAt === null) store.delete(cookie);
    },
  };
}

/** Said when tough-cookie keeps back what our rules would send; a test holds that it is never said. */
export const DISAGREEMENT = 'the cookie library kept it back';

/**
 * What tough-cookie would send, in the order of the header. It knows host, Secure, HttpOnly, a written SameSite and the
 * order. It is not asked about paths, which it percent-decodes and browsers do not, nor about expiry, so that one reading
 * of the clock decides.
 */
function offered(jar: CookieJar, retrieval: Retrieval): Cookie[] {
  return jar.getCookiesSync(retrieval.url, {
    http: retrieval.api === 'http',
    sameSiteContext: sameSiteContext(retrieval),
    allPaths: true,
    expire: false,
    sort: true,
  });
}

/** The strictest SameSite value that goes along with a request. */
function sameSiteContext(context: RequestContext): 'strict' | 'lax' | 'none' {
  if (isSameSiteRequest(context)) return 'strict';
  return context.navigation && usesSafeMethod(context) ? 'lax' : 'none';
}

function evictExpired(store: JarStore, now: number): void {
  for (const cookie of store.all().map(stateOf)) if (expired(cookie, { now })) store.delete(cookie);
}

function sentCookie(cookie: Cookie, sent: boolean, why: string): SentCookie {
  return { name: cookie.key, value: cookie.value, sent, why };
}

/** A script's own page is the same site by definition. */
function scriptOn(url: URL): RequestContext {
  return { url, method: 'GET', initiator: url, navigation: false };
}

function earlier<Time extends Date | 'Infinity' | null>(time: Time, ms: number): Time | Date {
  return time instanceof Date ? new Date(time.getTime() - ms) : time;
}
