/** Ids from before a login that are easily overlooked. */
import { expect, test } from 'vitest';
import { checkHabits } from '../../../testing/checkedHabits.ts';
import { freshId, nameFrom, signedIn } from '../../../testing/habitShop.ts';

test.each([
  ['hexadecimal', /^[0-9a-f]{32}$/, freshId],
  ['a UUID', /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/, () => crypto.randomUUID()],
  ['percent-encoded', /^[\w%-]*%3D$/, () => `${Buffer.from(freshId()).toString('base64url')}%3D`],
])('an invented id that looks like the others is adopted: %s', async (_, legal, make) => {
  const { verdictOf } = await checkHabits({
    'POST /login'(asked) {
      const name = nameFrom(asked);
      const given = asked.cookies.get('sid') ?? '';
      return name === null ? { status: 401 } : signedIn(asked, name, legal.test(given) ? given : make());
    },
  });
  expect(verdictOf('fixation-invented-id')).toBe('fails');
});

test('a session that the first of two steps of a login begins', async () => {
  const names = new Map<string, string>();
  const { verdictOf } = await checkHabits(
    {
      'POST /name'({ form, shop, cookies }) {
        const sid = cookies.get('sid') || freshId();
        names.set(sid, form.get('name')!);
        return { headers: { 'Set-Cookie': `sid=${sid}; ${shop.attributes}` } };
      },
      'POST /password'(asked) {
        const sid = asked.cookies.get('sid') ?? '';
        asked.form.set('name', names.get(sid) ?? '');
        const name = nameFrom(asked);
        return name === null ? { status: 401, body: {} } : signedIn(asked, name, sid);
      },
    },
    {},
    {
      login: async (browser, { name, password }) => {
        await browser.submit('/name', { name });
        await browser.submit('/password', { password });
      },
    },
  );
  expect([verdictOf('fixation-frozen-id'), verdictOf('login-new-id')]).toEqual(['fails', 'fails']);
});
