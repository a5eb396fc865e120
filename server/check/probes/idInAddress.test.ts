/** Where a session id is besides its cookie. */
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { checkHabits } from '../../../testing/checkedHabits.ts';
import { nameFrom, signedIn } from '../../../testing/habitShop.ts';

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

test('an id that is too short to be told from other text', async () => {
  let last = 1000;
  const { verdictOf } = await checkHabits({
    'POST /login'(asked) {
      const name = nameFrom(asked);
      return name === null ? { status: 401, body: {} } : signedIn(asked, name, String(++last));
    },
  });
  expect([verdictOf('id-in-address'), verdictOf('id-in-body')]).toEqual(['not shown', 'not shown']);
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
