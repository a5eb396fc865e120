/** What a wrong password is answered. */
import { expect, test } from 'vitest';
import { checkHabits } from '../../../testing/checkedHabits.ts';
import { freshId, nameFrom, signedIn } from '../../../testing/habitShop.ts';

test.each([
  ['auth/wrong-password', 'auth/user-not-found'],
  ['INVALID_PASSWORD_GIVEN', 'USER_DOES_NOT_EXIST'],
  [40101, 40102],
])('by a code: %s and %s', async (wrong, unknown) => {
  const { verdictOf } = await checkHabits({
    'POST /login'(asked) {
      const name = nameFrom(asked);
      if (name !== null) return signedIn(asked, name);
      const code = ['alice', 'mallory'].includes(asked.form.get('name')!) ? wrong : unknown;
      return { status: 401, body: { code, request: freshId(), at: Date.now() } };
    },
  });
  expect(verdictOf('enumeration-answer')).toBe('fails');
});
