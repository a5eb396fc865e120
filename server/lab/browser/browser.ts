import type { LastResponse } from '../../../scenarios/engine/cast.ts';
import type { ActorOutline, JarCause } from '../../../scenarios/engine/trace.ts';
import { parseClearSiteData } from './clearSiteData.ts';
import { type Cookie, toJarCookie } from './cookies/cookie.ts';
import { createJar } from './cookies/jar.ts';
import { preflightFor, whyNotAllowed, whyUnreadable } from './cors.ts';
import {
  type BrowserEnvironment,
  type BrowserRequest,
  createExchange,
  hasCredentials,
  userAgentOf,
} from './exchange.ts';
import { createHistory } from './history.ts';
import { createHsts } from './hsts.ts';
import { checkMixedContent } from './mixedContent.ts';
import { asSimple } from './noCors.ts';
import { createPreflightCache } from './preflightCache.ts';
import { BadRedirect, corsPartOf, followUp, redirected } from './redirect.ts';
import { parseReferrerPolicy, type ReferrerPolicy } from './referrer.ts';
import { isCrossOrigin, isTopLevel, partitionOf, requestOrigin } from './requestContext.ts';
import { isPotentiallyTrustworthy, registrableDomain } from './site.ts';
import { createStreams } from './streams.ts';

/** The limit of the Fetch standard. Chromium (156) follows one redirect less for a page, and as many for a fetch(). */
const mostRedirects = 20;

/**
 * Creates a browser. It keeps cookies, pages and HSTS hosts, adds the headers that no page can change, follows redirects, and
 * does not send, follow or show what a browser would not.
 * @param address the IP address it sends from
 */
export function createBrowser({ name, label }: ActorOutline, address: string, environment: BrowserEnvironment) {
  const { clock, recorder } = environment;
  const jar = createJar({ laxAllowingUnsafe: true });
  const hsts = createHsts();
  const preflights = createPreflightCache();
  const history = createHistory();
  const streams = createStreams(name, { clock, recorder });
  const exchange = createExchange({ name, address, userAgent: userAgentOf(label), jar, streams }, environment);
  /** The page that is open at an origin: the last one that the window showed. */
  const documents = new Map<string, Document>();

  const toTrace = (cookie: Cookie) => toJarCookie(cookie, clock.now());
  const recordJar = (cause: JarCause) =>
    recorder.record({ type: 'jar', actor: name, cookies: jar.list().map(toTrace), cause });

  /** Records why the browser goes no further. @param id the request whose response it keeps back; null if it sends none */
  function stop({ method, url }: BrowserRequest, id: number | null, why: string): void {
    recorder.record({ type: 'stopped', actor: name, method, url: url.href, request: id, why });
  }

  async function exchangeAndNotice(request: BrowserRequest): Promise<{ id: number; response: LastResponse }> {
    const { id, response } = await exchange(request);
    hsts.notice(request.url, response.headers['strict-transport-security']);
    if (hasCredentials(request)) clearSiteData(id, request, response.headers['clear-site-data']);
    return { id, response };
  }

  /** Clear-Site-Data, sections 3.1 and 4: over https only; "cookies" covers the whole registrable domain. */
  function clearSiteData(id: number, request: BrowserRequest, header: string | undefined): void {
    const { url } = request;
    if (header === undefined || !isPotentiallyTrustworthy(url)) return;
    const { cookies, cache } = parseClearSiteData(header);
    if (cache) {
      history.clearPages(url.origin);
      preflights.forget(url.host);
    }
    if (!cookies) return;
    for (const cookie of jar.list()) {
      const isInReach = cookie.partition === undefined || cookie.partition === partitionOf(request);
      if (isInReach && registrableDomain(cookie.domain) === registrableDomain(url.hostname)) jar.remove(cookie);
    }
    recordJar({ by: 'site-data', request: id });
  }

  /**
   * Asks for permission to send what a form could not send. Returns a note for the trace, '' if there is nothing to add, or
   * what the page gets because the permission was not given.
   */
  async function permissionFor(request: BrowserRequest): Promise<string | LastResponse> {
    const asked = { ...corsPartOf(request), origin: requestOrigin(request), credentials: hasCredentials(request) };
    const preflight = preflightFor(asked);
    if (preflight === null) return '';
    if (preflights.allows(asked, request.url)) return 'allowed by a preflight that the browser remembers';
    const { patience } = request.options ?? {};
    const { id, response } = await exchangeAndNotice({
      ...request,
      ...{ method: 'OPTIONS', body: undefined, credentials: 'omit' },
      options: { cookie: '', headers: Object.fromEntries(preflight), ...(patience !== undefined && { patience }) },
      note: 'a CORS preflight: asks for permission',
    });
    if (response.by === 'nobody') return response;
    const why = whyNotAllowed(response, asked);
    if (why !== null) {
      stop(request, id, why);
      return nothing('blocked by CORS');
    }
    preflights.remember(asked, request.url, response);
    return '';
  }

  /** Sends one request of a chain, unless the browser holds it back. */
  async function send(asked: BrowserRequest): Promise<Sent | LastResponse> {
    const checked = checkMixedContent(asked);
    if (typeof checked === 'string') {
      stop(asked, null, checked);
      return nothing(isTopLevel(asked) ? 'held back by the browser' : 'blocked as mixed content');
    }
    const url = hsts.upgrade(checked);
    const byHsts = url !== checked;
    const request = byHsts ? redirected({ ...asked, url: checked }, url) : { ...asked, url };
    const notes = [asked.note, byHsts ? 'upgraded to https by HSTS' : checked !== asked.url ? 'upgraded to https' : ''];
    const byScript = !request.navigation && !request.loadedAs && !request.noCors && isCrossOrigin(request);
    if (byScript && byHsts && preflightFor(corsPartOf(request)) !== null) {
      stop(request, null, 'it needs a preflight, which HSTS redirects to https: a preflight must not be redirected');
      return nothing('blocked by CORS');
    }
    const permission = byScript ? await permissionFor(request) : '';
    if (typeof permission !== 'string') return permission;
    request.note = [...notes, permission].filter(Boolean).join(', ') || null;
    const { id, response } = await exchangeAndNotice(request);
    const why =
      byScript && response.by !== 'nobody'
        ? whyUnreadable(response.headers, { origin: requestOrigin(request), credentials: hasCredentials(request) })
        : null;
    if (why !== null) {
      stop(request, id, `its script may not read the response: ${why}`);
      return nothing('blocked by CORS');
    }
    return { id, request, response };
  }

  /** Sends a request and follows redirects. Returns the last request with its response, or what the page gets instead. */
  async function sendAndFollow(first: BrowserRequest): Promise<Sent | LastResponse> {
    let next = first;
    for (let redirects = 0; ; redirects++) {
      const sent = await send(next);
      if (!('request' in sent)) return sent;
      const { id, request, response } = sent;
      try {
        const following = followUp(request, response);
        if (following === null) {
          const isBlank = response.headers.location?.trim() === '';
          if (isBlank) stop(request, id, 'its Location is blank, so there is nowhere to go');
          return sent;
        }
        if (redirects === mostRedirects) throw new BadRedirect(`redirects more than ${mostRedirects} times.`);
        next = following;
      } catch (error) {
        if (!(error instanceof BadRedirect)) throw error;
        stop(request, id, `${request.url.href} ${error.message}`);
        // The promise of fetch() rejects, an image or a frame stays broken, a style sheet is missing, but the page goes on. If the window was to show the
        // response, there is no page, so the step fails.
        if (!isTopLevel(first)) return nothing('a network error');
        throw new Error(`${first.url.href} ${error.message}`);
      }
    }
  }

  /** The window shows a page. A response without content, or one to be saved as a file, leaves the page that is open. */
  function show({ request, response }: Sent, record: typeof history.visited): void {
    if (!isTopLevel(request) || response.status === 204 || response.status === 205 || isDownload(response)) return;
    record(request, response);
    documents.set(request.url.origin, documentOf(request, response));
  }

  return {
    name,
    label,
    jar,
    streams,
    toTrace,
    recordJar,

    /** Returns the page that is open at that origin; an unknown one at its start if the window has shown none. */
    documentAt: (origin: string): Document =>
      documents.get(origin) ?? { url: new URL(origin), referrerPolicy: undefined },

    /** Sends a request and follows redirects. Returns the last response. */
    async request(asked: BrowserRequest): Promise<LastResponse> {
      const first = asked.noCors ? asSimple(asked) : asked;
      if (typeof first === 'string') {
        stop(asked, null, first);
        return nothing('refused by fetch()');
      }
      const sent = await sendAndFollow(first);
      if (!('request' in sent)) return sent;
      if (first.noCors && isCrossOrigin(sent.request)) {
        stop(sent.request, sent.id, 'its script sees nothing of the response: with mode "no-cors" it is opaque');
        return nothing('an opaque response');
      }
      show(sent, history.visited);
      return sent.response;
    },

    /** Presses the Back button. */
    async back(): Promise<LastResponse> {
      const { request, page } = history.back();
      if (page) {
        const { url } = request;
        recorder.record({ type: 'page-shown', actor: name, url: url.href, status: page.status, body: page.text });
        documents.set(url.origin, documentOf(request, page));
        return page;
      }
      if (request.method !== 'GET') {
        const why =
          'the page was the answer to a form, and it was not stored: the browser asks whether to send the form again';
        stop(request, null, why);
        return nothing('held back by the browser');
      }
      // The reason for the visit stays, but not the way that redirects took.
      const { redirects: _, forgotten: __, clicked: ___, ...again } = request;
      const sent = await sendAndFollow({ ...again, note: 'Back: not stored, so requested again' });
      if (!('request' in sent)) return sent;
      show(sent, history.renewed);
      return sent.response;
    },

    closeBrowser(): void {
      streams.closeAll();
      jar.closeBrowser();
      preflights.forget();
      documents.clear();
      recordJar({ by: 'closed' });
    },

    /** Makes cookies, HSTS hosts and permissions `ms` milliseconds older. */
    age(ms: number): void {
      jar.age(ms);
      hsts.age(ms);
      preflights.age(ms);
    },
  };
}

export type Browser = ReturnType<typeof createBrowser>;

/** A page in the window, as its requests name it. */
interface Document {
  url: URL;
  referrerPolicy: ReferrerPolicy | undefined;
}

const documentOf = ({ url }: BrowserRequest, { headers }: LastResponse): Document => ({
  url,
  referrerPolicy: parseReferrerPolicy(headers['referrer-policy']) ?? undefined,
});

/** RFC 6266 section 4.2: what is not `inline` is saved as a file, words that are not known included. */
function isDownload({ headers }: LastResponse): boolean {
  const [type = ''] = (headers['content-disposition'] ?? '').split(';', 1);
  return !['', 'inline'].includes(type.trim().toLowerCase());
}

/** A request as it was sent, with its response. */
interface Sent {
  id: number;
  request: BrowserRequest;
  response: LastResponse;
}

/** What a page or a person gets when the browser shows them no response. */
const nothing = (by: string): LastResponse => ({ status: 0, headers: {}, text: '', json: undefined, ms: 0, by });
