/** What must not be taken for a session that has ended. */
import { expect, test } from 'vitest';
import { checkHabits } from '../../../testing/checkedHabits.ts';
import { freshId, nameFrom, signedIn } from '../../../testing/habitShop.ts';

test('without a habit nothing fails', async () => {
  const { findings, stopped } = await checkHabits();
  expect([stopped, findings.filter(({ verdict }) => verdict === 'fails')]).toEqual([null, []]);
});

test('an id that changes with each request is not ended by the logout', async () => {
  const { verdictOf } = await checkHabits({
    '*'({ path, cookies, user, shop }) {
      if (path !== '/me' || !user) return null;
      shop.sessions.delete(cookies.get('sid')!);
      const sid = freshId();
      shop.sessions.set(sid, user);
      return { headers: { 'Set-Cookie': `sid=${sid}; ${shop.attributes}` }, body: { name: user } };
    },
    'POST /logout': ({ shop }) => ({ headers: { 'Set-Cookie': `sid=; Max-Age=0; ${shop.attributes}` } }),
  });
  expect(verdictOf('logout-replay')).toBe('not shown');
});

test.each([429, 503])('an app that answers %i has not said that nobody is logged in', async (status) => {
  let busy = 0;
  const { verdictOf, stopped } = await checkHabits({
    '*': ({ path }) => (path === '/me' && busy-- > 0 ? { status, body: {} } : null),
    'POST /logout'({ shop }) {
      busy = 2;
      return { headers: { 'Set-Cookie': `sid=; Max-Age=0; ${shop.attributes}` } };
    },
  });
  expect(verdictOf('logout-replay')).toBe(undefined);
  expect(stopped).toMatch(new RegExp(`GET /me was answered ${status}`));
});

test('a cookie that the browser drops is not a session that has ended', async () => {
  const { verdictOf } = await checkHabits(
    {},
    { attributes: 'Path=/; HttpOnly; SameSite=Lax; Max-Age=1' },
    { limits: { idle: 1, absolute: 2 } },
  );
  expect([verdictOf('idle-timeout'), verdictOf('absolute-timeout')]).toEqual(['fails', 'fails']);
});

test('a limit of sessions is not shown by a throttle of logins', async () => {
  let logins = 0;
  const limit = 2;
  const { verdictOf } = await checkHabits(
    {
      'POST /login'(asked) {
        const name = nameFrom(asked);
        if (name === null) return { status: 401 };
        const open = [...asked.shop.sessions.values()].filter((one) => one === name).length;
        if (open >= limit && logins++ >= 0) return { status: 429 };
        return signedIn(asked, name);
      },
    },
    {},
    { limits: { sessions: limit } },
  );
  expect(verdictOf('sessions-limit')).toBe('not shown');
});
