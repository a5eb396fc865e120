import { expect, test } from 'vitest';
import type { KeyView } from '../../../scenarios/engine/marks.ts';
import type { KeyValue } from '../../../scenarios/engine/trace.ts';
import { header, text } from '../../../testing/trace.ts';
import { keyLine, timeLeft } from './keyLine.ts';
import { recordFields } from './recordFields.ts';

const key = (name: string, value: KeyValue) =>
  ({ key: name, name, sid: name.startsWith('sess:') ? name.slice(5) : null, value, mark: null }) as KeyView;
const record = (fields: object) => key('sess:a', text(JSON.stringify({ cookie: {}, ...fields })));
const stored = key('sess:b', text('{}'));
const basket = key('basket:b', { type: 'list', data: ['hat', 'ring'] });

test.each<[KeyView, string]>([
  [record({}), 'nobody'],
  [record({ basketId: 'b' }), 'nobody, 2 items'],
  [record({ userId: 1, role: 'customer', loginAt: 5, basketId: 'b' }), 'Alice, customer, 2 items'],
  [record({ userId: 7, basket: ['hat'] }), 'user 7, 1 item'],
  [record({ resetUserId: 1, csrfToken: 'a long token' }), 'nobody, resetUserId: 1, csrfToken'],
  [record({ pending: { userId: 1, credentialVersion: 1, passwordAt: 5 } }), 'nobody, pending: Alice'],
  [key('sess:a', text('not JSON')), 'not JSON'],
  [key('user:1:sessions', { type: 'zset', data: [['{}', 1]] }), 'Alice, 1 listed session'],
  [
    key('user:1:sessions', {
      type: 'zset',
      data: [
        ['{"sid":"b"}', 1],
        ['{"sid":"gone"}', 2],
      ],
    }),
    'Alice, 2 listed sessions, 1 of them ended',
  ],
  [key('user:1:sessions', { type: 'zset', data: [['{"sid":"gone"}', 1]] }), 'Alice, 1 listed session, ended'],
  [key('throttle:account:a', text('5')), '5'],
  [basket, 'hat, ring'],
  [key('stock', { type: 'hash', data: { hat: '1', ring: '2' } }), '2 fields'],
])('%j is told as “%s”', (view, line) => {
  const { who, rest } = keyLine(view, [view, basket, stored], header);
  expect([who, ...rest].filter((one) => one !== '').join(', ')).toBe(line);
});

test.each([
  [1_799_400, '29:59'],
  [5_000, '0:05'],
  [-1, '0:00'],
  [28_740_000, '7 h 59'],
  [31_535_000_000, '364 d'],
])('%i ms are left as %s', (ms, shown) => {
  expect(timeLeft(ms)).toBe(shown);
});

test('of a record, what changed comes first, and the cookie is one line', () => {
  const cookie = { originalMaxAge: 1_800_000, httpOnly: true, secure: true, sameSite: 'lax', path: '/' };
  const before = text(JSON.stringify({ cookie, basketId: 'b', role: 'customer', csrf: 'x' }));
  const now = text(JSON.stringify({ cookie: { ...cookie, path: '/shop' }, basketId: 'b', role: 'admin', userId: 1 }));
  expect(recordFields(now, before)).toMatchObject({
    lines: [
      { text: 'role: "admin"', mark: 'changed', was: '"customer"' },
      { text: 'userId: 1', mark: 'added' },
      { text: 'csrf: "x"', mark: 'removed' },
      { text: 'basketId: "b"', mark: null },
    ],
    cookie: { summary: 'maxAge 30 min, HttpOnly, Secure, SameSite=lax, Path=/shop', mark: 'changed' },
  });
  expect(recordFields(text('7'), null)).toBeNull();
  expect(recordFields(now, null)!.lines.every(({ mark }) => mark === null)).toBe(true);
});

test('what is listed has not ended because the records are in the memory of the app', () => {
  const list = key('user:1:sessions', { type: 'zset', data: [['{"sid":"gone"}', 1]] });
  expect(keyLine(list, [], header, false).rest).toEqual(['Alice', '1 listed session']);
});
