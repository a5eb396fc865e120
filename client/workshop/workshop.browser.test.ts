import { fileURLToPath } from 'node:url';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeFindings } from '../../testing/page/axe.ts';
import { openTab, type Tab } from '../../testing/page/tab.ts';
import { closeSites, openSite } from '../../testing/site.ts';

// One workshop from its opening to its end, with every role in a browser of its own. Each test goes on from the one before.

const client = fileURLToPath(new URL('../../dist/client', import.meta.url));
const tabs: Tab[] = [];
let origin: string;
let driver: Page;
let otter: Page;
let finch: Page;
let screen: Page;
let remote: Page;
let code: string;

/** Opens an address in a browser of its own. */
async function open(address: string, viewport = { width: 1280, height: 800 }): Promise<Page> {
  const tab = await openTab({ viewport, withTour: true });
  tabs.push(tab);
  await tab.page.goto(new URL(address, origin).href);
  return tab.page;
}

const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });
/** Waits until a page shows that step as the current one. */
const isAt = (page: Page, title: string) => page.locator('[aria-current="step"]', { hasText: title }).waitFor();

/** What the room has to read at once is read from the last row. */
async function expectLarge(): Promise<void> {
  const [count, timer, card] = await Promise.all(
    ['.question-sheet-foot strong', '.question-sheet .room-timer', '.question-sheet-card'].map((part) =>
      screen.locator(part).boundingBox(),
    ),
  );
  const { width, height } = screen.viewportSize()!;
  expect(Math.min(count!.height, timer!.height)).toBeGreaterThan(height / 25);
  expect(card!.width).toBeGreaterThan(width * 0.85);
}

/** The address of another page of the driver's, as its QR code has it. */
async function keyFor(item: string): Promise<string> {
  await button(driver, 'More for the room').click();
  await driver.getByRole('menuitem', { name: item }).click();
  const link = driver.getByRole('dialog').locator('code');
  const address = await link.textContent();
  await driver.keyboard.press('Escape');
  await link.waitFor({ state: 'detached' });
  return new URL(address!).pathname + new URL(address!).hash;
}

beforeAll(async () => {
  const { port } = await openSite({ client });
  origin = `http://localhost:${port}`;
});
afterAll(async () => {
  await Promise.all(tabs.map((tab) => tab.close()));
  await closeSites();
});

test('the first page opens a room and becomes its driver’s page; the secret leaves the address bar', async () => {
  driver = await open('/');
  await button(driver, 'Open a room').click();
  await button(driver, 'Open the room').click();
  code = (await driver.locator('.driver-code').textContent())!.replace(' ', '');
  await expect.poll(() => new URL(driver.url()).pathname + new URL(driver.url()).hash).toBe('/');
  // One room is enough.
  await driver.getByRole('link', { name: 'Standards' }).waitFor();
  expect(await button(driver, 'Open a room').count()).toBe(0);
});

test('one enters with the code, typed or from the QR code, and the projector counts who arrives', async () => {
  await button(driver, 'More for the room').click();
  const opened = driver.context().waitForEvent('page');
  await driver.getByRole('menuitem', { name: 'Open the projector’s window' }).click();
  screen = await opened;
  await screen.getByText(/^0 have arrived/).waitFor();
  otter = await open('/room');
  await otter.getByLabel('Code of the room').fill(code.toLowerCase());
  await otter.keyboard.press('Enter');
  finch = await open(`/room#${code}`, { width: 390, height: 844 });
  await Promise.all([otter, finch].map((page) => page.getByText('You are in, as').waitFor()));
  await screen.getByText(/^2 have arrived/).waitFor();
  expect(await axeFindings(screen)).toEqual([]);
});

test('a wrong code is said, and another one can be typed', async () => {
  const stranger = await open('/room#AAAAAA');
  await stranger.getByText('This is not the code of the room').waitFor();
  expect(await stranger.getByLabel('Code of the room').inputValue()).toBe('AAAAAA');
});

test('every page follows the driver, step by step', async () => {
  await driver.goto(new URL('/scenarios/session-fixation', origin).href);
  await button(driver, 'Jump time').waitFor();
  await screen.locator('.shown-title').waitFor();
  await Promise.all([finch, screen].map((page) => page.getByText('this page shows it when it is played').waitFor()));
  await driver.keyboard.press('j');
  await screen.getByText(/^2 have arrived/).waitFor();
  await driver.keyboard.press('ArrowRight');
  await Promise.all([otter, finch, screen].map((page) => isAt(page, 'Mallory puts a hat into a basket')));
  await driver.keyboard.press('ArrowRight');
  await Promise.all([otter, finch, screen].map((page) => isAt(page, 'Mallory plants her cookie')));
  expect(await button(otter, 'Next step').count()).toBe(0);
  for (const page of [driver, otter, screen]) expect(await page.getByLabel('Tour of the page').count()).toBe(0);
});

test('a participant looks around in what was shown, and goes back to the room', async () => {
  await otter.keyboard.press('ArrowLeft');
  await isAt(otter, 'Mallory puts a hat into a basket');
  await otter.getByText('The room is at step 2').waitFor();
  await otter.keyboard.press('b');
  await isAt(otter, 'Mallory plants her cookie');
});

test('on a phone the way back, the way to a run of one’s own and the timer are in the footer, which stays in view', async () => {
  await button(driver, 'Timer').click();
  await button(driver, '5 min').click();
  await finch.locator('.footer').getByRole('timer').waitFor();
  expect(await finch.getByRole('timer').count()).toBe(1);
  await button(finch, 'Look around').click();
  await finch.getByText('The room is at step 2').waitFor();
  expect(await button(finch, 'Try it here').isVisible()).toBe(true);
  await button(finch, 'Back to the room').click();
  await isAt(finch, 'Mallory plants her cookie');
});

test('the room is asked: everybody answers, the driver reveals, and the step shows who was right', async () => {
  await button(driver, 'Ask the room').click();
  await Promise.all([otter, finch, screen].map((page) => page.getByText('Step 3: Alice logs in').waitFor()));
  await otter.getByRole('radio', { name: 'the same ID' }).check();
  await finch.getByRole('radio', { name: 'a new ID' }).check();
  await Promise.all([otter, screen].map((page) => page.getByText('2 of 2 answered').waitFor()));
  await finch.getByText('You said “a new ID”').waitFor();
  expect(await screen.locator('.question-count').count()).toBe(0);
  expect(await axeFindings(otter)).toEqual([]);
  await button(driver, 'Ready check').click();
  await Promise.all([otter, finch].map((page) => button(page, 'I am ready').click()));
  await screen.getByText('All 2 are ready.').waitFor();
  await button(driver, 'Go on').click();
  await expectLarge();
  // The first "next" reveals, and the second one plays.
  await driver.keyboard.press('ArrowRight');
  for (const page of [screen, driver])
    await expect.poll(() => page.locator('.question-count').allTextContents()).toEqual(['1', '1']);
  expect(await screen.locator('[data-right]').count()).toBe(0);
  await driver.keyboard.press('ArrowRight');
  await screen.getByRole('region', { name: 'Answer of the question' }).getByText('the same ID').waitFor();
  await otter.getByRole('region', { name: 'Answer of the question' }).getByText('You said “the same ID”').waitFor();
  await driver.getByText('1 of 2 right').waitFor();
  await isAt(otter, 'Alice logs in');
  expect(await screen.locator('.question-sheet').count()).toBe(0);
});

test('while the room is asked whether it is ready, its pages wait', async () => {
  await button(driver, 'Ready check').click();
  await button(otter, 'I am ready').click();
  await driver.getByText('1 of 2 is not ready yet. The room waits for you.').waitFor();
  await screen.getByText('Ready to go on?').waitFor();
  expect(await screen.getByLabel('Answer of the question').isVisible()).toBe(false);
  await driver.keyboard.press('ArrowRight');
  await isAt(driver, 'Mallory opens the account page');
  await isAt(otter, 'Alice logs in');
  await button(driver, 'Go on').click();
  await isAt(otter, 'Mallory opens the account page');
});

test('a participant tries it in a run of their own, also after a reload, until the driver resets all', async () => {
  const handle = (await otter.locator('.followed-handle').textContent())!.replace('You are ', '').trim();
  await otter.keyboard.press('y');
  await button(otter, 'Next step').waitFor();
  await isAt(otter, 'Mallory opens the account page');
  await otter.reload();
  await isAt(otter, 'Mallory opens the account page');
  await driver.getByRole('button', { name: /here/ }).click();
  await driver.getByRole('listitem').filter({ hasText: handle }).getByText('step 4 of 5').waitFor();
  await driver.keyboard.press('Escape');
  await button(finch, 'Look around').click();
  await isAt(finch, 'Alice logs in');
  await button(driver, 'More for the room').click();
  await driver.getByRole('menuitem', { name: 'Reset all own runs' }).click();
  await button(driver, 'Reset all').click();
  await driver.getByText('1 own run has ended').waitFor();
  await otter.getByText(handle).waitFor();
  await isAt(finch, 'Mallory opens the account page');
  expect(new URL(otter.url()).pathname).toBe('/room');
});

test('the driver’s phone presses the buttons of the driver’s page', async () => {
  remote = await open(await keyFor('Remote on your phone'), { width: 390, height: 844 });
  await remote.getByText('4. Mallory opens the account page').waitFor();
  await button(remote, 'Next').click();
  await isAt(driver, 'Alice opens her account page');
  await remote.getByText('This was the last step.').waitFor();
  await driver.getByRole('link', { name: 'Next: Idle timeout' }).waitFor();
  await button(driver, 'Agenda').click();
  await button(driver, 'Session security in 45 minutes').click();
  await driver.getByRole('link', { name: /^Next on the agenda: / }).waitFor();
  // Its notes are read while steps are played.
  await driver.keyboard.press('ArrowLeft');
  await isAt(otter, 'Mallory opens the account page');
  await driver.keyboard.press('ArrowRight');
  await isAt(otter, 'Alice opens her account page');
  await driver.keyboard.press('Escape');
  await button(remote, 'Previous').click();
  await isAt(otter, 'Mallory opens the account page');
  expect(await axeFindings(remote)).toEqual([]);
});

test('a reset of the run that everybody looks at is asked about', async () => {
  await driver.keyboard.press('r');
  await driver.getByText('on the pages of 2 people').waitFor();
  await button(driver, 'Cancel').click();
  await isAt(otter, 'Mallory opens the account page');
});

test('a room that is handed over is driven by one page, and no longer by the phone of the other', async () => {
  const other = await open(await keyFor('Hand the room over'));
  await other.locator('.driver-code').waitFor();
  await driver.getByText('You no longer drive this room').waitFor();
  await remote.getByText('This phone no longer drives the room').waitFor();
  // It goes on where the room is.
  await isAt(other, 'Mallory opens the account page');
  await other.keyboard.press('ArrowRight');
  await isAt(otter, 'Alice opens her account page');
  await button(driver, 'Take it back').click();
  await isAt(driver, 'Alice opens her account page');
  await other.getByText('You no longer drive this room').waitFor();
  // A link also works in a page that was opened without its key, or with an old one.
  const late = await open('/room/drive');
  await late.getByText('This page opens with its own link only.').waitFor();
  await late.goto(origin + (await keyFor('Hand the room over')));
  await isAt(late, 'Alice opens her account page');
  await driver.getByText('You no longer drive this room').waitFor();
  await button(driver, 'Take it back').click();
  await isAt(driver, 'Alice opens her account page');
});

test('the end is said on every page', async () => {
  await button(driver, 'More for the room').click();
  await driver.getByRole('menuitem', { name: 'End the workshop' }).click();
  await button(driver, 'End').click();
  await Promise.all([otter, finch, screen].map((page) => page.getByText('The workshop is over').first().waitFor()));
  await otter.reload();
  await otter.getByLabel('Code of the room').waitFor();
});
