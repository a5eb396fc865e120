/** What an app takes from another site, although its own pages send it in another way. */
import { expect, test } from 'vitest';
import { checkHabits } from '../../../testing/checkedHabits.ts';
import { freshId, type Routes, renamed } from '../../../testing/habitShop.ts';
import type { TargetDefinition } from '../target.ts';

const noSameSite = { attributes: 'Path=/; HttpOnly; Secure; SameSite=None' };

const json: Partial<TargetDefinition> = { change: (browser, nickname) => browser.post('/nickname', { nickname }) };

test('JSON that the app also takes as a form', async () => {
  const route: Routes['x'] = (asked) =>
    renamed(
      asked,
      asked.headers['content-type'] === 'application/json'
        ? JSON.parse(asked.body).nickname
        : asked.headers['content-type'] === 'application/x-www-form-urlencoded'
          ? asked.form.get('nickname')
          : null,
    );
  expect((await checkHabits({ 'POST /nickname': route }, noSameSite, json)).verdictOf('csrf')).toBe('fails');
});

const tokens = new Map<string, string>();
const withToken = (check: (token: string | null, own: string, drop: () => void) => boolean): Routes => ({
  'GET /form': ({ cookies }) => {
    const sid = cookies.get('sid')!;
    if (!tokens.has(sid)) tokens.set(sid, freshId());
    return {
      headers: { 'Content-Type': 'text/html' },
      body: `<form method="post" action="/nickname"><input name="nickname"><input type="hidden" name="token" value="${tokens.get(sid)}"></form>`,
    };
  },
  'POST /nickname'(asked) {
    const sid = asked.cookies.get('sid') ?? '';
    const taken = check(asked.form.get('token'), tokens.get(sid)!, () => asked.shop.sessions.delete(sid));
    return taken ? renamed(asked, asked.form.get('nickname')) : { status: 403, body: {} };
  },
});
const form: Partial<TargetDefinition> = {
  change: (browser, nickname) => browser.form('/form', { nickname }),
  visit: '/me',
};

test('a token that is looked at holds', async () => {
  const routes = withToken((token, own) => token === own);
  expect((await checkHabits(routes, noSameSite, form)).verdictOf('csrf')).toBe('holds');
});

test('a token that is looked at only where there is one', async () => {
  const routes = withToken((token, own) => token === null || token === own);
  expect((await checkHabits(routes, noSameSite, form)).verdictOf('csrf')).toBe('fails');
});

test('an app that logs out whom a forgery comes from is asked again as somebody who is logged in', async () => {
  const routes = withToken((token, own, drop) => {
    if (token !== null && token !== own) drop();
    return token === null || token === own;
  });
  expect((await checkHabits(routes, noSameSite, form)).verdictOf('csrf')).toBe('fails');
});

test('a change that a link makes, too, where only SameSite=Lax protects', async () => {
  const routes: Routes = { 'GET /nickname': (asked) => renamed(asked, asked.query.get('nickname')) };
  expect((await checkHabits(routes)).verdictOf('csrf')).toBe('fails');
});

test('a method that a form names in a field', async () => {
  const routes: Routes = {
    'PUT /nickname': (asked) => renamed(asked, JSON.parse(asked.body).nickname),
    'POST /nickname': (asked) =>
      asked.form.get('_method') === 'PUT' ? renamed(asked, asked.form.get('nickname')) : { status: 404 },
  };
  const change: TargetDefinition['change'] = (browser, nickname) =>
    browser.send('PUT', '/nickname', { json: { nickname } });
  expect((await checkHabits(routes, noSameSite, { change })).verdictOf('csrf')).toBe('fails');
});

test('an origin that the attacker hides', async () => {
  const routes: Routes = {
    'POST /nickname': (asked) =>
      /^(null|http:\/\/127\.0\.0\.1:\d+)$/.test(asked.headers.origin ?? 'null')
        ? renamed(asked, asked.form.get('nickname'))
        : { status: 403 },
  };
  expect((await checkHabits(routes, noSameSite)).verdictOf('csrf')).toBe('fails');
});

test('a change that is answered as it should be, and shows something else, is not shown', async () => {
  const routes: Routes = {
    'POST /nickname': (asked) => {
      const isJson = asked.headers['content-type'] === 'application/json';
      return renamed(asked, isJson ? JSON.parse(asked.body).nickname : 'nobody');
    },
  };
  expect((await checkHabits(routes, noSameSite, json)).verdictOf('csrf')).toBe('not shown');
});

test('a page at the address of the change is no change', async () => {
  const routes: Routes = {
    'GET /me': ({ user }) => (user ? { body: { name: user } } : { status: 401 }),
    'GET /nickname': () => ({ headers: { 'Content-Type': 'text/html' }, body: '<p>What is your name?' }),
    'POST /nickname': (asked) =>
      asked.headers.origin === `http://${asked.headers.host}` ? renamed(asked, 'x') : { status: 403 },
  };
  expect((await checkHabits(routes, noSameSite)).verdictOf('csrf')).toBe('holds');
});

test('a change that shows nowhere, and that is answered in another way than usual, is not shown', async () => {
  const routes: Routes = {
    'GET /me': ({ user }) => (user ? { body: { name: user } } : { status: 401 }),
    'POST /nickname': (asked) =>
      asked.headers['content-type'] === 'application/json'
        ? renamed(asked, 'x')
        : { ...renamed(asked, 'x'), body: '<p>Done', headers: { 'Content-Type': 'text/html' } },
  };
  expect((await checkHabits(routes, noSameSite, json)).verdictOf('csrf')).toBe('not shown');
});
