/** A session that several cookies carry. */
import { expect, test } from 'vitest';
import { checkHabits } from '../../../testing/checkedHabits.ts';
import { freshId, nameFrom, type Routes, type Shop, signedIn } from '../../../testing/habitShop.ts';

const remembering: Routes = {
  'POST /login'(asked) {
    const name = nameFrom(asked);
    if (name === null) return { status: 401, body: {} };
    const sid = asked.cookies.get('sid') || freshId();
    const remember = `${freshId()}${freshId()}`;
    asked.shop.sessions.set(sid, name).set(remember, name);
    const lax = 'Path=/; HttpOnly; SameSite=Lax';
    return {
      headers: {
        'Set-Cookie': [`sid=${sid}; ${lax}`, `remember=${remember}; Path=/; HttpOnly; Secure; SameSite=None`],
      },
      body: { name },
    };
  },
  'GET /': ({ cookies }) => (cookies.has('sid') ? {} : { headers: { 'Set-Cookie': `sid=${freshId()}; Path=/` } }),
  'POST /logout'({ shop, cookies }) {
    for (const value of cookies.values()) shop.sessions.delete(value);
    return { headers: { 'Set-Cookie': ['sid=; Max-Age=0; Path=/', 'remember=; Max-Age=0; Path=/'] } };
  },
};
const userOf: Shop['userOf'] = ({ cookies, shop }) =>
  shop.sessions.get(cookies.get('sid') ?? '') ?? shop.sessions.get(cookies.get('remember') ?? '') ?? null;

test('each that logs in on its own is looked at', async () => {
  const { verdictOf } = await checkHabits(remembering, { userOf });
  expect([verdictOf('cookie-same-site'), verdictOf('csrf'), verdictOf('login-new-id')]).toEqual([
    'fails',
    'fails',
    'fails',
  ]);
});

test('a part that stays is not made good by another one that is public', async () => {
  const together: Routes = {
    ...remembering,
    'POST /login'(asked) {
      const name = nameFrom(asked);
      if (name === null) return { status: 401, body: {} };
      const reply = signedIn(asked, name, asked.cookies.get('sid') || freshId());
      const cookies = [reply.headers!['Set-Cookie'] as string, `customer=${name}; ${asked.shop.attributes}`];
      return { ...reply, headers: { 'Set-Cookie': cookies } };
    },
  };
  const { verdictOf } = await checkHabits(together, {
    userOf: ({ cookies, shop }) => {
      const name = shop.sessions.get(cookies.get('sid') ?? '');
      return name !== undefined && name === cookies.get('customer') ? name : null;
    },
  });
  expect([verdictOf('login-new-id'), verdictOf('fixation-frozen-id')]).toEqual(['fails', 'not shown']);
});
