/** Compares the jar with tough-cookie's, which decides by its own code. */
import { CookieJar } from 'tough-cookie';
import { expect, test } from 'vitest';
import { isSameSiteRequest, type RequestContext, usesSafeMethod } from '../requestContext.ts';
import { createJar } from './jar.ts';

/** Set-Cookie headers and the page that sets each. A browser stores all of them. */
const setCookies: [url: string, header: string][] = [];
for (const url of ['https://shop.example/', 'https://blog.shop.example/', 'https://evil.example/']) {
  for (const domain of ['', '; Domain=shop.example']) {
    if (domain && url.includes('evil')) continue;
    for (const path of ['/', '/app', '/app/']) {
      for (const flags of ['', '; Secure', '; HttpOnly']) {
        for (const sameSite of ['', '; SameSite=Lax', '; SameSite=Strict', '; SameSite=None; Secure']) {
          setCookies.push([url, `c${setCookies.length}=1; Path=${path}${domain}${flags}${sameSite}`]);
        }
      }
    }
  }
}

const targets = [
  'https://shop.example/',
  'https://shop.example/app',
  'https://shop.example/app/me?x=1',
  'https://shop.example/application',
  'http://shop.example/app/me',
  'https://shop.example:8443/app/me',
  'https://blog.shop.example/app/me',
  'http://blog.shop.example/',
  'https://evil.example/app/me',
  'https://example/',
  'http://localhost/',
  'http://127.0.0.1/app',
];
const initiators = [
  null,
  'https://shop.example/',
  'http://shop.example/',
  'https://blog.shop.example/',
  'https://evil.example/',
];

const requests: RequestContext[] = targets.flatMap((target) =>
  initiators.flatMap((initiator) =>
    ['GET', 'POST'].flatMap((method) =>
      [true, false].map((navigation) => ({
        url: new URL(target),
        initiator: initiator === null ? null : new URL(initiator),
        method,
        navigation,
      })),
    ),
  ),
);

const jar = createJar();
const toughJar = new CookieJar();
for (const [url, header] of setCookies) {
  jar.receive(header, { url: new URL(url), method: 'GET', initiator: null, navigation: true });
  // tough-cookie sends a cookie without SameSite anywhere; a browser treats it as Lax.
  toughJar.setCookieSync(header.includes('SameSite') ? header : `${header}; SameSite=Lax`, url);
}

/** The strictest SameSite value that is sent with a request, as tough-cookie expects it. */
function sameSiteContext(request: RequestContext): 'strict' | 'lax' | 'none' {
  if (isSameSiteRequest(request)) return 'strict';
  return request.navigation && usesSafeMethod(request) ? 'lax' : 'none';
}

function sentByToughCookie(request: RequestContext): string {
  // tough-cookie throws for a host that is a public suffix.
  if (request.url.hostname === 'example') return '';
  return toughJar.getCookieStringSync(request.url, { sameSiteContext: sameSiteContext(request), sort: true });
}

function titleOf({ method, url, initiator, navigation }: RequestContext): string {
  return `${method} ${url} from ${initiator ?? 'the address bar'}, ${navigation ? 'as a page' : 'in the background'}`;
}

test.each(requests.map((request) => [titleOf(request), request] as const))('%s', (_title, request) => {
  const { header, cookies } = jar.send(request);
  expect(header ?? '').toBe(sentByToughCookie(request));

  // Every cookie has a reason, and the sent cookies are those of the header, in its order.
  expect(cookies).toHaveLength(setCookies.length);
  const sent = cookies.filter((cookie) => cookie.sent);
  expect(cookies.slice(0, sent.length)).toEqual(sent);
  expect(header).toBe(sent.length === 0 ? undefined : sent.map(({ name, value }) => `${name}=${value}`).join('; '));
  for (const { sent, why } of cookies) expect(why.startsWith('host, path and scheme match')).toBe(sent);
});
