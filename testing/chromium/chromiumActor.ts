import type { Browser, Page as Tab } from 'playwright-core';
import type { CookieNamed, LastResponse, Page, RequestOptions } from '../../scenarios/engine/cast.ts';
import type { ActorOutline, Header, JarCause, JarCookie } from '../../scenarios/engine/trace.ts';
import { createActor, type LabActor, shopOrigin } from '../../server/lab/browser/actor.ts';
import { asSeen, type Surroundings, userAgentOf } from '../../server/lab/browser/browser.ts';
import { createJar } from '../../server/lab/browser/jar.ts';
import type { Answered } from '../../server/lab/network/hosts.ts';
import { createChromiumJar } from './chromiumJar.ts';
import type { Asked, Front } from './front.ts';
import {
  clickLink,
  fetchFrom,
  imageFrom,
  openBlank,
  type Shown,
  scriptReads,
  scriptWrites,
  shownBy,
  submitForm,
} from './tab.ts';

/** The browser whose contexts are the actors, and the front that all its host names lead to. */
export interface Chromium {
  browser: Browser;
  front: Front;
}

/** How many there have been. */
let actors = 0;

/** An actor with a Chromium of her own. */
export interface ChromiumActor extends LabActor {
  /** Resolves when everything that was asked of her browser is done; rejects with what went wrong. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/**
 * The same person as `createActor` makes, with a Chromium context in place of the virtual browser. What a step reads without
 * waiting (`cookie`, `readCookies`) is what Chromium told after the last thing she did. What no browser does is done by the
 * lab, as for the others: a Cookie header written by hand, and cookies edited, deleted and copied.
 */
export function createChromiumActor(
  { browser, front }: Chromium,
  outline: ActorOutline,
  index: number,
  surroundings: Surroundings,
): ChromiumActor {
  const { name, label } = outline;
  const { recorder, clock, hostOf, nextRequest, sessionCookie } = surroundings;
  const byHand = createActor(outline, index, surroundings);
  const userAgent = userAgentOf(label);
  /** Tells the front whose request it is; the shop does not get to see it. */
  const mark = ` #${++actors}`;
  const context = browser.newContext({ userAgent: userAgent + mark });
  const tabs = new Map<'window' | 'workshop', Promise<Tab>>();
  /** In the window addresses are typed and Back is pressed; in the workshop pages act. Opened when first needed. */
  const tab = (which: 'window' | 'workshop'): Promise<Tab> => {
    const opened = tabs.get(which) ?? context.then((own) => own.newPage());
    tabs.set(which, opened);
    return opened;
  };
  const jar = createChromiumJar(
    async () => (await context).newCDPSession(await ([...tabs.values()][0] ?? tab('workshop'))),
    clock,
  );
  /** What document.cookie said last, by origin. */
  const readable = new Map<string, string>();
  const csrfTokens = new Map<string, string>();
  const responses: LastResponse[] = [];
  /** What came from the network during the present act. */
  let answers: { request: number; answered: Answered }[] = [];
  let queue: Promise<unknown> = Promise.resolve();

  front.admit(userAgent + mark, async (asked: Asked) => {
    const request = nextRequest();
    const headers = asked.headers.map(([name, value]): Header => [name, value.replace(mark, '')]);
    const message = { ...asked, headers, address: `203.0.113.${index + 1}` };
    const host = hostOf(asked.url);
    const { method, url, body } = message;
    const forwarded = host.forwarded(message);
    recorder.record({
      type: 'request',
      id: request,
      actor: name,
      method,
      url: url.href,
      headers,
      forwarded,
      body,
      note: null,
      cookies: [],
    });
    const started = clock.now();
    const answered = await host.answer(message, request);
    recorder.record({ type: 'response', request, ...answered, ms: clock.now() - started, cookies: [] });
    answers.push({ request, answered });
    return answered;
  });

  /** One thing after the other; when one has failed, so does all that comes after it. */
  const inTurn = <T>(act: () => Promise<T>): Promise<T> => {
    const done = queue.then(act);
    queue = done;
    done.catch(() => {});
    return done;
  };

  async function lookAtCookies(cause: JarCause): Promise<void> {
    await jar.look();
    recorder.record({ type: 'jar', actor: name, cookies: [...jar.list()], cause });
  }
  const edit = (act: () => Promise<void>) =>
    inTurn(async () => {
      await act();
      await lookAtCookies({ by: 'manual' });
    });

  /** Make a request and remember its answer: the status that Chromium shows, with what the front saw of it. */
  const request = (act: () => Promise<Shown | 'picture'>): Promise<LastResponse> =>
    inTurn(async () => {
      answers = [];
      const started = clock.now();
      const shown = await act();
      const last = answers.at(-1);
      await lookAtCookies(last ? { by: 'response', request: last.request } : { by: 'manual' });
      const response = asSeen(answerAs(shown, last?.answered), clock.now() - started);
      responses.push(response);
      return response;
    });

  const fromWorkshop = (origin: string, act: (tab: Tab) => Promise<Shown | 'picture'>): Promise<LastResponse> =>
    request(async () => {
      const page = await tab('workshop');
      await openBlank(page, origin);
      const shown = await act(page);
      if (new URL(page.url()).origin === origin) readable.set(origin, await scriptReads(page));
      return shown;
    });

  const pageOf = (origin: string): Page => {
    const absolute = (url: string) => new URL(url, origin).href;
    const keepToken = (response: LastResponse, url: string): LastResponse => {
      const token = response.json?.csrfToken;
      if (new URL(url).origin === origin && typeof token === 'string') csrfTokens.set(origin, token);
      return response;
    };
    async function fetchAs(method: string, path: string, body?: string, options: RequestOptions = {}) {
      if (options.cookie !== undefined) {
        if (method !== 'GET')
          throw new Error('Written Cookie headers go with GET only here; add the method if a scenario needs it.');
        const response = await inTurn(() => byHand.on(origin).get(path, options));
        responses.push(response);
        return response;
      }
      const url = absolute(path);
      const token = method === 'GET' || new URL(url).origin !== origin ? undefined : csrfTokens.get(origin);
      const headers = {
        ...(token === undefined ? {} : { 'X-CSRF-Token': token }),
        ...options.headers,
      };
      const fetched = { method, url, headers, body };
      return keepToken(await fromWorkshop(origin, (tab) => fetchFrom(tab, fetched)), url);
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
      image: (url) => fromWorkshop(origin, (tab) => imageFrom(tab, absolute(url)).then(() => 'picture')),
      link: async (url) => keepToken(await fromWorkshop(origin, (tab) => clickLink(tab, absolute(url))), absolute(url)),
      form: async (url, fields, type = 'application/x-www-form-urlencoded') => {
        const form = { url: absolute(url), fields, type };
        return keepToken(await fromWorkshop(origin, (tab) => submitForm(tab, form)), form.url);
      },
      readCookies: () => readable.get(origin) ?? '',
      writeCookie(text) {
        void edit(async () => {
          const page = await tab('workshop');
          await openBlank(page, origin);
          await scriptWrites(page, text);
          readable.set(origin, await scriptReads(page));
        });
        // Whether it was taken is known later; scenarios look into the jar for it.
        return true;
      },
    };
  };

  const nameOf = (which: CookieNamed) => (typeof which === 'string' ? which : which.name);
  const find = (which: CookieNamed) => jar.list().find((cookie) => cookie.name === nameOf(which));
  const own = (which: CookieNamed): JarCookie => {
    const cookie = find(which);
    if (!cookie) throw new Error(`${label} has no cookie "${nameOf(which)}".`);
    return cookie;
  };

  return {
    ...pageOf(shopOrigin),
    name,
    on: pageOf,
    visit: (url) => request(async () => shownBy(await (await tab('window')).goto(new URL(url, shopOrigin).href))),
    back: () => request(async () => shownBy(await (await tab('window')).goBack())),
    responses,
    get last() {
      const last = responses.at(-1);
      if (!last) throw new Error(`${label} has not sent a request yet, so there is no last response.`);
      return last;
    },
    cookie: (cookieName = sessionCookie) => find(cookieName),
    // Chromium would tell, but only to somebody who waits: so Chromium's cookies are put to the virtual browser's rules.
    cookiesFor(path) {
      const url = new URL(path, shopOrigin);
      const rules = createJar();
      jar.list().forEach((cookie, createdAt) => {
        rules.put({ ...cookie, expiresAt: null, createdAt, partitioned: false });
      });
      const { cookies } = rules.send({ url, method: 'GET', initiator: url, navigation: false });
      return cookies.flatMap(({ name, value, sent }) => {
        const cookie = jar.list().find((cookie) => cookie.name === name && cookie.value === value);
        return sent && cookie ? [cookie] : [];
      });
    },
    expiresIn(cookieName = sessionCookie) {
      const expiresAt = find(cookieName)?.expiresAt;
      return typeof expiresAt === 'number' ? expiresAt - clock.now() : expiresAt;
    },
    async copyCookie(victim, cookieName = sessionCookie) {
      const cookie = victim.cookie(nameOf(cookieName));
      if (!cookie)
        throw new Error(`There is no cookie "${nameOf(cookieName)}" in the browser of "${victim.name}" to copy.`);
      await edit(() => jar.put({ ...cookie, expiresAt: null }));
    },
    editCookie(change, cookieName = sessionCookie) {
      const cookie = own(cookieName);
      void edit(() => jar.put({ ...cookie, value: change(cookie.value) }));
    },
    deleteCookie(cookieName = sessionCookie) {
      const cookie = own(cookieName);
      void edit(() => jar.remove(cookie));
    },
    plantCookie: () => notYet('plantCookie'),
    closeBrowser: () => notYet('closeBrowser'),
    age: () => notYet('time that passes'),
    has: (which) => find(which) !== undefined,
    settled: async () => void (await queue),
    close: async () => (await context).close(),
  };
}

function notYet(what: string): never {
  throw new Error(`An actor with a Chromium has no ${what}, as no scenario of the cookie chapter uses it.`);
}

/** The answer as it goes into the actor's memory. */
function answerAs(shown: Shown | 'picture', last: Answered | undefined): Answered {
  if (shown === null) return { status: 0, statusText: '', headers: [], body: '', by: 'blocked by CORS' };
  if (last) return shown === 'picture' ? last : { ...last, status: shown.status, body: shown.text };
  const { status, text } = shown === 'picture' ? { status: 200, text: '' } : shown;
  return { status, statusText: '', headers: [], body: text, by: 'the browser’s cache' };
}
