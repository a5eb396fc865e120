import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { RequestContext } from '../requestContext.ts';
import { type BrowserJar, createJar } from './jar.ts';

const SHOP = 'https://shop.example/';
const BLOG = 'https://blog.shop.example/';
const NOW = Date.UTC(2030, 0, 1);
const HOUR = 3_600_000;

// Only the clock is faked: the jar has no timers.
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: NOW }));
afterEach(() => void vi.useRealTimers());

function visit(url: string): RequestContext {
  return { url: new URL(url), method: 'GET', initiator: null, navigation: true };
}

/** What the server at `url` reads as req.headers.cookie. */
function headerTo(jar: BrowserJar, url: string): string | undefined {
  return jar.send(visit(url)).header;
}

function jarWith(...setCookies: string[]): BrowserJar {
  const jar = createJar();
  for (const header of setCookies) jar.receive(header, visit(SHOP));
  return jar;
}

describe('the outcome of a Set-Cookie header', () => {
  test.each<[answer: string, outcome: string, why: string]>([
    ['sid=1', 'stored', 'for exactly shop.example; expires when the browser is closed'],
    ['sid=1; Max-Age=1800', 'stored', 'for exactly shop.example; expires in 30 min'],
    ['sid=1; Path=/app; Max-Age=60', 'stored', 'for exactly shop.example, path /app; expires in 60 s'],
    ['sid=1; Domain=shop.example', 'stored', 'for shop.example and its subdomains; expires when the browser is closed'],
    ['sid=1; Max-Age=99999999', 'stored', 'for exactly shop.example; expires in 400 days, the most a browser allows'],
    ['old=2', 'stored', 'replaces the one for exactly shop.example; expires when the browser is closed'],
    ['old=; Max-Age=0', 'removed', 'its expiry is in the past, which deletes the one for exactly shop.example'],
    [
      'old=; Expires=Thu, 01 Jan 1970 00:00:00 GMT',
      'removed',
      'its expiry is in the past, which deletes the one for exactly shop.example',
    ],
    [
      'old=; Path=/app; Max-Age=0',
      'refused',
      'its expiry is in the past, and there is none for exactly shop.example, path /app to delete; the old for exactly shop.example stays',
    ],
    ['sid=; Max-Age=0', 'refused', 'its expiry is in the past, and there is none for exactly shop.example to delete'],
    ['sid=1; SameSite=None', 'refused', 'SameSite=None requires Secure'],
  ])('%j', (header, outcome, why) => {
    const jar = jarWith('old=1');
    const received = jar.receive(header, visit(SHOP));
    expect(received).toEqual({ header, name: header.split('=')[0], outcome, why });
    const names = jar.list().map((cookie) => cookie.name);
    expect(names.includes(received.name)).toBe(outcome === 'stored' || header.includes('Path=/app; Max-Age=0'));
  });
});

describe('identity and order', () => {
  test('a cookie set again with the same value keeps its place', () => {
    const jar = jarWith('a=1', 'b=1');
    vi.setSystemTime(NOW + HOUR);
    jar.receive('a=1; Max-Age=60', visit(SHOP));
    expect(headerTo(jar, SHOP)).toBe('a=1; b=1');
    expect(jar.list()[0]).toMatchObject({ createdAt: NOW });
  });

  test('a cookie with a new value moves to the end', () => {
    const jar = jarWith('a=1', 'b=1');
    vi.setSystemTime(NOW + HOUR);
    jar.receive('a=2', visit(SHOP));
    expect(headerTo(jar, SHOP)).toBe('b=1; a=2');
    expect(jar.list()[0]).toMatchObject({ value: '2', createdAt: NOW + HOUR });
  });

  test('cookies of the same millisecond are sent in the order of their values, and listed in the order of their names', () => {
    const jar = jarWith('a=1', 'b=1', 'a=2');
    expect(headerTo(jar, SHOP)).toBe('b=1; a=2');
    expect(jar.list().map(({ name }) => name)).toEqual(['a', 'b']);
  });

  test('a cookie set again after it expired moves to the end', () => {
    const jar = jarWith('a=1; Max-Age=60', 'b=1');
    vi.setSystemTime(NOW + HOUR);
    jar.receive('a=2', visit(SHOP));
    expect(headerTo(jar, SHOP)).toBe('b=1; a=2');
  });

  test('longer paths are sent first, then older cookies', () => {
    const jar = jarWith('sid=root', 'other=1', 'sid=app; Path=/app');
    expect(headerTo(jar, `${SHOP}app`)).toBe('sid=app; sid=root; other=1');
  });

  test("a sibling's cookie for the whole domain is kept beside the host's own, and sent after it if it is newer", () => {
    const jar = jarWith('sid=own');
    jar.receive('sid=tossed; Domain=shop.example', visit(BLOG));
    expect(headerTo(jar, SHOP)).toBe('sid=own; sid=tossed');
    expect(headerTo(jar, BLOG)).toBe('sid=tossed');
  });

  test('a cookie for the host does not delete one for the whole domain', () => {
    const jar = jarWith('sid=1; Domain=shop.example', 'sid=; Max-Age=0');
    expect(headerTo(jar, SHOP)).toBe('sid=1');
  });

  test('cookies without a name or a value are sent as they are', () => {
    expect(headerTo(jarWith('bare', 'empty='), SHOP)).toBe('bare; empty=');
  });
});

describe('time', () => {
  test('age makes every cookie older and expires the ones that had less time left', () => {
    const jar = jarWith('short=1; Max-Age=60', 'long=1; Max-Age=7200', 'open=1');
    jar.age(HOUR);
    expect(jar.list().map(({ name, expiresAt, createdAt }) => [name, expiresAt, createdAt])).toEqual([
      ['long', NOW + HOUR, NOW - HOUR],
      ['open', null, NOW - HOUR],
    ]);
  });

  test('an expired cookie is reported once, then forgotten', () => {
    const jar = jarWith('sid=1; Max-Age=60');
    jar.age(60_000);
    expect(jar.send(visit(SHOP))).toEqual({
      header: undefined,
      cookies: [{ name: 'sid', value: '1', sent: false, why: 'it has expired' }],
    });
    expect(jar.send(visit(SHOP)).cookies).toEqual([]);
  });

  test('aging and waiting give the same header', () => {
    const [aged, waited] = [
      jarWith('a=1; Max-Age=60', 'b=1; Max-Age=61'),
      jarWith('a=1; Max-Age=60', 'b=1; Max-Age=61'),
    ];
    aged.age(60_000);
    expect(headerTo(aged, SHOP)).toBe('b=1');
    vi.setSystemTime(NOW + 60_000);
    expect(headerTo(waited, SHOP)).toBe('b=1');
  });

  test('the two minutes of a cookie without SameSite pass with age', () => {
    const jar = createJar({ laxAllowingUnsafe: true });
    jar.receive('sid=1', visit(SHOP));
    // <form method="post" action="https://shop.example/"> on evil.example
    const form = { url: new URL(SHOP), method: 'POST', initiator: new URL('https://evil.example'), navigation: true };
    expect(jar.send(form).header).toBe('sid=1');
    jar.age(120_001);
    expect(jar.send(form).header).toBeUndefined();
  });

  test('closing the browser deletes cookies without an expiry', () => {
    const jar = jarWith('open=1', 'long=1; Max-Age=7200');
    jar.closeBrowser();
    expect(headerTo(jar, SHOP)).toBe('long=1');
  });
});

describe('scripts', () => {
  test('a script reads cookies without HttpOnly, including its own', () => {
    const jar = jarWith('sid=1; HttpOnly', 'theme=dark');
    expect(jar.writeByScript('cart=hat', new URL(SHOP))).toMatchObject({ outcome: 'stored' });
    expect(jar.readByScript(new URL(SHOP))).toBe('theme=dark; cart=hat');
    expect(headerTo(jar, SHOP)).toBe('sid=1; theme=dark; cart=hat');
  });

  test.each(['sid=2', 'sid=; Max-Age=0', 'x=1; HttpOnly', '__Http-x=1; Secure; HttpOnly'])(
    'a script cannot write %j',
    (text) => {
      const jar = jarWith('sid=1; HttpOnly');
      expect(jar.writeByScript(text, new URL(SHOP)).outcome).toBe('refused');
      expect(headerTo(jar, SHOP)).toBe('sid=1');
    },
  );

  test('a script reads the text it wrote, and the server receives it as UTF-8', () => {
    const jar = createJar();
    jar.writeByScript('name=Zoë', new URL(SHOP));
    expect(jar.readByScript(new URL(SHOP))).toBe('name=Zoë');
    expect(headerTo(jar, SHOP)).toBe('name=Zo\xc3\xab');
  });

  test('one value that is not UTF-8 hides all cookies from scripts, not from the server', () => {
    const jar = jarWith('theme=dark', 'name=Zo\xeb');
    expect(jar.readByScript(new URL(SHOP))).toBe('');
    expect(headerTo(jar, SHOP)).toBe('theme=dark; name=Zo\xeb');
    jar.receive('name=Zo\xeb; HttpOnly', visit(SHOP));
    expect(jar.readByScript(new URL(SHOP))).toBe('theme=dark');
  });
});

// What is dropped, and which partition a request has: testing/chromium/vectors and visits.
describe('reasons', () => {
  test('a site with more than 180 cookies loses those used the longest ago, and the 181st says so', () => {
    const jar = jarWith(...Array.from({ length: 180 }, (_, index) => `c${index}=1`));
    vi.setSystemTime(NOW + 61_000);
    jar.receive('c0=1', visit(SHOP));
    const { why } = jar.receive('last=1', visit(SHOP));
    expect(why).toMatch(/; the site then had more than 180, so the browser dropped 31$/);
    const names = jar.list().map(({ name }) => name);
    expect(names).toHaveLength(150);
    expect(names).toEqual(expect.arrayContaining(['c0', 'c32', 'last']));
    expect(names).not.toContain('c31');
  });

  test('a Partitioned cookie is kept from the pages of another site', () => {
    const jar = jarWith('sid=1; Secure; SameSite=None; Partitioned');
    // fetch('https://shop.example/', { credentials: 'include' }) on evil.example
    const fetched = { ...visit(SHOP), initiator: new URL('https://evil.example'), navigation: false };
    expect(jar.send(fetched).cookies).toMatchObject([
      {
        sent: false,
        why: 'it is Partitioned, for pages of https://shop.example, and this is for one of https://evil.example',
      },
    ]);
    jar.receive('sid=2; Secure; SameSite=None; Partitioned', fetched);
    expect(jar.send(fetched).header).toBe('sid=2');
    expect(headerTo(jar, SHOP)).toBe('sid=1');
  });

  test('Expires is read by the clock of the server', () => {
    const jar = createJar();
    const hourLater = new Date(NOW + HOUR).toUTCString();
    jar.receive('sid=1; Expires=Tue, 01 Jan 2030 02:00:00 GMT', visit(SHOP), hourLater);
    expect(jar.list()[0]).toMatchObject({ expiresAt: NOW + HOUR });
  });
});

describe('put and remove', () => {
  test('a planted cookie replaces the cookie with the same identity and is sent like any other', () => {
    const mallory = jarWith('sid=hers; HttpOnly; Max-Age=7200');
    const alice = jarWith('sid=mine', 'theme=dark');
    const [planted] = mallory.list();
    alice.put(planted!);
    expect(alice.list()).toHaveLength(2);
    expect(headerTo(alice, SHOP)).toBe('theme=dark; sid=hers');
    expect(mallory.list()).toEqual([planted]);
  });

  test.each([
    ['', ''],
    ['a=b', '1'],
    ['a;b', '1'],
    ['a\n', '1'],
    ['sid', '1; b=2'],
    ['sid', '1\r\nHost: evil.example'],
    ['sid', '\u2603'],
  ])('put refuses the name %j with the value %j', (name, value) => {
    const jar = jarWith('sid=1');
    expect(() => jar.put({ ...jar.list()[0]!, name, value })).toThrow(TypeError);
    expect(headerTo(jar, SHOP)).toBe('sid=1');
  });

  test('remove deletes both kinds of cookie, or only the kind that is given', () => {
    const both = ['sid=1', 'sid=2; Domain=shop.example'];
    const sid = { name: 'sid', domain: 'shop.example', path: '/' };
    const jar = jarWith(...both);
    expect([jar.remove(sid), jar.remove(sid), jar.list()]).toEqual([true, false, []]);
    const other = jarWith(...both);
    expect(other.remove({ ...sid, hostOnly: true })).toBe(true);
    expect(headerTo(other, SHOP)).toBe('sid=2');
  });

  test('list returns copies', () => {
    const jar = jarWith('sid=1');
    jar.list()[0]!.value = '2';
    expect(headerTo(jar, SHOP)).toBe('sid=1');
  });
});
