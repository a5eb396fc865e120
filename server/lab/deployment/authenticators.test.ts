import { expect, test } from 'vitest';
import { stepOf } from '../../app/auth/codes.ts';
import { createUsers } from '../../app/db.ts';
import { authenticatorCode, withSecondFactor } from './authenticators.ts';
import { people } from './people.ts';

const [alice, mallory] = ['alice@shop.example', 'mallory@shop.example'];

test('only the users who are named have an authenticator app, each sandbox with another secret', async () => {
  const [one, other] = [withSecondFactor(await people(4), [alice]), withSecondFactor(await people(4), [alice])];
  expect(one.map(({ totpSecret }) => totpSecret !== undefined)).toEqual([true, false, false]);
  expect(one[0]!.totpSecret).not.toBe(other[0]!.totpSecret);
  expect((await people(4))[0]).not.toHaveProperty('totpSecret');
});

test('it shows the code that the app accepts at that time', async () => {
  const users = createUsers(withSecondFactor(await people(4), [alice]));
  const at = 1_700_000_010_000;
  const code = authenticatorCode(users, alice, at);
  expect(stepOf(users.byEmail(alice)!.totpSecret!, code, at)).toBe(Math.floor(at / 30_000));
  expect(() => authenticatorCode(users, mallory, at)).toThrow(
    "mallory@shop.example has no authenticator app. Name it in the scenario's setup: { secondFactor: ['mallory@shop.example'] }.",
  );
});
