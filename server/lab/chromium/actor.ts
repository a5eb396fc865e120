import type { Page as Tab } from 'playwright-core';
import type { CookieNamed, LastResponse, Page } from '../../../scenarios/engine/cast.ts';
import type { ActorOutline, JarCause, JarCookie } from '../../../scenarios/engine/trace.ts';
import { createActor, type LabActor } from '../browser/actor.ts';
import { type BrowserEnvironment, gaveUp, toLastResponse, userAgentOf } from '../browser/exchange.ts';
import { harOf } from '../browser/har.ts';
import { type Answered, appOrigin } from '../network/hosts.ts';
import { type Action, recordExchanges } from './exchange.ts';
import { createChromiumJar } from './jar.ts';
import type { OpenChromium } from './openChromium.ts';
import { createChromiumPage, type PageBrowser } from './page.ts';
import { createCookieRules } from './rules.ts';
import { openBlank, readCookies, type Shown, shownBy, writeCookie } from './tab.ts';

/** An actor who uses Chromium. */
export interface ChromiumActor extends LabActor {
  /** Resolves when the browser has done everything it was asked to do; rejects with the first error that no step has awaited. */
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
  const { recorder, clock, sessionCookie } = environment;
  const virtualActor = createActor(outline, index, environment);
  const userAgent = userAgentOf(label);
  const mark = ` #${++actorsSoFar}`;
  const context = windows.browser()!.newContext({ userAgent: userAgent + mark });
  // A use of the context throws its error. Without this, the error would be unhandled before the first use.
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
  const rules = createCookieRules(clock);
  const sender = { name, address: `203.0.113.${index + 1}`, userAgent, mark, rules };
  const exchanges = recordExchanges(sender, proxy, environment);
  /** The last value of document.cookie, by origin. */
  const scriptCookies = new Map<string, string>();
  const csrfTokens = new Map<string, string>();
  const pages = new Map<string, Page>();
  const responses: LastResponse[] = [];
  let queue: Promise<unknown> = Promise.resolve();
  let failed: Promise<never> | undefined;

  /** Runs actions one after the other. */
  const inTurn = <T>(act: () => Promise<T>): Promise<T> => {
    const done = queue.then(act);
    queue = done.catch(() => {});
    return done;
  };
  /** Runs an action that a step does not wait for. */
  const later = (act: () => Promise<void>): void => {
    inTurn(act).catch((error) => {
      failed ??= Promise.reject(error);
      failed.catch(() => {});
    });
  };

  async function recordJar(cause: JarCause): Promise<void> {
    await jar.refresh();
    rules.follow(jar.list());
    recorder.record({ type: 'jar', actor: name, cookies: [...jar.list()], cause });
  }
  const changeJar = (act: () => Promise<void>, cause: JarCause) => async () => {
    await act();
    await recordJar(cause);
  };

  /** Makes Chromium send requests, and combines the response it shows with what came over the network. */
  const request = (action: Action, act: () => Promise<Shown | 'loaded'>): Promise<LastResponse> =>
    inTurn(async () => {
      const started = clock.now();
      const outcome = await exchanges.during(action, act);
      const cause = outcome.exchanged.findLast(({ changesCookies }) => changesCookies);
      if (cause) await recordJar({ by: 'response', request: cause.id });
      const response =
        outcome.gaveUp && action.patience !== undefined
          ? gaveUp(action.patience)
          : toLastResponse(combined(outcome.shown, outcome.exchanged.at(-1)?.answered), clock.now() - started);
      responses.push(response);
      return response;
    });

  const browser: PageBrowser = {
    requestFrom: (origin, action, act) =>
      request({ ...action, initiator: new URL(origin) }, async () => {
        const page = await tab('pages');
        await openBlank(page, origin);
        const shown = await act(page);
        if (new URL(page.url()).origin === origin) scriptCookies.set(origin, await readCookies(page));
        return shown;
      }),
    async sendByLab(origin, { method, path, body, options }) {
      const response = await inTurn(() => {
        const cookie = options.cookie ?? cookieHeader(new URL(path, origin));
        return virtualActor.on(origin).send(method, path, body, { ...options, cookie });
      });
      responses.push(response);
      return response;
    },
    readScriptCookies(origin) {
      const result = scriptCookies.get(origin) ?? '';
      recorder.record({ type: 'script', actor: name, origin, wrote: null, result });
      return result;
    },
    writeScriptCookie(origin, text) {
      const { outcome, why } = rules.written(text, new URL(origin));
      recorder.record({ type: 'script', actor: name, origin, wrote: text, result: why });
      const write = async () => {
        const page = await tab('pages');
        await openBlank(page, origin);
        await writeCookie(page, text);
        scriptCookies.set(origin, await readCookies(page));
      };
      later(changeJar(write, { by: 'script' }));
      return outcome !== 'refused';
    },
  };
  const on = (origin: string): Page => {
    const page = pages.get(origin) ?? createChromiumPage(browser, origin, csrfTokens);
    pages.set(origin, page);
    return page;
  };

  // Chromium answers this asynchronously only, so the virtual browser's rules are applied to Chromium's cookies.
  const cookiesFor = (url: URL): JarCookie[] =>
    rules.cookiesFor(url).flatMap(({ name, value }) => {
      const cookie = jar.list().find((cookie) => cookie.name === name && cookie.value === value);
      return cookie ? [cookie] : [];
    });
  const cookieHeader = (url: URL) =>
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
    ...on(appOrigin),
    name,
    on,
    visit: (address) =>
      request({ initiator: null, navigation: true, note: null }, async () =>
        shownBy(await (await tab('window')).goto(new URL(address, appOrigin).href)),
      ),
    back: () =>
      request({ initiator: null, navigation: true, note: 'Back: not stored, so requested again' }, async () =>
        shownBy(await (await tab('window')).goBack()),
      ),
    responses,
    // A response that stays open fails the step.
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
    cookiesFor: (path) => cookiesFor(new URL(path, appOrigin)),
    expiresIn(cookieName = sessionCookie) {
      const expiresAt = find(cookieName)?.expiresAt;
      return typeof expiresAt === 'number' ? expiresAt - clock.now() : expiresAt;
    },
    async copyCookie(victim, which = sessionCookie) {
      const cookie = victim.cookie(nameOf(which));
      if (!cookie) {
        throw new Error(`There is no cookie "${nameOf(which)}" in the browser of "${victim.name}" to copy.`);
      }
      recorder.record({
        ...{ type: 'cookie-copied', actor: name, victim: victim.name },
        ...{ name: cookie.name, value: cookie.value },
      });
      await inTurn(changeJar(() => jar.put({ ...cookie, expiresAt: null }), { by: 'copied', actor: victim.name }));
    },
    editCookie(change, which = sessionCookie) {
      const cookie = ownCookie(which);
      later(changeJar(() => jar.put({ ...cookie, value: change(cookie.value) }), { by: 'manual' }));
    },
    deleteCookie(which = sessionCookie) {
      const cookie = ownCookie(which);
      later(changeJar(() => jar.remove(cookie), { by: 'manual' }));
    },
    async plantCookie(victim, cookieName = sessionCookie) {
      const cookie = ownCookie(cookieName);
      recorder.record({
        ...{ type: 'cookie-planted', actor: name, victim: victim.name },
        ...{ name: cookieName, value: cookie.value },
      });
      await (victim as ChromiumActor).putCookie(cookie, { by: 'planted', actor: name });
    },
    putCookie: (cookie, cause) => inTurn(changeJar(() => jar.put(cookie), cause)),
    closeBrowser() {
      const forget = async () => {
        for (const cookie of jar.list()) if (cookie.expiresAt === null) await jar.remove(cookie);
      };
      later(changeJar(forget, { by: 'closed' }));
    },
    // The clock has jumped, so the same time in the sandbox is an earlier one for Chromium.
    age(ms) {
      rules.age(ms);
      later(async () => {
        for (const cookie of jar.list()) {
          if (cookie.expiresAt === null) continue;
          await (cookie.expiresAt > clock.now() ? jar.put(cookie) : jar.remove(cookie));
        }
        await jar.refresh();
        rules.follow(jar.list());
      });
    },
    has: (which) => find(which) !== undefined,
    async settled() {
      await queue;
      await failed;
    },
    close: async () => (await context).close(),
  };
}

/** Combines what Chromium shows of a response with what the proxy saw of it. */
function combined(shown: Shown | 'loaded', seen: Answered | undefined): Answered {
  if (shown === null) return { status: 0, statusText: '', headers: [], body: '', by: 'blocked by CORS' };
  if (seen) return shown === 'loaded' ? seen : { ...seen, status: shown.status, body: shown.text };
  const { status, text } = shown === 'loaded' ? { status: 200, text: '' } : shown;
  return { status, statusText: '', headers: [], body: text, by: 'the browser’s cache' };
}
