import { CookieJar } from 'tough-cookie';
import { expect, test } from 'vitest';
import { createJar, DISAGREEMENT } from './jar.ts';
import type { RequestContext } from './requestContext.ts';

/** Set-Cookie headers as one line each, and the page that answered with it. Every one is stored. */
const COOKIES: [url: string, name: string, attributes: string][] = [];
for (const url of ['https://shop.example/', 'https://blog.shop.example/', 'https://evil.example/']) {
  for (const domain of ['', '; Domain=shop.example']) {
    if (domain && url.includes('evil')) continue;
    for (const path of ['/', '/app', '/app/']) {
      for (const flags of ['', '; Secure', '; HttpOnly']) {
        for (const sameSite of ['', '; SameSite=Lax', '; SameSite=Strict', '; SameSite=None; Secure']) {
          COOKIES.push([url, `c${COOKIES.length}`, `Path=${path}${domain}${flags}${sameSite}`]);
        }
      }
    }
  }
}

const TARGETS = [
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
const INITIATORS = [
  null,
  'https://shop.example/',
  'http://shop.example/',
  'https://blog.shop.example/',
  'https://evil.example/',
];

const REQUESTS: RequestContext[] = TARGETS.flatMap((target) =>
  INITIATORS.flatMap((initiator) =>
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

const FULL = COOKIES.map(([url, name, attributes]) => [`${name}=1; ${attributes}`, visit(url)] as const);

function visit(url: string): RequestContext {
  return { url: new URL(url), method: 'GET', initiator: null, navigation: true };
}

function describeRequest({ method, url, initiator, navigation }: RequestContext): string {
  return `${method} ${url} from ${initiator ?? 'the address bar'}, ${navigation ? 'as a page' : 'in the background'}`;
}

test.each(REQUESTS.map((request) => [describeRequest(request), request] as const))('%s', (_what, request) => {
  const jar = createJar();
  for (const [header, context] of FULL) expect(jar.receive(header, context).outcome).toBe('stored');
  const { header, cookies } = jar.send(request);

  // Every cookie of the jar has its sentence, and the sent ones are those of the header, in its order.
  expect(cookies).toHaveLength(COOKIES.length);
  const sent = cookies.filter((cookie) => cookie.sent);
  expect(cookies.slice(0, sent.length)).toEqual(sent);
  expect(header).toBe(sent.length === 0 ? undefined : sent.map(({ name, value }) => `${name}=${value}`).join('; '));
  for (const { sent, why } of cookies) expect(why.startsWith('host, path and scheme match')).toBe(sent);
  expect(cookies.map((cookie) => cookie.why)).not.toContain(DISAGREEMENT);
});

test('a plain tough-cookie sends the same to a person who types the address', () => {
  // The two differ where tough-cookie is not a browser; for a typed address and plain paths they may not.
  const plain = new CookieJar();
  const jar = createJar();
  for (const [header, context] of FULL) {
    plain.setCookieSync(header, context.url);
    jar.receive(header, context);
  }
  for (const target of TARGETS.filter((url) => url !== 'https://example/')) {
    const ours = jar.send(visit(target)).header ?? '';
    expect(ours, target).toBe(plain.getCookieStringSync(target, { sort: true }));
  }
});
