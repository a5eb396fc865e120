import type { Actor, CookieNamed, LastResponse, Page, RequestOptions } from '../../../scenarios/engine/cast.ts';
import type { ActorOutline, JarCause } from '../../../scenarios/engine/trace.ts';
import { type Asked, createBrowser, type Surroundings } from './browser.ts';
import type { CookieState } from './cookieState.ts';
import { createPage } from './page.ts';

/** Where the shop is to its visitors. TLS ends at the edge; behind it the app is reached over plain http. */
export const shopOrigin = 'https://shop.example';

/** An actor as the lab has it: somebody with a browser, who can also grow older. */
export interface LabActor extends Actor {
  age(ms: number): void;
  /** Whether such a cookie is in the jar and has not expired. */
  has(cookie: CookieNamed): boolean;
  visit(url: string, options?: Pick<RequestOptions, 'patience'>): Promise<LastResponse>;
}

/** What actors do to each other's browsers behind the scenario's back. */
interface BrowserOwner extends Actor {
  findCookie(which: CookieNamed): CookieState | undefined;
  receiveByHand(cookie: CookieState, cause: JarCause): void;
}

/**
 * @param index which actor of the scenario it is; each has an address of its own from the range set apart for documentation
 * (RFC 5737)
 */
export function createActor(outline: ActorOutline, index: number, surroundings: Surroundings): LabActor {
  const { recorder, sessionCookie } = surroundings;
  const { name, label } = outline;
  const browser = createBrowser(outline, `203.0.113.${index + 1}`, surroundings);
  const { jar, toTrace, recordJar } = browser;
  const csrfTokens = new Map<string, string>();
  const pages = new Map<string, Page>();
  const responses: LastResponse[] = [];

  const remember = (response: LastResponse) => {
    responses.push(response);
    return response;
  };
  const find = (which: CookieNamed) => jar.list().find((cookie) => isNamed(cookie, which));
  const own = (which: CookieNamed, what: string) => {
    const cookie = find(which);
    if (cookie) return cookie;
    throw new Error(
      `${label} has no cookie "${nameOf(which)}" to ${what}; let ${name} send a request that gets one first.`,
    );
  };
  const on = (origin: string): Page => {
    const page = pages.get(origin) ?? createPage(browser, origin, recorder, csrfTokens, remember);
    pages.set(origin, page);
    return page;
  };

  const actor = {
    ...on(shopOrigin),
    name,
    on,
    async visit(url: string, options: Pick<RequestOptions, 'patience'> = {}) {
      const asked: Asked = { method: 'GET', url: new URL(url, shopOrigin), initiator: null, navigation: true, options };
      return remember(await browser.request(asked));
    },
    back: async () => remember(await browser.back()),
    closeBrowser: browser.closeBrowser,
    responses,
    get last() {
      const last = responses.at(-1);
      if (!last) throw new Error(`${label} has not sent a request yet, so there is no last response.`);
      return last;
    },
    cookie(cookieName = sessionCookie) {
      const cookie = find(cookieName);
      return cookie && toTrace(cookie);
    },
    cookiesFor(path) {
      const url = new URL(path, shopOrigin);
      const { cookies } = jar.send({ url, method: 'GET', initiator: url, navigation: false });
      const sent = cookies.filter((cookie) => cookie.sent);
      return sent.flatMap(({ name, value }) => {
        const cookie = jar.list().find((cookie) => cookie.name === name && cookie.value === value);
        return cookie ? [toTrace(cookie)] : [];
      });
    },
    expiresIn(cookieName = sessionCookie) {
      const expiresAt = find(cookieName)?.expiresAt;
      return typeof expiresAt === 'number' ? expiresAt - Date.now() : expiresAt;
    },
    async plantCookie(victim, cookieName = sessionCookie) {
      const cookie = own(cookieName, 'plant');
      recorder.record({
        type: 'cookie-planted',
        actor: name,
        victim: victim.name,
        name: cookieName,
        value: cookie.value,
      });
      (victim as BrowserOwner).receiveByHand(cookie, { by: 'planted', actor: name });
    },
    async copyCookie(victim, which = sessionCookie) {
      const cookie = (victim as BrowserOwner).findCookie(which);
      if (!cookie) throw new Error(`There is no cookie "${nameOf(which)}" in the browser of "${victim.name}" to copy.`);
      recorder.record({
        type: 'cookie-copied',
        actor: name,
        victim: victim.name,
        name: cookie.name,
        value: cookie.value,
      });
      jar.put({ ...cookie, expiresAt: null });
      recordJar({ by: 'copied', actor: victim.name });
    },
    editCookie(change, which = sessionCookie) {
      const cookie = own(which, 'edit');
      jar.put({ ...cookie, value: change(cookie.value), createdAt: Date.now() });
      recordJar({ by: 'manual' });
    },
    deleteCookie(which = sessionCookie) {
      jar.remove(own(which, 'delete'));
      recordJar({ by: 'manual' });
    },
    age: browser.age,
    has: (which) => find(which) !== undefined,
    findCookie: find,
    receiveByHand(cookie, cause) {
      jar.put(cookie);
      recordJar(cause);
    },
  } satisfies LabActor & BrowserOwner;
  return actor;
}

const nameOf = (which: CookieNamed) => (typeof which === 'string' ? which : which.name);

/** RFC 6265bis section 5.7 step 23: name, domain and path tell cookies apart. */
const isNamed = (cookie: CookieState, which: CookieNamed) =>
  typeof which === 'string'
    ? cookie.name === which
    : cookie.name === which.name && cookie.domain === which.domain && cookie.path === which.path;
