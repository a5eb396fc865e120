import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ScenarioPage } from '../../../testing/page/scenarioPage.ts';
import { sharedTab } from '../../../testing/page/tab.ts';

const tab = sharedTab();

let lesson: ScenarioPage;

/** Shows the fixation scenario with Alice logged in, and the tab Free play open. */
async function open(): Promise<void> {
  lesson = await tab.open('session-fixation', '?step=3');
  await lesson.openTab('Free play');
  await lesson.page.getByRole('form', { name: 'Request' }).waitFor();
}

const field = {
  who: () => lesson.page.getByRole('combobox', { name: 'Who' }),
  method: () => lesson.page.getByRole('combobox', { name: 'Method' }),
  path: () => lesson.page.getByRole('combobox', { name: 'Path or address' }),
  from: () => lesson.page.getByRole('combobox', { name: 'From a page of' }),
  body: () => lesson.page.getByRole('textbox', { name: 'Body' }),
  headers: () => lesson.page.getByRole('textbox', { name: 'Additional headers, one per line' }),
};
const outcome = () => lesson.region('Outcome');
const alert = () => lesson.page.getByRole('alert');

async function send(who: string, address: string, body?: string): Promise<void> {
  await lesson.button('Send a request').click();
  await field.who().selectOption({ label: who });
  await field.path().fill(address);
  if (body !== undefined) await field.body().fill(body);
  await lesson.button('Send').click();
}

const redisConsole = {
  line: () => lesson.page.getByRole('textbox', { name: 'Redis command' }),
  replies: () => lesson.page.getByRole('log', { name: 'Replies of Redis' }),
  async enter(command: string) {
    await this.line().fill(command);
    await this.line().press('Enter');
  },
};

describe('a request', () => {
  beforeAll(open);

  test('is completed from the routes of the app, sent, and shown with everything that it caused', async () => {
    await field.path().fill('disab');
    await lesson.page.getByRole('option', { name: 'POST /admin/users/:id/disable' }).waitFor();
    await field.path().fill('bask');
    await lesson.page.getByRole('option', { name: 'POST /basket' }).click();
    expect(await field.path().inputValue()).toBe('/basket');
    expect(await field.method().inputValue()).toBe('POST');
    await field.who().selectOption({ label: 'Alice' });
    await field.body().fill('{"item":"scarf"}');
    await lesson.button('Send').click();
    await expect(outcome()).toShow(/Alice POST \/basket.*200/);
    await expect(lesson.redis).toShow('scarf');
    await lesson.openTab('Request & response');
    await expect(lesson.region('Request')).toShow('POST /basket');
    // The browser itself reports every answer that is a refusal.
    expect(lesson.complaints.filter((text) => !text.startsWith('Failed to load resource'))).toEqual([]);
  });

  test('from another site is sent without the cookie, and the page says why', async () => {
    await lesson.openTab('Free play');
    await field.from().selectOption('https://evil.example');
    await send('Alice', 'GET /me');
    await expect(outcome()).toShow(/401.*__Host-sid was not sent/);
  });

  test('with a header that no page can set is refused with a sentence', async () => {
    await field.headers().fill('Cookie: a=b');
    await lesson.button('Send').click();
    await expect(alert()).toShow('No page can set Cookie');
  });
});

describe('a cookie', () => {
  beforeAll(open);

  test('is copied to another person, who is let in, and deleted', async () => {
    await lesson.changeCookieOf('Mallory', 'Delete');
    await expect(lesson.cookiesOf('Mallory')).toShow('removed');
    await send('Mallory', 'GET /me');
    await expect(outcome()).toShow('401');
    await lesson.changeCookieOf('Alice', 'Copy to Mallory');
    await expect(lesson.cookiesOf('Mallory')).toShow('no expiry');
    await send('Mallory', 'GET /me');
    await expect(outcome()).toShow(/Mallory GET \/me.*200/);
  });

  test('is edited character by character, and the page shows that its signature no longer fits', async () => {
    await lesson.changeCookieOf('Alice', 'Edit the value');
    const id = lesson.dialog.getByRole('textbox', { name: 'session id' });
    const before = await id.inputValue();
    await id.fill(`${before.startsWith('x') ? 'y' : 'x'}${before.slice(1)}`);
    await expect(lesson.dialog.getByRole('status')).toShow('1 character differs.');
    await lesson.button('Put it into the browser').click();
    await expect(lesson.dialog).not.toBeThere();
    await expect(lesson.cookiesOf('Alice')).toShow('new ID');
    await send('Alice', 'GET /me');
    await expect(outcome()).toShow(/401.*signature that does not fit/);
    await expect(lesson.cookiesOf('Alice')).toShow('The signature does not fit');
  });
});

describe('a key', () => {
  beforeAll(open);

  test('gets another JSON value, which is checked before it is sent', async () => {
    await lesson.record.getByRole('button', { name: 'Edit value' }).click();
    const value = lesson.page.getByRole('textbox', { name: 'Value' });
    const before = await value.inputValue();
    await value.fill('{ "userId": ');
    await expect(lesson.page.getByText('This is not JSON')).toBeThere();
    expect(await lesson.button('Write to Redis').isDisabled()).toBe(true);
    await value.fill(before.replace('"userId": 1', '"userId": 2'));
    await lesson.button('Write to Redis').click();
    await expect(lesson.record).toShow(/manually.*userId: 2/);
    await send('Alice', 'GET /me');
    await expect(outcome()).toShow('200');
    await lesson.openTab('Request & response');
    await expect(lesson.region('Response')).toShow('mallory@shop.example');
  });

  test('gets another time to live, and none', async () => {
    await lesson.record.getByRole('button', { name: /^TTL/ }).click();
    await lesson.page.getByRole('textbox', { name: 'Seconds to live' }).fill('90');
    await lesson.button('Set').click();
    await expect(lesson.record).toShow(/manually.*TTL (90|8\d)(?!\d)/);
    await lesson.record.getByRole('button', { name: /^TTL/ }).click();
    await lesson.button('No expiry').click();
    await expect(lesson.record).toShow('no TTL');
  });
});

test('the console sends commands to Redis, refuses those that it does not have, and keeps a history', async () => {
  await open();
  await lesson.button('Redis console').click();
  await redisConsole.enter('set greeting "hello there" ex 60');
  await expect(redisConsole.replies()).toShow('OK');
  await expect(lesson.redis).toShow('hello there');
  await redisConsole.enter('FLUSHALL');
  await expect(redisConsole.replies()).toShow('This console has no "FLUSHALL". It has GET, ');
  await redisConsole.line().press('ArrowUp');
  await redisConsole.line().press('ArrowUp');
  expect(await redisConsole.line().inputValue()).toBe('set greeting "hello there" ex 60');
  await redisConsole.enter('ttl greeting');
  await expect(redisConsole.replies()).toShow(/\(integer\) (60|5\d)/);
  await expect(alert()).toBeThere(0);
});

test('faults of Redis are buttons at its lane, and one that lasts is shown there until it is ended', async () => {
  await open();
  const faults = lesson.button('Faults');
  const cause = async (name: string) => {
    await faults.press('Enter');
    await lesson.button(name).press('Enter');
    await expect(lesson.button(name)).not.toBeThere();
  };
  await cause('Freeze');
  await expect(lesson.diagram).toShow('frozen');
  await send('Alice', 'GET /me');
  await expect(outcome()).toShow('503');
  await lesson.button('End').click();
  await expect(lesson.button('End')).not.toBeThere();
  await cause('Restart Redis');
  await expect(lesson.redis).toShow(/0 keys.*when Redis restarted without persistence/);
  await expect(lesson.diagram).toShow('Redis restarts without persistence');
  await faults.click();
  expect(await lesson.button('Evict a key').isDisabled()).toBe(true);
  await lesson.page.keyboard.press('Escape');
  await lesson.openTab('Code');
  await expect(faults).not.toBeThere();
});

test('session options are switched in the running app, and the shown code follows', async () => {
  await open();
  await lesson.button('Session options').click();
  const code = lesson.region('Resulting code');
  await expect(code).toShow('secure: true');
  await lesson.page.getByRole('checkbox', { name: 'secure' }).click();
  await expect(code).toShow('secure: false');
  await expect(code).toShow('refuses __Host-sid without Secure');
  await lesson.page.getByRole('combobox', { name: 'maxAge' }).selectOption({ label: '1 min' });
  await expect(code).toShow('maxAge: 60000');
  await lesson.changeCookieOf('Mallory', 'Delete');
  await send('Mallory', 'POST /basket', '{"item":"hat"}');
  await expect(outcome()).toShow(/__Host-sid was refused by the browser/);
});

describe('in the past', () => {
  beforeEach(async () => {
    await open();
    await lesson.goBackTo(2);
  });

  test('the page asks whether to fork, and then acts there', async () => {
    await lesson.changeCookieOf('Alice', 'Delete');
    await expect(lesson.dialog).toShow('delete __Host-sid in Alice’s browser');
    await lesson.button('Fork here').click();
    await expect(lesson.cookiesOf('Alice')).toShow('removed');
    await lesson.isAt(2);
  });

  test('a command in the console stays there when the learner does not fork; after a fork its reply is shown there', async () => {
    await lesson.button('Redis console').click();
    await redisConsole.enter('DBSIZE');
    await lesson.button('Cancel').click();
    await expect.poll(() => redisConsole.line().inputValue()).toBe('DBSIZE');
    await redisConsole.enter('KEYS sess:*');
    await lesson.button('Fork here').click();
    await expect(redisConsole.replies()).toShow(/^redis> KEYS sess:\*1\) "sandbox:[0-9a-f]+:sess:/);
    await lesson.isAt(2);
  });
});

describe('Save as scenario', () => {
  beforeAll(open);

  test('says so when there are no manual actions', async () => {
    await lesson.button('Save as scenario').click();
    await expect(alert()).toShow('Nothing was done by hand');
  });

  test('saves the manual actions as the file of a scenario', async () => {
    await send('Mallory', 'GET /me');
    await expect(outcome()).toShow('200');
    const { name, text } = await lesson.save(() => lesson.button('Save as scenario').click());
    expect(name).toBe('session-fixation-by-hand.ts');
    expect(text).toContain("import base from './session-fixation.ts';");
    expect(text).toMatch(/mallory!\.get\('\/me'\).*vulnerable: 200,\s+protected: 401,/s);
  });
});
