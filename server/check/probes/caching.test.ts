/** Where an id and a private page are. */
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { checkHabits } from '../../../testing/checkedHabits.ts';

test('in a path, as servlets take it', async () => {
  const { verdictOf } = await checkHabits({
    '*'({ path, shop }) {
      const [, sid = ''] = /^\/me;jsessionid=(\w+)/i.exec(path) ?? [];
      const name = shop.sessions.get(sid);
      return name === undefined ? null : { body: { name } };
    },
  });
  expect(verdictOf('id-accepted-in-address')).toBe('fails');
});

test('in a body that is compressed', async () => {
  const { verdictOf } = await checkHabits(
    {
      'GET /account': ({ cookies }) => ({
        headers: { 'Content-Type': 'text/html', 'Content-Encoding': 'gzip' },
        body: gzipSync(`<p>${cookies.get('sid')}</p>`),
      }),
    },
    {},
    { visit: '/account' },
  );
  expect(verdictOf('id-in-body')).toBe('fails');
});

test.each([
  ['max-age=600', 'fails'],
  ['', 'not shown'],
  ['private, max-age=600', 'holds'],
  ['no-store', 'holds'],
])('a private page with Cache-Control: %s', async (header, verdict) => {
  const { verdictOf } = await checkHabits(
    {
      'GET /account': ({ user }) =>
        user
          ? { headers: { 'Content-Type': 'text/html', 'Cache-Control': header }, body: `<p>${user}</p>` }
          : { status: 401 },
    },
    {},
    { visit: '/account' },
  );
  expect(verdictOf('cache-shared')).toBe(verdict);
});
