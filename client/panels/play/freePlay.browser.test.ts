import { beforeAll, describe, expect, test } from 'vitest';
import { type FreePlay, openFreePlay } from '../../../testing/page/freePlay.ts';
import type { ScenarioPage } from '../../../testing/page/scenarioPage.ts';
import { sharedTab } from '../../../testing/page/tab.ts';

// A fork from the past is in client/compare/compare.browser.test.ts; more of them, and refusals, in freePlay.full.test.ts.

const tab = sharedTab();

let play: FreePlay;
let lesson: ScenarioPage;

async function open(): Promise<void> {
  play = await openFreePlay(tab);
  ({ lesson } = play);
}

describe('a request', () => {
  beforeAll(open);

  test('is completed from the routes of the app, sent, and shown with everything that it caused', async () => {
    await play.field.path().fill('disab');
    await lesson.page.getByRole('option', { name: 'POST /admin/users/:id/disable' }).waitFor();
    await play.field.path().fill('bask');
    await lesson.page.getByRole('option', { name: 'POST /basket' }).click();
    expect(await play.field.path().inputValue()).toBe('/basket');
    expect(await play.field.method().inputValue()).toBe('POST');
    await play.field.who().selectOption({ label: 'Alice' });
    await play.field.body().fill('{"item":"scarf"}');
    await lesson.button('Send').click();
    await expect(play.outcome).toShow(/Alice POST \/basket.*200/);
    await expect(lesson.redis).toShow('scarf');
    await lesson.openTab('Request & response');
    await expect(lesson.region('Request')).toShow('POST /basket');
    // The browser itself reports every answer that is a refusal.
    expect(lesson.complaints.filter((text) => !text.startsWith('Failed to load resource'))).toEqual([]);
  });

  test('from another site is sent without the cookie, and the page says why', async () => {
    await lesson.openTab('Free play');
    await play.field.from().selectOption('https://evil.example');
    await play.send('Alice', 'GET /me');
    await expect(play.outcome).toShow(/401.*__Host-sid was not sent/);
  });
});

describe('a cookie', () => {
  beforeAll(open);

  test('is copied to another person, who is let in, and deleted', async () => {
    await lesson.changeCookieOf('Mallory', 'Delete');
    await expect(lesson.cookiesOf('Mallory')).toShow('removed');
    await play.send('Mallory', 'GET /me');
    await expect(play.outcome).toShow('401');
    await lesson.changeCookieOf('Alice', 'Copy to Mallory');
    await expect(lesson.cookiesOf('Mallory')).toShow('no expiry');
    await play.send('Mallory', 'GET /me');
    await expect(play.outcome).toShow(/Mallory GET \/me.*200/);
  });

  test('is edited character by character, and the page shows that its signature no longer fits', async () => {
    await lesson.changeCookieOf('Alice', 'Edit the value');
    const id = lesson.dialog.getByRole('textbox', { name: 'session ID' });
    const before = await id.inputValue();
    await id.fill(`${before.startsWith('x') ? 'y' : 'x'}${before.slice(1)}`);
    await expect(lesson.dialog.getByRole('status')).toShow('1 character differs.');
    await lesson.button('Put it into the browser').click();
    await expect(lesson.dialog).not.toBeThere();
    await expect(lesson.cookiesOf('Alice')).toShow('new ID');
    await play.send('Alice', 'GET /me');
    await expect(play.outcome).toShow(/401.*signature that does not fit/);
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
    await play.send('Alice', 'GET /me');
    await expect(play.outcome).toShow('200');
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
  await play.enter('set greeting "hello there" ex 60');
  await expect(play.replies).toShow('OK');
  await expect(lesson.redis).toShow('hello there');
  await play.enter('FLUSHALL');
  await expect(play.replies).toShow('This console has no "FLUSHALL". It has GET, ');
  await play.commandLine.press('ArrowUp');
  await play.commandLine.press('ArrowUp');
  expect(await play.commandLine.inputValue()).toBe('set greeting "hello there" ex 60');
  await play.enter('ttl greeting');
  await expect(play.replies).toShow(/\(integer\) (60|5\d)/);
  await expect(play.alert).toBeThere(0);
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
  await play.send('Alice', 'GET /me');
  await expect(play.outcome).toShow('503');
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
  await play.send('Mallory', 'POST /basket', '{"item":"hat"}');
  await expect(play.outcome).toShow(/__Host-sid was refused by the browser/);
});

test('Save as scenario saves the manual actions as the file of a scenario', async () => {
  await open();
  await play.send('Mallory', 'GET /me');
  await expect(play.outcome).toShow('200');
  const { name, text } = await lesson.save(() => lesson.button('Save as scenario').click());
  expect(name).toBe('session-fixation-by-hand.ts');
  expect(text).toContain("import base from './session-fixation.ts';");
  expect(text).toMatch(/mallory!\.get\('\/me'\).*vulnerable: 200,\s+protected: 401,/s);
});
