import type { Page as Tab } from 'playwright-core';
import type { CookieNamed, LastResponse, Page, RequestOptions } from '../../../scenarios/engine/cast.ts';
import type { ActorOutline, Header, JarCause, JarCookie } from '../../../scenarios/engine/trace.ts';
import { createActor, type LabActor } from '../browser/actor.ts';
import { createJar } from '../browser/cookies/jar.ts';
import { type BrowserEnvironment, toLastResponse, userAgentOf } from '../browser/exchange.ts';
import { harOf } from '../browser/har.ts';
import type { Answered } from '../network/hosts.ts';
import { appOrigin } from '../network/hosts.ts';
import { createChromiumJar } from './jar.ts';
import type { OpenChromium } from './openChromium.ts';
import type { ChromiumRequest } from './proxy.ts';
import {
  clickLink,
  fetchFrom,
  imageFrom,
  openBlank,
  readCookies,
  type Shown,
  shownBy,
  submitForm,
  writeCookie,
} from './tab.ts';

/** An actor who uses Chromium. */
export interface ChromiumActor extends LabActor {
  /** Resolves when the browser has done everything it was asked to do; rejects with the first error. */
  settled(): Promise<void>;
  /** Puts a copy of another actor's cookie into this browser. */
  putCookie(cookie: JarCookie, cause: JarCause): Promise<void>;
  close(): Promise<void>;
}

let actorsSoFar = 0;

/**
 * Creates the same person as `createActor`, with a Chromium context instead of the virtual browser. What a step reads without
 * waiting (`cookie`, `readCookies`) is what Chromium reported after the actor's last action. What no browser does is done by
 * the lab, as for other actors: sending a Cookie header of the scenario, and editing, deleting and copying cookies.
 */
export function createChromiumActor(
  { context: windows, proxy }: OpenChromium,
  outline: ActorOutline,
  index: number,
  environment: BrowserEnvironment,
): ChromiumActor {
  const { name, label } = outline;
  const { recorder, clock, hostOf, nextRequest, sessionCookie } = environment;
  const virtualActor = createActor(outline, index, environment);
  const userAgent = userAgentOf(label);
  /** Added to the User-Agent, so that the proxy knows whose request it is. The app does not see it. */
  const mark = ` #${++actorsSoFar}`;
  const context = windows.browser()!.newContext({ userAgent: userAgent + mark });
  // Whoever uses it learns why it failed.
  context.catch(() => {});
  const tabs = new Map<'window' | 'pages', Promise<Tab>>();
  /** One tab for typed addresses and the Back button, one for what pages do. Each is opened when it is first needed. */
  const tab = (which: 'window' | 'pages'): Promise<Tab> => {
    const opened = tabs.get(which) ?? context.then((own) => own.newPage());
    tabs.set(which, opened);
    return opened;
  };
  const jar = createChromiumJar(
    async () => (await context).newCDPSession(await ([...tabs.values()][0] ?? tab('pages'))),
    clock,
  );
  /** The last value of document.cookie, by origin. */
  const scriptCookies = new Map<string, string>();
  const csrfTokens = new Map<string, string>();
  const responses: LastResponse[] = [];
  /** What came over the network during the current action. */
  let answers: { request: number; answered: Answered }[] = [];
  let queue: Promise<unknown> = Promise.resolve();

  proxy.admit(userAgent + mark, async (sent: ChromiumRequest) => {
    const id = nextRequest();
    const headers = sent.headers.map(([name, value]): Header => [name, value.replace(mark, '')]);
    const message = { ...sent, headers, address: `203.0.113.${index + 1}` };
    const { method, url, body } = message;
    const host = hostOf(url);
    recorder.record({
      ...{ type: 'request', id, actor: name, method, url: url.href, headers },
      ...{ forwarded: host.forwarded(message), body, note: null, cookies: [] },
    });
    const started = clock.now();
    const answered = await host.answer(message, id);
    recorder.record({ type: 'response', request: id, ...answered, ms: clock.now() - started, cookies: [] });
    answers.push({ request: id, answered });
    return answered;
  });

  /** Runs actions one after the other. After one has failed, all later ones fail. */
  const inTurn = <T>(act: () => Promise<T>): Promise<T> => {
    const done = queue.then(act);
    queue = done;
    done.catch(() => {});
    return done;
  };

  async function recordJar(cause: JarCause): Promise<void> {
    await jar.refresh();
    recorder.record({ type: 'jar', actor: name, cookies: [...jar.list()], cause });
  }
  const changeJar = (act: () => Promise<void>, cause: JarCause = { by: 'manual' }) =>
    inTurn(async () => {
      await act();
      await recordJar(cause);
    });

  /** Makes Chromium send a request, and combines the response it shows with what the proxy saw of it. */
  const request = (act: () => Promise<Shown | 'image'>): Promise<LastResponse> =>
    inTurn(async () => {
      answers = [];
      const started = clock.now();
      const shown = await act();
      const last = answers.at(-1);
      await recordJar(last ? { by: 'response', request: last.request } : { by: 'manual' });
      const response = toLastResponse(combined(shown, last?.answered), clock.now() - started);
      responses.push(response);
      return response;
    });

  const requestFrom = (origin: string, act: (tab: Tab) => Promise<Shown | 'image'>): Promise<LastResponse> =>
    request(async () => {
      const page = await tab('pages');
      await openBlank(page, origin);
      const shown = await act(page);
      if (new URL(page.url()).origin === origin) scriptCookies.set(origin, await readCookies(page));
      return shown;
    });

  const pageOf = (origin: string): Page => {
    const absolute = (url: string) => new URL(url, origin).href;
    const tokenName = (url: string) => `${origin} at ${new URL(url).origin}`;
    const keepToken = (response: LastResponse, url: string): LastResponse => {
      const token = response.json?.csrfToken;
      if (typeof token === 'string') csrfTokens.set(tokenName(url), token);
      return response;
    };
    /** After a navigation to another origin, it is another page that has the token. */
    const keepOwnToken = (response: LastResponse, url: string): LastResponse =>
      new URL(url).origin === origin ? keepToken(response, url) : response;
    async function fetchAs(method: string, path: string, body?: string, options: RequestOptions = {}) {
      const url = absolute(path);
      const token = method === 'GET' ? undefined : csrfTokens.get(tokenName(url));
      const headers = { ...(token === undefined ? {} : { 'X-CSRF-Token': token }), ...options.headers };
      // No page can do either, so the lab does it in both plays.
      if (options.cookie !== undefined || options.storeCookies === false) {
        const response = await inTurn(() => {
          const cookie = options.cookie ?? jarHeader(url);
          return virtualActor.on(origin).send(method, path, body, { ...options, headers, cookie });
        });
        responses.push(response);
        return options.cookie === undefined ? keepToken(response, url) : response;
      }
      const fetched = { method, url, headers, body, credentials: options.credentials ?? ('include' as const) };
      return keepToken(await requestFrom(origin, (tab) => fetchFrom(tab, fetched)), url);
    }
    const fetchJson = (method: string, path: string, body: unknown, options: RequestOptions = {}) =>
      body === undefined
        ? fetchAs(method, path, undefined, options)
        : fetchAs(method, path, JSON.stringify(body), {
            ...options,
            headers: { 'Content-Type': 'application/json', ...options.headers },
          });
    return {
      origin,
      get: (path, options) => fetchAs('GET', path, undefined, options),
      post: (path, body, options) => fetchJson('POST', path, body, options),
      delete: (path, body, options) => fetchJson('DELETE', path, body, options),
      send: fetchAs,
      image: (url) => requestFrom(origin, (tab) => imageFrom(tab, absolute(url)).then(() => 'image')),
      link: async (url) =>
        keepOwnToken(await requestFrom(origin, (tab) => clickLink(tab, absolute(url))), absolute(url)),
      form: async (url, fields, type = 'application/x-www-form-urlencoded') => {
        const form = { url: absolute(url), fields, type };
        return keepOwnToken(await requestFrom(origin, (tab) => submitForm(tab, form)), form.url);
      },
      readCookies: () => scriptCookies.get(origin) ?? '',
      writeCookie(text) {
        void changeJar(async () => {
          const page = await tab('pages');
          await openBlank(page, origin);
          await writeCookie(page, text);
          scriptCookies.set(origin, await readCookies(page));
        });
        // The outcome is not known yet. Scenarios read it from the jar.
        return true;
      },
    };
  };

  // Chromium answers this asynchronously only, so the virtual browser's rules are applied to Chromium's cookies.
  function cookiesFor(path: string): JarCookie[] {
    const url = new URL(path, appOrigin);
    const rules = createJar();
    jar.list().forEach((cookie, createdAt) => {
      rules.put({ ...cookie, expiresAt: null, createdAt, partitioned: false });
    });
    const { cookies } = rules.send({ url, method: 'GET', initiator: url, navigation: false });
    return cookies.flatMap(({ name, value, sent }) => {
      const cookie = jar.list().find((cookie) => cookie.name === name && cookie.value === value);
      return sent && cookie ? [cookie] : [];
    });
  }
  const jarHeader = (url: string) =>
    cookiesFor(url)
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');

  const nameOf = (which: CookieNamed) => (typeof which === 'string' ? which : which.name);
  const isAlive = ({ expiresAt }: JarCookie) => expiresAt === null || expiresAt > clock.now();
  const find = (which: CookieNamed) => jar.list().find((cookie) => cookie.name === nameOf(which) && isAlive(cookie));
  const ownCookie = (which: CookieNamed): JarCookie => {
    const cookie = find(which);
    if (!cookie) throw new Error(`${label} has no cookie "${nameOf(which)}".`);
    return cookie;
  };

  return {
    ...pageOf(appOrigin),
    name,
    on: pageOf,
    visit: (url) => request(async () => shownBy(await (await tab('window')).goto(new URL(url, appOrigin).href))),
    back: () => request(async () => shownBy(await (await tab('window')).goBack())),
    responses,
    // No scenario that is compared opens a stream.
    events: [],
    openStreams: 0,
    streamsSettled: async () => {},
    closeStreams() {},
    get last() {
      const last = responses.at(-1);
      if (!last) throw new Error(`${label} has not sent a request yet, so there is no last response.`);
      return last;
    },
    cookie: (cookieName = sessionCookie) => find(cookieName),
    har: (options) => harOf(recorder.trace, name, options),
    cookiesFor,
    expiresIn(cookieName = sessionCookie) {
      const expiresAt = find(cookieName)?.expiresAt;
      return typeof expiresAt === 'number' ? expiresAt - clock.now() : expiresAt;
    },
    async copyCookie(victim, cookieName = sessionCookie) {
      const cookie = victim.cookie(nameOf(cookieName));
      if (!cookie) {
        throw new Error(`There is no cookie "${nameOf(cookieName)}" in the browser of "${victim.name}" to copy.`);
      }
      await changeJar(() => jar.put({ ...cookie, expiresAt: null }));
    },
    editCookie(change, cookieName = sessionCookie) {
      const cookie = ownCookie(cookieName);
      void changeJar(() => jar.put({ ...cookie, value: change(cookie.value) }));
    },
    deleteCookie(cookieName = sessionCookie) {
      const cookie = ownCookie(cookieName);
      void changeJar(() => jar.remove(cookie));
    },
    async plantCookie(victim, cookieName = sessionCookie) {
      const cookie = ownCookie(cookieName);
      await (victim as ChromiumActor).putCookie(cookie, { by: 'planted', actor: name });
    },
    putCookie: (cookie, cause) => changeJar(() => jar.put(cookie), cause),
    closeBrowser() {
      void changeJar(async () => {
        for (const cookie of jar.list()) if (cookie.expiresAt === null) await jar.remove(cookie);
      });
    },
    // The clock has jumped, so the same time in the sandbox is an earlier one for Chromium.
    age() {
      void inTurn(async () => {
        for (const cookie of jar.list()) {
          if (cookie.expiresAt === null) continue;
          await (cookie.expiresAt > clock.now() ? jar.put(cookie) : jar.remove(cookie));
        }
        await jar.refresh();
      });
    },
    has: (which) => find(which) !== undefined,
    settled: async () => void (await queue),
    close: async () => (await context).close(),
  };
}

/** Combines what Chromium shows of a response with what the proxy saw of it. */
function combined(shown: Shown | 'image', seen: Answered | undefined): Answered {
  if (shown === null) return { status: 0, statusText: '', headers: [], body: '', by: 'blocked by CORS' };
  if (seen) return shown === 'image' ? seen : { ...seen, status: shown.status, body: shown.text };
  const { status, text } = shown === 'image' ? { status: 200, text: '' } : shown;
  return { status, statusText: '', headers: [], body: text, by: 'the browser’s cache' };
}
