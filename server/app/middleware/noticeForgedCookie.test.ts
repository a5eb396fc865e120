import { sign } from 'cookie-signature';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { alice, closeShops, openShop, type Shop } from '../../../testing/testApp.ts';
import { createMockRedis, type MockRedis } from '../../redis/mock.ts';
import { parts } from '../parts.ts';
import { cookieName } from '../session.ts';

let mock: MockRedis;
let shop: Shop;
let noted: string[];

beforeEach(async () => {
  mock = createMockRedis();
  noted = [];
  shop = await openShop(await mock.connect(''), {
    parts: {
      noticeForgedCookie: (shop) =>
        parts.noticeForgedCookie({ ...shop, secret: secrets, audit: ({ name }) => noted.push(name) }),
    },
  });
});
afterEach(async () => {
  await closeShops();
  await mock.close();
});

/** The second is the one testShop signs with: a secret that was put behind a newer one is still ours. */
const secrets = ['a newer secret', 'a secret only this test knows'];
const signed = (sid: string, secret = secrets[1]!) => encodeURIComponent(`s:${sign(sid, secret)}`);

test.each<[what: string, cookie: string, times: number]>([
  ['no cookie', '', 0],
  ['another cookie', 'theme=dark', 0],
  ['an empty one, as after a logout', `${cookieName}=`, 0],
  ['one of ours whose record is gone', `${cookieName}=${signed('gone')}`, 0],
  ['one signed with the newer of our secrets', `${cookieName}=${signed('gone', secrets[0])}`, 0],
  ['one signed by somebody else', `${cookieName}=${signed('gone', 'another secret')}`, 1],
  ['an id without a signature', `${cookieName}=s%3Agone`, 1],
  ['text', `theme=dark; ${cookieName}=let-me-in`, 1],
  ['text, after a semicolon without a space', `theme=dark;${cookieName}=let-me-in`, 1],
  ['one of ours in quotes, which is a way to write it', `${cookieName}="${signed('gone')}"`, 0],
  ['a value that cannot be decoded', `${cookieName}=s%3Agone.%ZZ`, 1],
])('%s is let by', async (_, cookie, times) => {
  const { status } = await shop.send('/', cookie ? { headers: { Cookie: cookie } } : {});
  expect(status).toBe(200);
  expect(noted).toEqual(Array(times).fill('session_cookie_invalid'));
});

test('a browser that logs in and comes back is not noted', async () => {
  const person = await shop.loggedIn(alice);
  expect((await person.get('/me')).status).toBe(200);
  expect(noted).toEqual([]);
});
