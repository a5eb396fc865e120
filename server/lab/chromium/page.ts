import type { Page as Tab } from 'playwright-core';
import type { LastResponse, Page, RequestOptions } from '../../../scenarios/engine/cast.ts';
import { requireFetchable } from '../browser/forbidden.ts';
import type { Action } from './exchange.ts';
import { clickLink, fetchFrom, loadFrom, type Shown, submitForm } from './tab.ts';

/** What a page uses of the browser in which it is open. */
export interface PageBrowser {
  /** Acts on an empty page of that origin. */
  requestFrom(
    origin: string,
    action: Omit<Action, 'initiator'>,
    act: (tab: Tab) => Promise<Shown | 'loaded'>,
  ): Promise<LastResponse>;
  /** What no page can do: the lab sends the request. */
  sendByLab(
    origin: string,
    request: { method: string; path: string; body: string | undefined; options: RequestOptions },
  ): Promise<LastResponse>;
  readScriptCookies(origin: string): string;
  /** Returns whether the browser accepts it, by the rules. */
  writeScriptCookie(origin: string, text: string): boolean;
}

/** Opens a page of `origin` in Chromium. @param csrfTokens the tokens that pages were given, by their origin and by who gave it */
export function createChromiumPage(browser: PageBrowser, origin: string, csrfTokens: Map<string, string>): Page {
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
    requireFetchable(method, body, options);
    const url = absolute(path);
    const token = method === 'GET' ? undefined : csrfTokens.get(tokenName(url));
    const headers = { ...(token === undefined ? {} : { 'X-CSRF-Token': token }), ...options.headers };
    if (options.cookie !== undefined || options.storeCookies === false) {
      const response = await browser.sendByLab(origin, { method, path, body, options: { ...options, headers } });
      return options.cookie === undefined ? keepToken(response, url) : response;
    }
    const { credentials = 'include', mode = 'cors', patience } = options;
    const noCors = mode === 'no-cors';
    const action = {
      navigation: false,
      credentials,
      ...(noCors && { noCors }),
      note: null,
      ...(patience !== undefined && { patience }),
    };
    const fetched = { method, url, headers, body, credentials, mode };
    return keepToken(await browser.requestFrom(origin, action, (tab) => fetchFrom(tab, fetched)), url);
  }

  const fetchJson = (method: string, path: string, body: unknown, options: RequestOptions = {}) =>
    body === undefined
      ? fetchAs(method, path, undefined, options)
      : fetchAs(method, path, JSON.stringify(body), {
          ...options,
          headers: { 'Content-Type': 'application/json', ...options.headers },
        });

  const load = (as: 'image' | 'style', url: string, how: Pick<Action, 'note' | 'patience'>) =>
    browser.requestFrom(origin, { ...how, navigation: false, loadedAs: as }, (tab) =>
      loadFrom(tab, as, absolute(url)).then(() => 'loaded'),
    );

  return {
    origin,
    get: (path, options) => fetchAs('GET', path, undefined, options),
    post: (path, body, options) => fetchJson('POST', path, body, options),
    delete: (path, body, options) => fetchJson('DELETE', path, body, options),
    send: fetchAs,
    image: (url) => load('image', url, { note: 'an image' }),
    styleSheet: (url, options) => load('style', url, { ...options, note: 'a style sheet' }),
    frame: () => Promise.reject(new Error('A frame is played in the virtual browser only.')),
    async link(url) {
      const action = { navigation: true, note: 'a link' };
      return keepOwnToken(
        await browser.requestFrom(origin, action, (tab) => clickLink(tab, absolute(url))),
        absolute(url),
      );
    },
    async form(url, fields, type = 'application/x-www-form-urlencoded') {
      const form = { url: absolute(url), fields, type };
      const action = { navigation: true, note: 'a form' };
      return keepOwnToken(await browser.requestFrom(origin, action, (tab) => submitForm(tab, form)), form.url);
    },
    readCookies: () => browser.readScriptCookies(origin),
    writeCookie: (text) => browser.writeScriptCookie(origin, text),
  };
}
