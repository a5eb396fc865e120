import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JarChanged, TraceEvent } from '../../../scenarios/engine/trace.ts';
import { openStream } from '../../../testing/page/eventStream.ts';
import { openBrowser, openPage, type RunningServer, startServer } from '../../../testing/page/page.ts';

let browser: Browser;
let server: RunningServer;
beforeAll(async () => {
  [browser, server] = await Promise.all([openBrowser(), startServer()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const region = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const yourCard = (page: Page) => region(page, 'Cookies').getByRole('group', { name: 'You', exact: true });
const joinLink = (page: Page) => page.getByRole('link', { name: /Join with your own browser/ });
const press = (you: Page, name: string) => you.getByRole('button', { name, exact: true }).click();
const said = (you: Page) => you.locator('#asked, #status').allTextContents();

interface Joined {
  /** Session Sandbox. */
  page: Page;
  /** The other tab, at the sandbox's own host. */
  you: Page;
  address: URL;
  close(): Promise<void>;
}

async function join(
  choice: string,
  variant = 'Vulnerable',
  look: Parameters<Browser['newContext']>[0] = {},
): Promise<Joined> {
  const { page } = await openPage(browser, `${server.url}/scenarios/${choice}`, look);
  await joinLink(page).waitFor();
  const before = await joinLink(page).getAttribute('href');
  const radio = page.getByRole('radiogroup', { name: 'Variant' });
  if (!(await radio.getByRole('radio', { name: variant }).isChecked())) {
    await radio.getByText(variant, { exact: true }).click();
    await expect.poll(() => joinLink(page).getAttribute('href')).not.toBe(before);
  }
  const [you] = await Promise.all([page.waitForEvent('popup'), joinLink(page).click()]);
  await you.getByText('Not logged in.').waitFor();
  return { page, you, address: new URL(you.url()), close: () => page.context().close() };
}

async function logIn(you: Page): Promise<void> {
  await press(you, 'Log in');
  await you.getByText('Logged in as alice@shop.example.').waitFor();
}

/** What was recorded, until an event is as wanted. */
async function recorded(address: URL, wanted: (event: TraceEvent) => boolean): Promise<TraceEvent[]> {
  const stream = await openStream(Number(address.port), address.hostname.split('.')[0]!);
  await expect.poll(() => stream.events.some(wanted)).toBe(true);
  stream.cut();
  return [...stream.events];
}

describe.each(['Vulnerable', 'Protected'])('at the %s app, the learner’s own browser', (variant) => {
  test('logs in, fills the basket and logs out in another tab, and is one more actor on the page', async () => {
    const { page, you, address, close } = await join('session-fixation', variant);
    expect(address.hostname).toMatch(/^[0-9a-f]{12}\.localhost$/);
    await yourCard(page).getByText('no cookies').waitFor();
    await logIn(you);
    await press(you, 'Add to basket');
    await you.getByText('"a hat"').waitFor();

    await yourCard(page).getByText('__Host-sid').waitFor();
    const chip = await yourCard(page).locator('.sid').first().textContent();
    await region(page, 'Redis').getByText(chip!.trim()).first().waitFor();
    await region(page, 'Diagram').getByText('joins, with your own browser').waitFor();
    for (const arrow of [/You sends POST \/auth\/login to Express/, /You sends POST \/basket to Express/]) {
      await expect.poll(() => region(page, 'Diagram').getByRole('button', { name: arrow }).count()).toBe(1);
    }
    await region(page, 'Diagram')
      .getByRole('button', { name: /You sends POST \/auth\/login/ })
      .click();
    await expect.poll(() => region(page, 'Details').textContent()).toContain('reports https to the app');

    await press(you, 'Log out');
    await you.getByText('Logged out.').waitFor();
    await yourCard(page).getByText('removed').first().waitFor();
    await press(you, 'See /me');
    await you.getByText('Not logged in.').waitFor();
    await close();
  });

  test('has the cookies that the page says it has', async () => {
    const { page, you, address, close } = await join('session-fixation', variant);
    await logIn(you);
    const isYours = (event: TraceEvent): event is JarChanged => event.type === 'jar' && event.actor === 'you';
    const known = (await recorded(address, isYours)).filter(isYours).at(-1)!;
    const real = await page.context().cookies(address.href);
    const told = ({
      name,
      value,
      path,
      secure,
      httpOnly,
      sameSite,
    }: (typeof known.cookies)[number] | (typeof real)[number]) =>
      JSON.stringify({ name, value, path, secure, httpOnly, sameSite });
    expect(known.cookies.map(told).sort()).toEqual(real.map(told).sort());
    expect(real.map(({ name }) => name).sort()).toEqual(['__Host-device', '__Host-sid']);
    expect(await you.evaluate(() => document.cookie)).toBe('');
    await close();
  });
});

test('a cookie deleted with the browser’s own tools is seen to be gone, and one made up there is shown as what it is', async () => {
  const { page, you, address, close } = await join('session-fixation', 'Protected');
  await logIn(you);
  await yourCard(page).getByText('__Host-sid').waitFor();
  await page.context().clearCookies({ name: '__Host-sid' });
  await page.context().addCookies([{ name: 'theme', value: 'dark', url: address.href }]);
  await press(you, 'See /me');
  await you.getByText('Not logged in.').waitFor();
  await yourCard(page).getByText('removed').first().waitFor();
  await yourCard(page).getByText('attributes unknown').waitFor();
  await region(page, 'Diagram').getByText('cookies changed in the browser').waitFor();
  await page.getByRole('tab', { name: 'Log' }).click();
  await expect.poll(() => region(page, 'Details').textContent()).toContain('they were changed in the browser');
  await close();
});

test('going on in the scenario does not lose you, and at a moment before you came you are not there', async () => {
  const { page } = await openPage(browser, `${server.url}/scenarios/session-fixation`);
  const playStep = async (step: number) => {
    await page.getByRole('button', { name: 'Next step' }).click();
    await page.getByText(new RegExp(`^Step ${step} of \\d+$`)).waitFor();
  };
  await playStep(1);
  const [you] = await Promise.all([page.waitForEvent('popup'), joinLink(page).click()]);
  await you.getByText('Not logged in.').waitFor();
  await logIn(you);
  await playStep(2);
  await yourCard(page).getByText('__Host-sid').waitFor();
  await press(you, 'See /me');
  await expect.poll(() => said(you)).toEqual(['GET /me', '200 OK']);
  await page.keyboard.press('Home');
  await expect.poll(() => yourCard(page).count()).toBe(0);
  await page.keyboard.press('End');
  await yourCard(page).getByText('__Host-sid').waitFor();
  await page.context().close();
});

test('a sandbox that was left for another one is said to be gone, and the link leads to the new one', async () => {
  const { page, you, address, close } = await join('session-fixation', 'Vulnerable');
  await page.getByRole('radiogroup', { name: 'Variant' }).getByText('Protected', { exact: true }).click();
  await expect.poll(() => joinLink(page).getAttribute('href')).not.toBe(address.href);
  await press(you, 'See /me');
  await you.getByText('The server does not have this sandbox').waitFor();
  await you.reload();
  await you.getByRole('heading', { name: 'The shop does not answer' }).waitFor();
  await close();
});

test('a server that is open to other machines says why it cannot be joined', async () => {
  const open = await startServer({ HOST: '0.0.0.0' });
  const { page } = await openPage(browser, `${open.url}/scenarios/session-fixation`);
  const why = page.getByRole('button', { name: 'Why your own browser cannot join' });
  await why.focus();
  await page.keyboard.press('Enter');
  await page.getByText('HOST=0.0.0.0').waitFor();
  expect(await joinLink(page).count()).toBe(0);
  await page.keyboard.press('Escape');
  await expect.poll(() => why.evaluate((button) => button === document.activeElement)).toBe(true);
  await page.context().close();
  await open.stop();
});

describe('the page at the sandbox’s host', () => {
  test.each(['light', 'dark'] as const)(
    'is used by keyboard, and nothing in it is in anybody’s way, %s',
    async (colorScheme) => {
      const { you, close } = await join('session-fixation', 'Protected', { colorScheme });
      await you.getByRole('button', { name: /mallory@shop\.example/ }).focus();
      await you.keyboard.press('Enter');
      await you.getByLabel('Password').press('Enter');
      await you.getByText('Logged in as mallory@shop.example.').waitFor();
      await you.evaluate(axe.source);
      const { violations } = await you.evaluate(() => (window as unknown as { axe: typeof axe }).axe.run());
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
      await close();
    },
  );

  test('fits a phone', async () => {
    const { you, close } = await join('session-fixation');
    await you.setViewportSize({ width: 390, height: 844 });
    expect(await you.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await close();
  });

  test('works with a token that lies in a cookie', async () => {
    const { you, close } = await join('csrf-token');
    await logIn(you);
    await press(you, 'Add to basket');
    await you.getByText('"a hat"').waitFor();
    await close();
  });
});
