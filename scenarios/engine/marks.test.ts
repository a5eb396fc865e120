import { describe, expect, test } from 'vitest';
import {
  cookie,
  header,
  jar,
  keyRemoved,
  keySet,
  recorded,
  type Sketch,
  stepEnded,
  stepStarted,
  text,
  traceOf,
} from '../../testing/trace.ts';
import { foldAll } from './fold.ts';
import { read } from './read.ts';
import type { JarCookie } from './trace.ts';

const [first, second] = [stepStarted(0), stepStarted(1)];

describe('a key', () => {
  /** What stands in the panel: name, value, value before, mark. */
  const keys = (...events: Sketch[]) =>
    read(traceOf(...events)).keys.map(({ name, value, before, mark }) => [name, value?.data, before?.data, mark]);

  const refreshed = { ...keySet('sess:a', '1'), change: 'ttl', expiresAt: 5000 } as const;

  test('that got its value and its time to live in one step is there because of its value', () => {
    const [key] = read(traceOf(first, keySet('sess:a', '1'), refreshed)).keys;
    expect(key).toMatchObject({ mark: 'added', change: 'set', expiresAt: 5000 });
    const [renewed] = read(traceOf(first, keySet('sess:a', '1'), second, refreshed)).keys;
    expect(renewed).toMatchObject({ mark: 'changed', change: 'ttl' });
  });

  test('that no step changes stays the same object, so that its row is not drawn again', () => {
    const trace = traceOf(first, keySet('sess:a', '1'), second, stepEnded(1), stepStarted(2));
    const before = read(trace, 4);
    const [known] = before.keys;
    expect(known).toMatchObject({ mark: null });
    expect(foldAll(before, trace.events.slice(4)).keys[0]).toBe(known);
  });

  test.each<[what: string, events: Sketch[], shown: unknown[]]>([
    ['set for the first time is added', [first, keySet('k', '1')], [['k', '1', undefined, 'added']]],
    ['before the first step is added', [keySet('k', '1')], [['k', '1', undefined, 'added']]],
    [
      'set twice in a step is still added',
      [first, keySet('k', '1'), keySet('k', '2')],
      [['k', '2', undefined, 'added']],
    ],
    ['is not marked in the next step', [first, keySet('k', '1'), second], [['k', '1', '1', null]]],
    ['keeps its mark while no step starts', [first, keySet('k', '1'), stepEnded(0)], [['k', '1', undefined, 'added']]],
    ['set again is changed', [first, keySet('k', '1'), second, keySet('k', '2')], [['k', '2', '1', 'changed']]],
    [
      'changed twice remembers what it was when the step started',
      [first, keySet('k', '1'), second, keySet('k', '2'), keySet('k', '3')],
      [['k', '3', '1', 'changed']],
    ],
    [
      'is changed by a new time to live',
      [first, keySet('sess:a', '1'), second, refreshed],
      [['sess:a', '1', '1', 'changed']],
    ],
    [
      'deleted stays, with its last value, removed',
      [first, keySet('k', '1'), second, keyRemoved('k', 'deleted')],
      [['k', '1', '1', 'removed']],
    ],
    ['deleted is away when the next step starts', [first, keySet('k', '1'), keyRemoved('k', 'deleted'), second], []],
    [
      'made and deleted in one step is seen, removed',
      [first, keySet('k', '1'), keyRemoved('k', 'deleted')],
      [['k', '1', undefined, 'removed']],
    ],
    [
      'deleted and set again is changed',
      [first, keySet('k', '1'), second, keyRemoved('k', 'deleted'), keySet('k', '2')],
      [['k', '2', '1', 'changed']],
    ],
    [
      'made, deleted and made again in one step is added',
      [first, keySet('k', '1'), keyRemoved('k', 'deleted'), keySet('k', '2')],
      [['k', '2', undefined, 'added']],
    ],
    ['that nobody knew leaves nothing behind', [first, keyRemoved('k', 'deleted')], []],
    [
      'stands in the order of names',
      [first, keySet('b', '1'), keySet('a', '2'), keySet('c', '3')],
      [
        ['a', '2', undefined, 'added'],
        ['b', '1', undefined, 'added'],
        ['c', '3', undefined, 'added'],
      ],
    ],
  ])('%s', (_, events, shown) => {
    expect(keys(...events)).toEqual(shown);
  });

  test.each(['deleted', 'expired'] as const)(
    'that is no longer there shows that it was %s, when and by whom',
    (change) => {
      const { keys } = read(traceOf(keySet('k', '1'), { ...keyRemoved('k', change, { by: 'time' }), at: 77 }));
      expect(keys).toEqual([
        expect.objectContaining({ change, cause: { by: 'time' }, changedAt: 77, expiresAt: null }),
      ]);
    },
  );

  test('has its full name and its name without the namespace', () => {
    const [key] = read(traceOf(keySet('sess:a', '1'))).keys;
    expect([key?.key, key?.name]).toEqual([`${header.namespace}sess:a`, 'sess:a']);
  });

  test('can hold any type of value', () => {
    const value = { type: 'hash', data: { a: '1' } } as const;
    const { keys } = read(traceOf(keySet('k', '1'), { ...keySet('k', ''), value }));
    expect(keys[0]).toMatchObject({ value, before: null });
    expect(read(traceOf(keySet('k', '1'))).keys[0]).toMatchObject({ value: text('1') });
  });
});

describe('a cookie', () => {
  /** What stands in the panel: value, value before, mark. */
  const cookies = (...events: Sketch[]) =>
    read(traceOf(...events)).actors[0]!.cookies.map(({ cookie, before, mark }) => [cookie.value, before?.value, mark]);

  const has = (...values: string[]) => jar('alice', ...values.map((value) => cookie({ value })));

  test.each<[what: string, events: Sketch[], shown: unknown[]]>([
    ['that is new is added', [first, has('1')], [['1', undefined, 'added']]],
    ['that is new twice is still added', [first, has('1'), has('2')], [['2', undefined, 'added']]],
    ['is not marked in the next step', [first, has('1'), second], [['1', '1', null]]],
    ['that is the same as before is not marked', [first, has('1'), second, has('1')], [['1', '1', null]]],
    ['with another value is changed', [first, has('1'), second, has('2')], [['2', '1', 'changed']]],
    ['changed back is not marked', [first, has('1'), second, has('2'), has('1')], [['1', '1', null]]],
    ['that went away stays, removed', [first, has('1'), second, has()], [['1', '1', 'removed']]],
    ['that went away stays over further changes', [first, has('1'), second, has(), has()], [['1', '1', 'removed']]],
    ['that went away and came back is what it was', [first, has('1'), second, has(), has('1')], [['1', '1', null]]],
    ['that went away is away when the next step starts', [first, has('1'), has(), second], []],
  ])('%s', (_, events, shown) => {
    expect(cookies(...events)).toEqual(shown);
  });

  const was = cookie();
  test.each<[what: string, now: Partial<typeof was>]>([
    ['another name', { name: 'other' }],
    ['another domain', { domain: 'blog.shop.example' }],
    ['another path', { path: '/app' }],
    // RFC 6265bis section 5.7 step 23; a jar can hold both.
    ['the same domain, but for its subdomains too', { hostOnly: false }],
  ])('with another %s is another cookie', (_, now) => {
    const events = [first, jar('alice', was), second];
    const beside = read(traceOf(...events, jar('alice', was, cookie(now)))).actors[0]!.cookies;
    expect(beside.map(({ mark }) => mark)).toEqual([null, 'added']);
    const instead = read(traceOf(...events, jar('alice', cookie(now)))).actors[0]!.cookies;
    expect(instead.map(({ mark }) => mark)).toEqual(['added', 'removed']);
  });

  test.each<[what: string, now: Partial<typeof was>, mark: string | null]>([
    ['value', { value: 'w' }, 'changed'],
    ['SameSite', { sameSite: null }, 'changed'],
    ['Secure', { secure: false }, 'changed'],
    ['HttpOnly', { httpOnly: false }, 'changed'],
    ['a later expiry', { expiresAt: 2000 }, 'changed'],
    ['no expiry', { expiresAt: null }, 'changed'],
    // The jar's clock and the sandbox's are read a moment apart, each time the jar is written down.
    ['an expiry that moved by the fraction of a millisecond', { expiresAt: 1000.7 }, null],
  ])('with another %s is the same cookie, marked as %s', (_, now, mark) => {
    const events = [first, jar('alice', was), second, jar('alice', cookie(now))];
    const { cookies } = read(traceOf(...events)).actors[0]!;
    expect(cookies).toEqual([{ cookie: recorded(now), before: recorded(), mark }]);
  });

  /** A response that sets the cookie again, and the jar after it. */
  const setAgain = (header: string, now: JarCookie): Sketch[] => [
    {
      type: 'request',
      id: 1,
      actor: 'alice',
      method: 'GET',
      url: 'https://shop.example/me',
      headers: [],
      forwarded: [],
      body: null,
      note: null,
      cookies: [],
    },
    {
      type: 'response',
      request: 1,
      status: 200,
      statusText: 'OK',
      headers: [],
      body: '',
      ms: 1,
      by: 'app',
      cookies: [{ header, name: 'sid', outcome: 'stored', why: '' }],
    },
    { ...jar('alice', now), cause: { by: 'response', request: 1 } },
  ];

  test.each<[what: string, now: Partial<typeof was>, header: string, mark: string | null]>([
    // An HTTP date has whole seconds, so the expiry is the same.
    ['in the same second is renewed', {}, 'sid=v; Path=/', 'changed'],
    ['a second later is renewed', { expiresAt: 2000 }, 'sid=v; Path=/', 'changed'],
    ['beside one of another path is not', {}, 'sid=v; Path=/app', null],
    ['without an expiry is not', { expiresAt: null }, 'sid=v; Path=/', null],
  ])('set again %s', (_, now, header, mark) => {
    const before = now.expiresAt === null ? cookie(now) : was;
    const events = [first, jar('alice', before), second, ...setAgain(header, cookie(now))];
    expect(cookies(...events)).toEqual([['v', 'v', mark]]);
    expect(cookies(...events, jar('alice', cookie(now)))).toEqual([['v', 'v', mark]]);
  });

  test('belongs to one actor only', () => {
    const { actors } = read(
      traceOf(jar('alice', cookie()), jar('mallory', cookie({ value: 'w' })), jar('nobody', cookie())),
    );
    expect(actors.map(({ cookies }) => cookies.map(({ cookie }) => cookie.value))).toEqual([['v'], ['w']]);
  });
});
