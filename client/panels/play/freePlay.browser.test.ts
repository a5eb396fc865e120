import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openBrowser, openPage, type RunningServer, startServer } from '../../../testing/page/page.ts';

let browser: Browser;
let server: RunningServer;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  [browser, server] = await Promise.all([openBrowser(), startServer()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const button = (name: string) => page.getByRole('button', { name, exact: true });
const region = (name: string) => page.getByRole('region', { name, exact: true });
const text = (name: string) => region(name).textContent();
const step = (number: number) => page.getByText(new RegExp(`^Step ${number} of \\d+$`)).waitFor();
const choose = (thing: string) => button(thing).click();
const record = () => region('Redis').getByRole('group', { name: ':sess:' }).first();
const jar = (actor: string) => region('Cookies').getByRole('group', { name: actor });
const cookieMenu = async (actor: string, item: string) => {
  await button(`Change __Host-sid of ${actor}`).click();
  await page.getByRole('menuitem', { name: item }).click();
};

/** The fixation scenario with Alice logged in, and the tab with what can be done by hand. */
beforeEach(async () => {
  ({ page, complaints } = await openPage(browser, `${server.url}/scenarios/session-fixation`));
  for (const number of [1, 2, 3]) {
    await page.getByRole('button', { name: 'Next step' }).click();
    await step(number);
  }
  await page.getByRole('tab', { name: 'Free play' }).click();
  await page.getByRole('form', { name: 'Request' }).waitFor();
});
afterEach(() => page.context().close());

/** What the browser itself says of an answer that is a refusal is no complaint of the page. */
const realComplaints = () => complaints.filter((text) => !text.startsWith('Failed to load resource'));

async function send(who: string, address: string, body?: string): Promise<void> {
  await choose('Send a request');
  await page.getByRole('combobox', { name: 'Who' }).selectOption({ label: who });
  await page.getByRole('combobox', { name: 'Path or address' }).fill(address);
  if (body !== undefined) await page.getByRole('textbox', { name: 'Body' }).fill(body);
  await button('Send').click();
}

describe('a request', () => {
  test('is completed from the app’s routes, sent, and shown with all it led to', async () => {
    const path = page.getByRole('combobox', { name: 'Path or address' });
    await path.fill('disab');
    await page.getByRole('option', { name: 'POST /admin/users/:id/disable' }).waitFor();
    await path.fill('bask');
    await page.getByRole('option', { name: 'POST /basket' }).click();
    expect(await path.inputValue()).toBe('/basket');
    expect(await page.getByRole('combobox', { name: 'Method' }).inputValue()).toBe('POST');
    await page.getByRole('combobox', { name: 'Who' }).selectOption({ label: 'Alice' });
    await page.getByRole('textbox', { name: 'Body' }).fill('{"item":"scarf"}');
    await button('Send').click();
    await expect.poll(() => text('Outcome')).toMatch(/Alice POST \/basket.*200/);
    await expect.poll(() => text('Redis')).toContain('scarf');
    await page.getByRole('tab', { name: 'Request & response' }).click();
    await expect.poll(() => text('Request')).toContain('POST /basket');
    expect(realComplaints()).toEqual([]);
  });

  test('with a header that no page can set is refused in a sentence', async () => {
    await page.getByRole('textbox', { name: 'Headers of its own, one a line' }).fill('Cookie: a=b');
    await button('Send').click();
    await expect.poll(() => page.getByRole('alert').textContent()).toContain('No page can set Cookie');
  });

  test('from another site goes without the cookie, and the page says why', async () => {
    await page.getByRole('combobox', { name: 'From a page of' }).selectOption('https://evil.example');
    await send('Alice', 'GET /me');
    await expect.poll(() => text('Outcome')).toMatch(/401.*__Host-sid was not sent/);
  });
});

describe('a cookie', () => {
  test('is edited character by character, and its signature is seen to fail', async () => {
    await cookieMenu('Alice', 'Edit the value');
    const dialog = page.getByRole('dialog');
    const id = dialog.getByRole('textbox', { name: 'session id' });
    const before = await id.inputValue();
    await id.fill(`${before.startsWith('x') ? 'y' : 'x'}${before.slice(1)}`);
    await expect.poll(() => dialog.getByRole('status').textContent()).toContain('1 character differs.');
    await button('Put it into the browser').click();
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(() => jar('Alice').textContent()).toContain('changed');
    await send('Alice', 'GET /me');
    await expect.poll(() => text('Outcome')).toMatch(/401.*signature that does not fit/);
    await expect.poll(() => jar('Alice').textContent()).toContain('The signature does not fit');
  });

  test('is copied to somebody else, who is let in, and deleted', async () => {
    await cookieMenu('Mallory', 'Delete');
    await expect.poll(() => jar('Mallory').textContent()).toContain('removed');
    await send('Mallory', 'GET /me');
    await expect.poll(() => text('Outcome')).toContain('401');
    await cookieMenu('Alice', 'Copy to Mallory');
    await expect.poll(() => jar('Mallory').textContent()).toContain('no expiry');
    await send('Mallory', 'GET /me');
    await expect.poll(() => text('Outcome')).toMatch(/Mallory GET \/me.*200/);
  });
});

describe('a key', () => {
  test('gets other JSON, which is checked before it is sent', async () => {
    await record().getByRole('button', { name: 'Edit value' }).click();
    const value = page.getByRole('textbox', { name: 'Value' });
    const before = await value.inputValue();
    await value.fill('{ "userId": ');
    await page.getByText('This is not JSON').waitFor();
    expect(await button('Write to Redis').isDisabled()).toBe(true);
    await value.fill(before.replace('"userId": 1', '"userId": 2'));
    await button('Write to Redis').click();
    await expect.poll(() => record().textContent()).toMatch(/by hand.*"userId": 2/);
    await send('Alice', 'GET /me');
    await expect.poll(() => text('Outcome')).toContain('200');
    await page.getByRole('tab', { name: 'Request & response' }).click();
    await expect.poll(() => text('Response')).toContain('mallory@shop.example');
  });

  test('gets another time to live, and none', async () => {
    await record().getByRole('button', { name: /^TTL/ }).click();
    await page.getByRole('textbox', { name: 'Seconds to live' }).fill('90');
    await button('Set').click();
    await expect.poll(() => record().textContent()).toMatch(/TTL (90|8\d)(?!\d).*by hand/);
    await record().getByRole('button', { name: /^TTL/ }).click();
    await button('No end').click();
    await expect.poll(() => record().textContent()).toContain('no TTL');
  });
});

test('the console speaks Redis, refuses what it does not have, and remembers what was typed', async () => {
  await choose('Redis console');
  const line = page.getByRole('textbox', { name: 'Redis command' });
  const said = page.getByRole('log', { name: 'Replies of Redis' });
  await line.fill('set greeting "hello there" ex 60');
  await line.press('Enter');
  await expect.poll(() => said.textContent()).toContain('OK');
  await expect.poll(() => text('Redis')).toContain('hello there');
  await line.fill('FLUSHALL');
  await line.press('Enter');
  await expect.poll(() => said.textContent()).toContain('This console has no "FLUSHALL". It has GET, ');
  await line.press('ArrowUp');
  await line.press('ArrowUp');
  expect(await line.inputValue()).toBe('set greeting "hello there" ex 60');
  await line.fill('ttl greeting');
  await line.press('Enter');
  await expect.poll(() => said.textContent()).toMatch(/\(integer\) (60|5\d)/);
  expect(await page.getByRole('alert').count()).toBe(0);
});

test('session options are switched in the running app, and the code says the same', async () => {
  await choose('Session options');
  const code = region('Resulting code');
  expect(await code.textContent()).toContain('secure: true');
  await page.getByRole('checkbox', { name: 'secure' }).click();
  await expect.poll(() => code.textContent()).toContain('secure: false');
  await expect.poll(() => code.textContent()).toContain('refuses __Host-sid without Secure');
  await page.getByRole('combobox', { name: 'maxAge' }).selectOption({ label: '1 min' });
  await expect.poll(() => code.textContent()).toContain('maxAge: 60000');
  await cookieMenu('Mallory', 'Delete');
  await send('Mallory', 'POST /basket', '{"item":"hat"}');
  await expect.poll(() => text('Outcome')).toMatch(/__Host-sid was refused by the browser/);
});

describe('in the past', () => {
  test('it is asked whether to fork, and then done there', async () => {
    await page.getByRole('button', { name: 'Previous step' }).click();
    await step(2);
    await cookieMenu('Alice', 'Delete');
    await page.getByRole('dialog').getByText('delete __Host-sid in Alice’s browser').waitFor();
    await button('Fork here').click();
    await expect.poll(() => jar('Alice').textContent()).toContain('removed');
    await step(2);
  });

  test('what Redis answers there is told where the command was typed, which stays when nobody wants to fork', async () => {
    await page.getByRole('button', { name: 'Previous step' }).click();
    await step(2);
    await choose('Redis console');
    const prompt = page.getByRole('textbox', { name: 'Redis command' });
    await prompt.fill('DBSIZE');
    await prompt.press('Enter');
    await button('Keep looking').click();
    await expect.poll(() => prompt.inputValue()).toBe('DBSIZE');
    await prompt.fill('KEYS sess:*');
    await prompt.press('Enter');
    await button('Fork here').click();
    const said = page.getByRole('log', { name: 'Replies of Redis' });
    await expect.poll(() => said.textContent()).toMatch(/^redis> KEYS sess:\*1\) "sandbox:[0-9a-f]+:sess:/);
    await step(2);
  });
});

describe('what was done by hand', () => {
  test('is saved as a scenario', async () => {
    await send('Mallory', 'GET /me');
    await expect.poll(() => text('Outcome')).toContain('200');
    const downloading = page.waitForEvent('download');
    await choose('Save as scenario');
    const download = await downloading;
    expect(download.suggestedFilename()).toBe('session-fixation-by-hand.ts');
    const saved = await readFile(await download.path(), 'utf8');
    expect(saved).toContain("import base from './session-fixation.ts';");
    expect(saved).toMatch(/mallory!\.get\('\/me'\).*vulnerable: 200,\s+protected: 401,/s);
  });

  test('is not saved while there is nothing, and the page says so', async () => {
    await choose('Save as scenario');
    await expect.poll(() => page.getByRole('alert').textContent()).toContain('Nothing was done by hand');
  });
});
