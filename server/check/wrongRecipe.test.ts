import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTinyShop, tinyRecipe } from '../../testing/tinyShop.ts';
import { check } from './check.ts';
import { RecipeWrong } from './errors.ts';
import { type TargetDefinition, target } from './target.ts';

let shop: Awaited<ReturnType<typeof startTinyShop>>;
beforeAll(async () => {
  shop = await startTinyShop();
});
afterAll(() => shop.close());

const problemOf = async (change: Partial<TargetDefinition>) => {
  const definition = { ...tinyRecipe(shop.origin), ...change };
  return check(target(definition), { rate: Number.POSITIVE_INFINITY }).then(
    () => 'nothing',
    (error) => (error instanceof RecipeWrong ? error.message : `${error.name}: ${error.message}`),
  );
};

describe('a recipe that does not look like one names the field', () => {
  const person = { name: 'alice', password: 'x' };
  test.each<[string, object, RegExp]>([
    ['origin with a path', { origin: 'http://127.0.0.1:1/shop' }, /^origin must be scheme, host and port/],
    ['origin that is no address', { origin: 'localhost' }, /^origin must be/],
    ['no login', { login: undefined }, /^login must be a function/],
    ['who is a path', { who: '/me' }, /^who must be a function/],
    ['one person', { people: { alice: person } }, /^people must name exactly two accounts/],
    ['twice the same', { people: [person, person] }, /two different accounts/],
    [
      'a password that is not set',
      { people: { alice: person, mallory: { name: 'm', password: undefined } } },
      /people\.mallory\.password is missing: is the environment variable set/,
    ],
    ['an empty password', { people: [person, { name: 'm', password: '' }] }, /people\.1\.password is empty/],
    ['a limit in words', { limits: { idle: '15 min' } }, /^limits\.idle must be a number of seconds/],
    ['an unknown field', { logOut: () => null }, /^logOut is not a field of a target/],
    ['an unknown limit', { limits: { devices: 3 } }, /^devices is not a field of limits/],
    ['sessions without a function', { sessions: { list: '/sessions' } }, /^sessions\.list must be a function/],
    ['visit is a number', { visit: 3 }, /^visit must be a path/],
  ])('%s', (_, change, problem) => {
    expect(() => target({ ...tinyRecipe('http://127.0.0.1:1'), ...change } as TargetDefinition)).toThrow(problem);
  });
});

describe('a recipe that does not do what it says', () => {
  test.each<[string, Partial<TargetDefinition>, RegExp]>([
    [
      'who always answers a name',
      { who: async (browser) => `${(await browser.get('/me')) && 'alice'}` },
      /who answers "alice" for a browser in which nobody has logged in/,
    ],
    ['who asks nothing', { who: async () => null }, /who asks the app nothing/],
    [
      'who answers undefined',
      { who: async (browser) => (await browser.get('/me')).json?.name },
      /it returned undefined.*\?\? null/,
    ],
    [
      'who asks another page',
      { who: async (browser) => (await browser.get('/you')).json?.name ?? null },
      /After the login of alice, who answers null; the login ended with POST \/login: 200/,
    ],
    ['who fails', { who: async (browser) => (await browser.get('/me')).json.a.b }, /^who failed: Cannot read/],
    [
      'login with other fields',
      { login: (browser, { name, password }) => browser.submit('/login', { email: name, password }) },
      /who answers null; the login ended with POST \/login: 401/,
    ],
    [
      'login always as alice',
      { login: (browser) => browser.submit('/login', { name: 'alice', password: 'rabbit-hole-7' }) },
      /After the login of mallory, who answers "alice"/,
    ],
    [
      'login at a page without a form',
      { login: (browser, { name, password }) => browser.form('/login', { name, password }) },
      /\/login answered 404 and has no form with the fields name, password/,
    ],
    ['login sends nothing', { login: async () => null }, /login asks the app nothing/],
    [
      'login elsewhere',
      { login: (browser) => browser.get('http://127.0.0.1:1/login') },
      /The recipe asks http:\/\/127\.0\.0\.1:1, and only/,
    ],
    ['another origin', { origin: 'http://127.0.0.1:9' }, /^NetworkFailed: .*nothing listens there/],
    [
      'logout at a wrong address',
      { logout: (browser) => browser.submit('/log-out') },
      /After logout, who still answers "alice", and POST \/log-out was answered 404/,
    ],
    [
      'logout that only looks at a page',
      { logout: (browser) => browser.get('/') },
      /After logout, who still answers "alice"/,
    ],
    ['logout sends nothing', { logout: async () => null }, /logout asks the app nothing/],
    [
      'change at a wrong address',
      { change: (browser) => browser.submit('/name') },
      /^change: POST \/name answered 404 to alice/,
    ],
    ['visit of a page that is not there', { visit: '/accounts' }, /^visit: \/accounts answered 404/],
    [
      'list of nothing',
      { sessions: { list: async (browser) => (await browser.get('/sessions')).headers as never } },
      /sessions\.list must return a list/,
    ],
  ])('%s', async (_, change, problem) => {
    expect(await problemOf(change)).toMatch(problem);
  });

  test.each([
    ['Path=/; SameSite=None', /who answers null: the app sets sid, and the browser refuses it: .*SameSite=None/],
    ['Path=/; Domain=shop.example', /the app sets sid, and the browser refuses it: .*Domain/],
  ])('a cookie that a browser refuses: %s', async (attributes, problem) => {
    const refused = await startTinyShop({ attributes });
    const checked = check(target(tinyRecipe(refused.origin)), { rate: Number.POSITIVE_INFINITY });
    await expect(checked).rejects.toThrow(problem);
    await refused.close();
  });

  test('names remembered by the recipe instead of asked from the app', async () => {
    let name: string | null = null;
    const problem = await problemOf({
      login: async (browser, person) => {
        await browser.submit('/login', { name: person.name, password: person.password });
        name = person.name;
      },
      who: async (browser) => {
        await browser.get('/me');
        return name;
      },
    });
    expect(problem).toMatch(/After a login with a wrong password, who answers "alice"/);
  });

  test('a cookie that the recipe sends by itself', async () => {
    const tokens = new WeakMap<object, string>();
    const problem = await problemOf({
      login: async (browser, person) => {
        const { headers } = await browser.submit('/login', { name: person.name, password: person.password });
        tokens.set(browser, headers['set-cookie'] ?? '');
      },
      who: async (browser) => {
        const { json } = await browser.get('/me', { headers: { Cookie: tokens.get(browser) ?? '' } });
        return json?.name ?? null;
      },
    });
    expect(problem).toMatch(/sets the header Cookie, which no page can set/);
  });
});
