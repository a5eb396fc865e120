import { describe, expect, test } from 'vitest';
import type { ManualAction } from '../../scenarios/engine/actions.ts';
import type { TraceEvent } from '../../scenarios/engine/trace.ts';
import type { NewEvent } from './recorder.ts';
import { createSidFinder, type WithoutSids } from './sessionIds.ts';

const namespace = 'sandbox:1:';
const finder = createSidFinder(namespace);
finder.learn([
  { cookie: '__Host-sid', keyPrefix: 'sess:' },
  { cookie: 'blog.sid', keyPrefix: 'sess:blog:' },
  { cookie: 'memory.sid', keyPrefix: undefined },
]);
const found = (event: NewEvent) => finder.withSids(event as WithoutSids<TraceEvent>) as TraceEvent;

test.each([
  ['sess:abc', 'abc'],
  ['sess:a:b', 'a:b'],
  // The longest prefix decides.
  ['sess:blog:abc', 'abc'],
  ['sess:', null],
  ['user:1:sessions', null],
  ['obsess:abc', null],
  ['', null],
])('the key "%s" belongs to session %s', (name, sid) => {
  const change = { change: 'deleted', value: null, expiresAt: null, cause: { by: 'time' } } as const;
  expect(found({ type: 'key', key: namespace + name, ...change })).toMatchObject({ sid });
});

test('a command is about the first session record among its keys', () => {
  const command = (args: string[]) =>
    found({ type: 'command', id: 1, request: 1, name: 'del', args, reply: '(integer) 1', error: null, ms: 1 });
  expect(command([`${namespace}user:1:sessions`, `${namespace}sess:a`, `${namespace}sess:b`])).toMatchObject({
    sid: 'a',
  });
  // A value that looks like a key is not one: keys have the namespace.
  expect(command([`${namespace}greeting`, 'sess:a'])).toMatchObject({ sid: null });
});

describe('a cookie', () => {
  const moved = (name: string, value: string) =>
    found({ type: 'cookie-planted', actor: 'mallory', victim: 'alice', name, value });

  test.each([
    ['of the app', '__Host-sid', 's%3Aabc.x%2FY', 'abc'],
    ['of a further app', 'blog.sid', 's%3Aabc.xY', 'abc'],
    ['of an app that keeps its records in memory', 'memory.sid', 's:abc.xY', 'abc'],
    ['with a forged signature', '__Host-sid', 's%3Aabc.forged', 'abc'],
    ['that is not signed', '__Host-sid', 'abc', null],
    ['that has been cleared', '__Host-sid', '', null],
    ['that is no session cookie, though it is signed', 'cart', 's%3Aabc.xY', null],
  ])('%s', (_, name, value, sid) => {
    expect(moved(name, value)).toMatchObject({ sid });
  });
});

describe('a request', () => {
  const base = { type: 'request', id: 1, actor: 'alice', method: 'GET', url: 'https://shop.example/' } as const;
  const request = (header: string | null) =>
    found({
      ...{ ...base, forwarded: [], body: null, note: null },
      headers: header === null ? [] : [['Cookie', header]],
      cookies: [
        { name: '__Host-sid', value: 's%3Aa.x', sent: true, why: '' },
        { name: 'theme', value: 'dark', sent: false, why: '' },
      ],
    });

  test('is about the session that its Cookie header names first', () => {
    expect(request('theme=dark; __Host-sid=s%3Aa.x%3D; __Host-sid=s%3Ab.x')).toMatchObject({ sid: 'a' });
    expect(request('theme=dark')).toMatchObject({ sid: null });
    expect(request(null)).toMatchObject({ sid: null });
  });

  test('has the session of each cookie in the jar, sent or not', () => {
    expect(request(null)).toMatchObject({ cookies: [{ sid: 'a' }, { sid: null }] });
  });
});

test('a response is about the session that it sets first, also when the browser refuses the cookie', () => {
  const set = '__Host-sid=s%3Aa.x%3D; Path=/; HttpOnly';
  const clear = '__Host-sid=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT';
  const response = (...headers: string[]) =>
    found({
      ...{ type: 'response', request: 1, status: 200, statusText: 'OK', body: '', ms: 1, by: 'app' },
      headers: headers.map((header): [string, string] => ['Set-Cookie', header]),
      cookies: headers.map((header) => ({ header, name: '__Host-sid', outcome: 'refused' as const, why: '' })),
    });
  expect(response(clear, set)).toMatchObject({ sid: 'a', cookies: [{ sid: null }, { sid: 'a' }] });
  expect(response(clear)).toMatchObject({ sid: null });
  expect(response()).toMatchObject({ sid: null, cookies: [] });
});

describe('a manual action', () => {
  const which = { actor: 'alice', name: '__Host-sid', domain: 'shop.example', path: '/' };

  test.each<[ManualAction, string | null]>([
    [{ do: 'delete-key', key: `${namespace}sess:a` }, 'a'],
    [{ do: 'set-key', key: `${namespace}user:1:sessions`, value: '' }, null],
    [{ do: 'expire-key', key: `${namespace}sess:a`, ms: 1 }, 'a'],
    [{ do: 'redis', line: 'DEL none "sess:a" sess:b' }, 'a'],
    [{ do: 'redis', line: `GET ${namespace}sess:a` }, 'a'],
    [{ do: 'redis', line: 'KEYS sess:*' }, null],
    [{ do: 'redis', line: 'KEYS *' }, null],
    [{ do: 'edit-cookie', ...which, value: 's%3Aa.x' }, 'a'],
    [{ do: 'edit-cookie', ...which, value: 'plain' }, null],
    [{ do: 'delete-cookie', ...which }, null],
    [{ do: 'jump-time', ms: 1 }, null],
  ])('%j is about session %s', (action, sid) => {
    expect(found({ type: 'manual-action', action })).toMatchObject({ sid });
  });
});
