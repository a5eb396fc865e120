import type { LastResponse, Page, RequestOptions } from '../../../scenarios/engine/cast.ts';
import type { Recorder } from '../recorder.ts';
import type { Asked, Browser } from './browser.ts';
import { mayRead, preflightAllows, preflightFor } from './cors.ts';

/** What a page's script sees of an answer that the server did not allow it to read: nothing. */
const unreadable: LastResponse = { status: 0, headers: {}, text: '', json: undefined, ms: 0, by: 'blocked by CORS' };

/**
 * A page of `origin`, open in this browser.
 * @param answered told of every answer that the window or the page's script got
 */
export function createPage(
  browser: Browser,
  origin: string,
  recorder: Recorder,
  csrfTokens: Map<string, string>,
  answered: (response: LastResponse) => void,
): Page {
  const here = new URL(origin);

  const ask = async (asked: Asked): Promise<LastResponse> => {
    const response = await browser.request(asked);
    // What a page's script does with the token it is given: keep it, and send it along with what it changes.
    const token = response.json?.csrfToken;
    if (asked.url.origin === origin && typeof token === 'string') csrfTokens.set(origin, token);
    return response;
  };

  async function fetchAs(
    method: string,
    path: string,
    body: Asked['body'],
    options: RequestOptions = {},
  ): Promise<LastResponse> {
    const url = new URL(path, origin);
    const crossOrigin = url.origin !== origin;
    const token = crossOrigin || method === 'GET' ? undefined : csrfTokens.get(origin);
    const headers = { ...(token === undefined ? {} : { 'X-CSRF-Token': token }), ...options.headers };
    const asked: Asked = {
      method,
      url,
      initiator: here,
      navigation: false,
      options: { ...options, headers },
      ...(body && { body }),
    };
    const response = crossOrigin ? await crossOriginFetch(asked) : await ask(asked);
    answered(response);
    return response;
  }

  /** What a form could not send is asked for first, and answers are read with permission only. */
  async function crossOriginFetch(asked: Asked): Promise<LastResponse> {
    const { method, url, body, options = {} } = asked;
    const names = Object.keys(options.headers ?? {});
    const preflight = preflightFor(method, names, body?.type);
    if (preflight !== null) {
      const { patience } = options;
      const permission = await browser.request({
        method: 'OPTIONS',
        url,
        initiator: here,
        navigation: false,
        options: { cookie: '', headers: Object.fromEntries(preflight), ...(patience !== undefined && { patience }) },
        note: 'a preflight: the browser asks whether it may',
      });
      if (!preflightAllows(permission.headers, origin, method, names, body?.type)) return unreadable;
    }
    const response = await ask(asked);
    return mayRead(response.headers, origin) ? response : unreadable;
  }

  const navigate = async (asked: Omit<Asked, 'initiator' | 'navigation'>): Promise<LastResponse> => {
    const response = await ask({ ...asked, initiator: here, navigation: true });
    answered(response);
    return response;
  };

  return {
    origin,
    get: (path, options) => fetchAs('GET', path, undefined, options),
    post: (path, body, options) => fetchAs('POST', path, json(body), options),
    delete: (path, body, options) => fetchAs('DELETE', path, json(body), options),
    send(method, path, body, { headers = {}, ...options } = {}) {
      if (body === undefined) return fetchAs(method, path, undefined, { ...options, headers });
      // Fetch standard, "extract a body": text is text/plain, unless the page says otherwise.
      const own = Object.keys(headers).find((name) => name.toLowerCase() === 'content-type');
      const { [own ?? '']: type = 'text/plain;charset=UTF-8', ...others } = headers;
      return fetchAs(method, path, { type, text: body }, { ...options, headers: others });
    },
    async image(url) {
      const asked: Asked = {
        method: 'GET',
        url: new URL(url, origin),
        initiator: here,
        navigation: false,
        asImage: true,
        note: 'an image',
      };
      const response = await ask(asked);
      answered(response);
      return response;
    },
    link: (url) => navigate({ method: 'GET', url: new URL(url, origin), note: 'a link' }),
    form: (url, fields, type = 'application/x-www-form-urlencoded') =>
      navigate({
        method: 'POST',
        url: new URL(url, origin),
        body: { type, text: type === 'text/plain' ? plain(fields) : new URLSearchParams(fields).toString() },
        note: 'a form',
      }),
    readCookies() {
      const result = browser.jar.readByScript(here);
      recorder.record({ type: 'script', actor: browser.name, origin, wrote: null, result });
      return result;
    },
    writeCookie(text) {
      const { outcome, why } = browser.jar.writeByScript(text, here);
      recorder.record({ type: 'script', actor: browser.name, origin, wrote: text, result: why });
      if (outcome !== 'refused') browser.recordJar({ by: 'script' });
      return outcome !== 'refused';
    },
  };
}

const json = (body: unknown): Asked['body'] =>
  body === undefined ? undefined : { type: 'application/json', text: JSON.stringify(body) };

/** HTML standard, text/plain encoding: nothing is escaped, which is how a form can send what looks like JSON. */
const plain = (fields: Record<string, string>) =>
  Object.entries(fields)
    .map(([name, value]) => `${name}=${value}\r\n`)
    .join('');
