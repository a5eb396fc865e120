import type { ReceivedCookie, SentCookie } from '../../../../scenarios/engine/trace.ts';
import type { RequestContext } from '../requestContext.ts';
import { decodeUtf8, encodeUtf8, isByteString } from './byteString.ts';
import { type Cookie, hasExpired, identityOf, requireLegalCookie } from './cookie.ts';
import { cookiesToDrop, mostCookies, type UsedCookie } from './eviction.ts';
import { inCookieOrder, type Retrieval, whyNotSent, whySent } from './retrieval.ts';
import { type Receipt, receiveCookie } from './storage.ts';

export interface JarOptions {
  /**
   * Send a cookie without SameSite with a cross-site form while it is younger than two minutes (RFC 6265bis section 5.6.7.2).
   * Chromium does so (measured with 156). Default: false.
   */
  laxAllowingUnsafe?: boolean;
}

/** The cookies of a request. */
interface Sent {
  /** Value of the Cookie header; undefined if no cookie is sent. */
  header: string | undefined;
  /** One per cookie of the jar: the sent ones first, in the order of the header. */
  cookies: SentCookie[];
}

/**
 * A cookie with its turn: the order of creation among cookies created in the same millisecond. It was used when it was set or, with
 * a minute between, sent.
 */
type InTurn = UsedCookie & { usedAt: number };

/** Milliseconds. Chromium (156) notes no use sooner after the one before. */
const betweenUses = 60_000;

/**
 * The cookies of one browser, by the rules of RFC 6265bis as Chromium applies them. Names and values are byte strings, as in
 * Node's headers. The clock is the wall clock, in milliseconds; `age` moves the cookies instead.
 */
export function createJar({ laxAllowingUnsafe = false }: JarOptions = {}) {
  const cookies = new Map<string, InTurn>();
  let turns = 0;

  /**
   * Section 5.7 step 23.3: a cookie that replaces another keeps its creation time and so its place in the header. In Chromium
   * (measured with 156) it does so only if the value stays the same.
   */
  function store(cookie: Cookie): void {
    const identity = identityOf(cookie);
    const old = cookies.get(identity);
    const { createdAt, turn } = old?.value === cookie.value ? old : { ...cookie, turn: turns++ };
    cookies.set(identity, { ...cookie, createdAt, turn, usedAt: Date.now(), lastUse: turns++ });
  }

  function evict(isEvicted: (cookie: Cookie) => boolean): void {
    for (const [identity, cookie] of cookies) if (isEvicted(cookie)) cookies.delete(identity);
  }

  function noteUse(sent: InTurn[], now: number): void {
    const lastUse = turns++;
    for (const cookie of sent) if (now - cookie.usedAt >= betweenUses) Object.assign(cookie, { usedAt: now, lastUse });
  }

  /** Returns a note about what the browser drops because there are too many. */
  function dropSurplus(stored: Cookie): string {
    const dropped = cookiesToDrop(cookies.values(), stored);
    for (const cookie of dropped) cookies.delete(identityOf(cookie));
    return dropped.length === 0
      ? ''
      : `; the site then had more than ${mostCookies}, so the browser dropped ${dropped.length}`;
  }

  function retrieve(retrieval: Retrieval): Sent {
    const sent: InTurn[] = [];
    const kept: SentCookie[] = [];
    for (const cookie of cookies.values()) {
      const { name, value } = cookie;
      const why = whyNotSent(cookie, retrieval);
      if (why === null) sent.push(cookie);
      else kept.push({ name, value, sent: false, why });
    }
    sent.sort((a, b) => inCookieOrder(a, b) || a.turn - b.turn);
    noteUse(sent, retrieval.now);
    const described = sent.map((cookie): SentCookie => {
      const { name, value } = cookie;
      return { name, value, sent: true, why: whySent(cookie, retrieval) };
    });
    return {
      header: sent.length === 0 ? undefined : sent.map(pairOf).join('; '),
      cookies: [...described, ...kept],
    };
  }

  function receive(receipt: Omit<Receipt, 'jar' | 'now'>): ReceivedCookie {
    const now = Date.now();
    evict((cookie) => hasExpired(cookie, now));
    const { cookie, received } = receiveCookie({ ...receipt, jar: cookies, now });
    if (received.outcome === 'removed') cookies.delete(identityOf(cookie));
    if (received.outcome !== 'stored') return received;
    store(cookie);
    return { ...received, why: received.why + dropSurplus(cookie) };
  }

  return {
    /**
     * Returns the cookies for a request and, for each cookie of the jar, the rule that decided. An expired cookie is reported
     * once, then evicted.
     */
    send(context: RequestContext): Sent {
      const now = Date.now();
      const sent = retrieve({ ...context, api: 'http', now, laxAllowingUnsafe });
      evict((cookie) => hasExpired(cookie, now));
      return sent;
    },
    /**
     * Applies one Set-Cookie header of the response to that request. Never throws: an unusable header is refused.
     * @param date the Date header of the response
     */
    receive(setCookie: string, request: RequestContext, date = ''): ReceivedCookie {
      const header = isByteString(setCookie) ? setCookie : encodeUtf8(setCookie);
      const time = Date.parse(date);
      return receive({ header, request, api: 'http', serverTime: Number.isNaN(time) ? undefined : time });
    },
    /** Returns copies of the cookies that have not expired, in the order in which they were first stored. */
    list(): Cookie[] {
      const now = Date.now();
      return [...cookies.values()]
        .filter((cookie) => !hasExpired(cookie, now))
        .map(({ turn: _, usedAt: __, lastUse: ___, ...cookie }) => cookie);
    },
    /** Returns what a script on that page reads from document.cookie. */
    readByScript(url: URL): string {
      const { header = '' } = retrieve({ ...scriptOn(url), api: 'script', now: Date.now(), laxAllowingUnsafe });
      // Chromium (156) returns nothing at all if one of the cookies is not UTF-8.
      const text = decodeUtf8(header);
      return encodeUtf8(text) === header ? text : '';
    },
    /** Applies `document.cookie = text` on that page. */
    writeByScript: (text: string, url: URL) =>
      receive({ header: encodeUtf8(text), request: scriptOn(url), api: 'script' }),
    /** Stores a cookie without applying the rules of storage. Throws a TypeError if its name or value cannot be sent. */
    put(cookie: Cookie): void {
      requireLegalCookie(cookie);
      store(cookie);
    },
    /** Deletes a cookie and returns whether there was one. Without `hostOnly`, deletes both kinds. */
    remove({
      hostOnly,
      ...cookie
    }: Pick<Cookie, 'name' | 'domain' | 'path' | 'partition'> & { hostOnly?: boolean }): boolean {
      const kinds = hostOnly === undefined ? [true, false] : [hostOnly];
      return kinds.map((kind) => cookies.delete(identityOf({ ...cookie, hostOnly: kind }))).includes(true);
    },
    /** Makes every cookie `ms` milliseconds older. */
    age(ms: number): void {
      for (const cookie of cookies.values()) {
        cookie.createdAt -= ms;
        cookie.usedAt -= ms;
        if (cookie.expiresAt !== null) cookie.expiresAt -= ms;
      }
    },
    /** Deletes the cookies without an expiry: "the current session is over" (section 5.7). */
    closeBrowser(): void {
      evict(({ expiresAt }) => expiresAt === null);
    },
  };
}

export type BrowserJar = ReturnType<typeof createJar>;

/** A script's own page is the same site by definition. */
function scriptOn(url: URL): RequestContext {
  return { url, method: 'GET', initiator: url, navigation: false };
}

/** Section 5.8.3 step 4: a cookie without a name is sent as its bare value. */
function pairOf({ name, value }: Cookie): string {
  return name === '' ? value : `${name}=${value}`;
}
