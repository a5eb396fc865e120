import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type BrowserJar, createJar } from './jar.ts';
import type { RequestContext } from './requestContext.ts';

const SHOP = 'https://shop.example/';
const BLOG = 'https://blog.shop.example/';
const NOW = Date.UTC(2030, 0, 1);
const HOUR = 3_600_000;

// Only the clock stands still; the jar keeps no timers.
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

describe('what a server is told', () => {
  test.each<[answer: string, outcome: string, why: string]>([
    ['sid=1', 'stored', 'stored for exactly shop.example, until the browser is closed'],
    ['sid=1; Max-Age=1800', 'stored', 'stored for exactly shop.example, for 30 min'],
    ['sid=1; Path=/app; Max-Age=60', 'stored', 'stored for exactly shop.example, path /app, for 60 s'],
    ['sid=1; Domain=shop.example', 'stored', 'stored for shop.example and its subdomains, until the browser is closed'],
    [
      'sid=1; Max-Age=99999999',
      'stored',
      'stored for exactly shop.example, for 400 days, the longest a browser keeps any',
    ],
    ['old=2', 'stored', 'replaces the one for exactly shop.example, until the browser is closed'],
    ['old=; Max-Age=0', 'removed', 'its expiry is in the past: the one for exactly shop.example is gone'],
    [
      'old=; Expires=Thu, 01 Jan 1970 00:00:00 GMT',
      'removed',
      'its expiry is in the past: the one for exactly shop.example is gone',
    ],
    [
      'old=; Path=/app; Max-Age=0',
      'refused',
      'its expiry is in the past and there is none for exactly shop.example, path /app to remove; the old for exactly shop.example stays',
    ],
    ['sid=; Max-Age=0', 'refused', 'its expiry is in the past and there is none for exactly shop.example to remove'],
    ['sid=1; SameSite=None', 'refused', 'SameSite=None without Secure is refused'],
  ])('%j', (header, outcome, why) => {
    const jar = jarWith('old=1');
    const received = jar.receive(header, visit(SHOP));
    expect(received).toEqual({ header, name: header.split('=')[0], outcome, why });
    const names = jar.list().map((cookie) => cookie.name);
    expect(names.includes(received.name)).toBe(outcome === 'stored' || header.includes('Path=/app; Max-Age=0'));
  });
});

describe('which cookie a cookie is', () => {
  test('one that is set again as it was keeps its turn', () => {
    const jar = jarWith('a=1', 'b=1');
    vi.setSystemTime(NOW + HOUR);
    jar.receive('a=1; Max-Age=60', visit(SHOP));
    expect(headerTo(jar, SHOP)).toBe('a=1; b=1');
    expect(jar.list()[0]).toMatchObject({ createdAt: NOW });
  });

  test('a new value has a new turn', () => {
    const jar = jarWith('a=1', 'b=1');
    vi.setSystemTime(NOW + HOUR);
    jar.receive('a=2', visit(SHOP));
    expect(headerTo(jar, SHOP)).toBe('b=1; a=2');
    expect(jar.list()[0]).toMatchObject({ value: '2', createdAt: NOW + HOUR });
  });

  test('one that came back after it expired has a new turn', () => {
    const jar = jarWith('a=1; Max-Age=60', 'b=1');
    vi.setSystemTime(NOW + HOUR);
    jar.receive('a=2', visit(SHOP));
    expect(headerTo(jar, SHOP)).toBe('b=1; a=2');
  });

  test('a longer path goes first, then the older one', () => {
    const jar = jarWith('sid=root', 'other=1', 'sid=app; Path=/app');
    expect(headerTo(jar, `${SHOP}app`)).toBe('sid=app; sid=root; other=1');
  });

  test("a sibling's cookie for the whole domain stands beside the host's own, and behind it when it is younger", () => {
    const jar = jarWith('sid=own');
    jar.receive('sid=tossed; Domain=shop.example', visit(BLOG));
    expect(headerTo(jar, SHOP)).toBe('sid=own; sid=tossed');
    expect(headerTo(jar, BLOG)).toBe('sid=tossed');
  });

  test('a cookie for the whole domain is not removed by one for the host', () => {
    const jar = jarWith('sid=1; Domain=shop.example', 'sid=; Max-Age=0');
    expect(headerTo(jar, SHOP)).toBe('sid=1');
  });

  test('cookies without a name or a value are sent as they are', () => {
    expect(headerTo(jarWith('bare', 'empty='), SHOP)).toBe('bare; empty=');
  });
});

describe('time', () => {
  test('age makes everything older: what had less to live is gone, the rest has less left', () => {
    const jar = jarWith('short=1; Max-Age=60', 'long=1; Max-Age=7200', 'open=1');
    jar.age(HOUR);
    expect(jar.list().map(({ name, expiresAt, createdAt }) => [name, expiresAt, createdAt])).toEqual([
      ['long', NOW + HOUR, NOW - HOUR],
      ['open', null, NOW - HOUR],
    ]);
  });

  test('an expired cookie is named once, then forgotten', () => {
    const jar = jarWith('sid=1; Max-Age=60');
    jar.age(60_000);
    expect(jar.send(visit(SHOP))).toEqual({
      header: undefined,
      cookies: [{ name: 'sid', value: '1', sent: false, why: 'it expired' }],
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

  test('the two minutes of a cookie without SameSite pass as well', () => {
    const jar = createJar({ laxAllowingUnsafe: true });
    jar.receive('sid=1', visit(SHOP));
    // <form method="post" action="https://shop.example/"> on evil.example
    const form = { url: new URL(SHOP), method: 'POST', initiator: new URL('https://evil.example'), navigation: true };
    expect(jar.send(form).header).toBe('sid=1');
    jar.age(120_001);
    expect(jar.send(form).header).toBeUndefined();
  });

  test('closing the browser drops what has no expiry', () => {
    const jar = jarWith('open=1', 'long=1; Max-Age=7200');
    jar.closeBrowser();
    expect(headerTo(jar, SHOP)).toBe('long=1');
  });
});

describe('scripts', () => {
  test('a script reads what is not HttpOnly, and what it wrote', () => {
    const jar = jarWith('sid=1; HttpOnly', 'theme=dark');
    expect(jar.writeByScript('cart=hat', new URL(SHOP))).toMatchObject({ outcome: 'stored' });
    expect(jar.readByScript(new URL(SHOP))).toBe('theme=dark; cart=hat');
    expect(headerTo(jar, SHOP)).toBe('sid=1; theme=dark; cart=hat');
  });

  test.each([
    'sid=2',
    'sid=; Max-Age=0',
    'x=1; HttpOnly',
    '__Http-x=1; Secure; HttpOnly',
  ])('%j by a script is refused', (text) => {
    const jar = jarWith('sid=1; HttpOnly');
    expect(jar.writeByScript(text, new URL(SHOP)).outcome).toBe('refused');
    expect(headerTo(jar, SHOP)).toBe('sid=1');
  });

  test('a script reads back the text it wrote, the server gets its UTF-8 octets', () => {
    const jar = createJar();
    jar.writeByScript('name=Zoë', new URL(SHOP));
    expect(jar.readByScript(new URL(SHOP))).toBe('name=Zoë');
    expect(headerTo(jar, SHOP)).toBe('name=Zo\xc3\xab');
  });

  test('one value that is not UTF-8 hides them all from scripts, not from the server', () => {
    const jar = jarWith('theme=dark', 'name=Zo\xeb');
    expect(jar.readByScript(new URL(SHOP))).toBe('');
    expect(headerTo(jar, SHOP)).toBe('theme=dark; name=Zo\xeb');
    jar.receive('name=Zo\xeb; HttpOnly', visit(SHOP));
    expect(jar.readByScript(new URL(SHOP))).toBe('theme=dark');
  });
});

describe('by hand', () => {
  test('a planted cookie takes the place of its own kind and is sent like any other', () => {
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
  ])('the name %j with the value %j cannot be put in', (name, value) => {
    const jar = jarWith('sid=1');
    expect(() => jar.put({ ...jar.list()[0]!, name, value })).toThrow(TypeError);
    expect(headerTo(jar, SHOP)).toBe('sid=1');
  });

  test('removing takes both kinds, or the one that is named', () => {
    const both = ['sid=1', 'sid=2; Domain=shop.example'];
    const sid = { name: 'sid', domain: 'shop.example', path: '/' };
    const jar = jarWith(...both);
    expect([jar.remove(sid), jar.remove(sid), jar.list()]).toEqual([true, false, []]);
    const other = jarWith(...both);
    expect(other.remove({ ...sid, hostOnly: true })).toBe(true);
    expect(headerTo(other, SHOP)).toBe('sid=2');
  });

  test('a listed cookie is a copy', () => {
    const jar = jarWith('sid=1');
    jar.list()[0]!.value = '2';
    expect(headerTo(jar, SHOP)).toBe('sid=1');
  });
});
