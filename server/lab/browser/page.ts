import type { LastResponse, Page, RequestOptions } from '../../../scenarios/engine/cast.ts';
import type { Recorder } from '../recorder.ts';
import type { Browser } from './browser.ts';
import type { BrowserRequest } from './exchange.ts';
import { addressOn, requireFetchable, requirePatience } from './forbidden.ts';

/**
 * Opens a page of `origin` in this browser.
 * @param csrfTokens the tokens that pages were given, by their origin and by who gave it
 * @param onResponse called with every response that the window or the page's script receives
 */
export function createPage(
  browser: Browser,
  origin: string,
  recorder: Recorder,
  csrfTokens: Map<string, string>,
  onResponse: (response: LastResponse) => void,
): Page {
  /** The page as its requests name it. */
  const page = () => {
    const { url, referrerPolicy } = browser.documentAt(origin);
    return { initiator: url, ...(referrerPolicy && { referrerPolicy }) };
  };

  async function send(request: BrowserRequest): Promise<LastResponse> {
    const response = await browser.request(request);
    // After a navigation to another origin, it is another page that has the token. No script can read an image or a style sheet.
    const byScript = !request.navigation && !request.loadedAs;
    if (byScript || request.url.origin === origin) keepToken(response, request.url);
    return response;
  }

  /** The page's script keeps the token it receives, and sends it with every change to where it came from. */
  function keepToken({ json }: LastResponse, from: URL): void {
    if (typeof json?.csrfToken === 'string') csrfTokens.set(tokenName(from), json.csrfToken);
  }
  const tokenName = (to: URL) => `${origin} at ${to.origin}`;

  async function fetchFrom(
    written: string,
    path: string,
    body: BrowserRequest['body'],
    { credentials = 'include', mode, ...options }: RequestOptions = {},
  ): Promise<LastResponse> {
    const method = normalized(written);
    requireFetchable(method, body, { credentials, ...(mode && { mode }), ...options });
    const url = addressOn(origin, path);
    const token = method === 'GET' ? undefined : csrfTokens.get(tokenName(url));
    const headers = { ...(token === undefined ? {} : { 'X-CSRF-Token': token }), ...options.headers };
    const how = { navigation: false, credentials, ...(mode === 'no-cors' && { noCors: true }) };
    const request = { ...page(), method, url, ...how, options: { ...options, headers }, body };
    const response = await send(request);
    onResponse(response);
    return response;
  }

  async function load(request: Omit<BrowserRequest, 'initiator'>): Promise<LastResponse> {
    const response = await send({ ...request, ...page() });
    onResponse(response);
    return response;
  }

  return {
    origin,
    get: (path, options) => fetchFrom('GET', path, undefined, options),
    post: (path, body, options) => fetchFrom('POST', path, jsonBody(body), options),
    delete: (path, body, options) => fetchFrom('DELETE', path, jsonBody(body), options),
    send(method, path, body, { headers = {}, ...options } = {}) {
      if (body === undefined) return fetchFrom(method, path, undefined, { ...options, headers });
      // Fetch standard, "extract a body": text is text/plain unless the page sets a Content-Type.
      const own = Object.keys(headers).find((name) => name.toLowerCase() === 'content-type');
      const { [own ?? '']: type = 'text/plain;charset=UTF-8', ...others } = headers;
      return fetchFrom(method, path, { type, text: body }, { ...options, headers: others });
    },
    image: (url) =>
      load({ method: 'GET', url: addressOn(origin, url), navigation: false, loadedAs: 'image', note: 'an image' }),
    styleSheet(url, options = {}) {
      requirePatience(options);
      return load({
        ...{ method: 'GET', url: addressOn(origin, url), navigation: false },
        ...{ loadedAs: 'style', options, note: 'a style sheet' },
      });
    },
    frame(url, fields) {
      const framed = { url: addressOn(origin, url), navigation: true, inFrame: true };
      if (fields === undefined) return load({ ...framed, method: 'GET', note: 'a frame' });
      const body = { type: 'application/x-www-form-urlencoded', text: new URLSearchParams(fields).toString() };
      return load({ ...framed, method: 'POST', body, note: 'a form into a frame' });
    },
    link: (url) =>
      load({ method: 'GET', url: addressOn(origin, url), navigation: true, clicked: true, note: 'a link' }),
    form(url, fields, type = 'application/x-www-form-urlencoded') {
      const text = type === 'text/plain' ? plainText(fields) : new URLSearchParams(fields).toString();
      const body = { type, text };
      return load({ method: 'POST', url: addressOn(origin, url), navigation: true, body, note: 'a form' });
    },
    readCookies() {
      const result = browser.jar.readByScript(page().initiator);
      recorder.record({ type: 'script', actor: browser.name, origin, wrote: null, result });
      return result;
    },
    writeCookie(text) {
      const { outcome, why } = browser.jar.writeByScript(text, page().initiator);
      recorder.record({ type: 'script', actor: browser.name, origin, wrote: text, result: why });
      if (outcome !== 'refused') browser.recordJar({ by: 'script' });
      return outcome !== 'refused';
    },
  };
}

/** Fetch standard, "normalize a method": servers tell "patch" from "PATCH", and no page can send "post". */
function normalized(method: string): string {
  const upper = method.toUpperCase();
  return ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'POST', 'PUT'].includes(upper) ? upper : method;
}

const jsonBody = (body: unknown): BrowserRequest['body'] =>
  body === undefined ? undefined : { type: 'application/json', text: JSON.stringify(body) };

/** HTML standard, text/plain encoding: nothing is escaped, so a form can send something that looks like JSON. */
const plainText = (fields: Record<string, string>) =>
  Object.entries(fields)
    .map(([name, value]) => `${name}=${value}\r\n`)
    .join('');
