import type { Actor, CookieNamed, LastResponse, Page, RequestOptions } from '../../../scenarios/engine/cast.ts';
import type { ActorOutline, JarCause } from '../../../scenarios/engine/trace.ts';
import { appOrigin } from '../network/hosts.ts';
import { createBrowser } from './browser.ts';
import type { Cookie } from './cookies/cookie.ts';
import type { BrowserEnvironment } from './exchange.ts';
import { addressOn, requirePatience } from './forbidden.ts';
import { harOf } from './har.ts';
import { createPage } from './page.ts';

/** An actor with what only the lab uses. */
export interface LabActor extends Actor {
  /** Makes the actor's browser `ms` milliseconds older. */
  age(ms: number): void;
  /** Resolves when everything that the app has sent in open responses is here. */
  streamsSettled(): Promise<void>;
  /** Closes its open responses. */
  closeStreams(): void;
  /** Returns whether the jar has such a cookie that has not expired. */
  has(cookie: CookieNamed): boolean;
  visit(url: string, options?: Pick<RequestOptions, 'patience'>): Promise<LastResponse>;
}

/** What one actor uses of another actor's browser. */
interface OpenBrowser extends Actor {
  findCookie(which: CookieNamed): Cookie | undefined;
  putCookie(cookie: Cookie, cause: JarCause): void;
}

/**
 * Creates a person with a browser.
 * @param index position among the scenario's actors. Each actor has an address of their own, from the range reserved for
 * documentation (RFC 5737).
 */
export function createActor(outline: ActorOutline, index: number, environment: BrowserEnvironment): LabActor {
  const { recorder, sessionCookie } = environment;
  const { name, label } = outline;
  const browser = createBrowser(outline, `203.0.113.${index + 1}`, environment);
  const { jar, toTrace, recordJar } = browser;
  const csrfTokens = new Map<string, string>();
  const pages = new Map<string, Page>();
  const responses: LastResponse[] = [];

  const remember = (response: LastResponse) => {
    responses.push(response);
    return response;
  };
  const findCookie = (which: CookieNamed) => jar.list().find((cookie) => isNamed(cookie, which));
  const ownCookie = (which: CookieNamed, purpose: string) => {
    const cookie = findCookie(which);
    if (cookie) return cookie;
    throw new Error(
      `${label} has no cookie "${nameOf(which)}" to ${purpose}; let ${name} send a request that gets one first.`,
    );
  };
  const on = (origin: string): Page => {
    const page = pages.get(origin) ?? createPage(browser, origin, recorder, csrfTokens, remember);
    pages.set(origin, page);
    return page;
  };

  const actor = {
    ...on(appOrigin),
    name,
    on,
    async visit(address: string, options: Pick<RequestOptions, 'patience'> = {}) {
      requirePatience(options);
      const url = addressOn(appOrigin, address);
      return remember(await browser.request({ method: 'GET', url, initiator: null, navigation: true, options }));
    },
    back: async () => remember(await browser.back()),
    closeBrowser: browser.closeBrowser,
    responses,
    events: browser.streams.events,
    get openStreams() {
      return browser.streams.open;
    },
    streamsSettled: browser.streams.settled,
    closeStreams: browser.streams.closeAll,
    get last() {
      const last = responses.at(-1);
      if (!last) throw new Error(`${label} has not sent a request yet, so there is no last response.`);
      return last;
    },
    cookie(cookieName = sessionCookie) {
      const cookie = findCookie(cookieName);
      return cookie && toTrace(cookie);
    },
    har: (options) => harOf(recorder.trace, name, options),
    cookiesFor(path) {
      const url = new URL(path, appOrigin);
      const { cookies } = jar.send({ url, method: 'GET', initiator: url, navigation: false });
      const sent = cookies.filter((cookie) => cookie.sent);
      return sent.flatMap(({ name, value }) => {
        const cookie = jar.list().find((cookie) => cookie.name === name && cookie.value === value);
        return cookie ? [toTrace(cookie)] : [];
      });
    },
    expiresIn(cookieName = sessionCookie) {
      const expiresAt = findCookie(cookieName)?.expiresAt;
      return typeof expiresAt === 'number' ? expiresAt - Date.now() : expiresAt;
    },
    async plantCookie(victim, cookieName = sessionCookie) {
      const cookie = ownCookie(cookieName, 'plant');
      const { value } = cookie;
      recorder.record({ type: 'cookie-planted', actor: name, victim: victim.name, name: cookieName, value });
      (victim as OpenBrowser).putCookie(cookie, { by: 'planted', actor: name });
    },
    async copyCookie(victim, which = sessionCookie) {
      const cookie = (victim as OpenBrowser).findCookie(which);
      if (!cookie) throw new Error(`There is no cookie "${nameOf(which)}" in the browser of "${victim.name}" to copy.`);
      const { value } = cookie;
      recorder.record({ type: 'cookie-copied', actor: name, victim: victim.name, name: cookie.name, value });
      jar.put({ ...cookie, expiresAt: null });
      recordJar({ by: 'copied', actor: victim.name });
    },
    editCookie(change, which = sessionCookie) {
      const cookie = ownCookie(which, 'edit');
      const value: unknown = change(cookie.value);
      if (typeof value !== 'string')
        throw new TypeError(`editCookie needs a function that returns the new value, a text, not ${String(value)}.`);
      jar.put({ ...cookie, value, createdAt: Date.now() });
      recordJar({ by: 'manual' });
    },
    deleteCookie(which = sessionCookie) {
      jar.remove(ownCookie(which, 'delete'));
      recordJar({ by: 'manual' });
    },
    age: browser.age,
    has: (which) => findCookie(which) !== undefined,
    findCookie,
    putCookie(cookie, cause) {
      jar.put(cookie);
      recordJar(cause);
    },
  } satisfies LabActor & OpenBrowser;
  return actor;
}

const nameOf = (which: CookieNamed) => (typeof which === 'string' ? which : which.name);

const isNamed = (cookie: Cookie, which: CookieNamed) =>
  typeof which === 'string'
    ? cookie.name === which
    : cookie.name === which.name && cookie.domain === which.domain && cookie.path === which.path;
