import { expect, test } from 'vitest';
import { axeFindings } from '../../../testing/page/axe.ts';
import { expectItsCookiesToBeShown, join, joinLink, openAndJoin } from '../../../testing/page/ownBrowser.ts';
import { sharedTab } from '../../../testing/page/tab.ts';
import { startServer } from '../../../testing/serverProcess.ts';

const tab = sharedTab();

test('the page shows its cookies: one that was deleted with the developer tools as removed, and one that was added as it is', async () => {
  const { lesson, own, card } = await openAndJoin(tab, 'protected');
  await own.logIn();
  await expectItsCookiesToBeShown(lesson, own);
  await expect(card).toShow('__Host-sid');
  await lesson.page.context().clearCookies({ name: '__Host-sid' });
  await lesson.page.context().addCookies([{ name: 'theme', value: 'dark', url: own.address.href }]);
  await own.press('See /me');
  await own.shows('Not logged in.');
  await expect(card).toShow('removed');
  await expect(card).toShow('attributes unknown');
  await expect(lesson.diagram).toShow(/cookies chan/);
  await lesson.openTab('Log');
  await expect(lesson.details).toShow('changed in the browser, as this request shows');
  await own.page.close();
});

test('the own browser stays when the scenario goes on, and is not shown at the steps before it came', async () => {
  const lesson = await tab.open('session-fixation', '?step=1');
  const card = lesson.cookiesOf('You');
  const own = await join(lesson);
  await own.logIn();
  await lesson.play(2);
  await expect(card).toShow('__Host-sid');
  await own.press('See /me');
  await expect.poll(() => own.page.locator('#asked, #status').allTextContents()).toEqual(['GET /me', '200 OK']);
  await lesson.press('Home');
  await expect(card).toBeThere(0);
  await lesson.press('End');
  await expect(card).toShow('__Host-sid');
  await own.page.close();
});

test('a server that is open to other machines says why it cannot be joined', async () => {
  const server = await startServer({ HOST: '0.0.0.0' });
  const lesson = await tab.visit(`${server.url}/scenarios/session-fixation`);
  const why = lesson.button('Why your own browser cannot join');
  await why.focus();
  await lesson.press('Enter');
  await expect(lesson.page.getByText('HOST=0.0.0.0')).toBeThere();
  await expect(joinLink(lesson)).toBeThere(0);
  await lesson.press('Escape');
  await expect.poll(() => why.evaluate((button) => button === document.activeElement)).toBe(true);
  await lesson.page.goto('about:blank');
  await server.stop();
});

test('the page at the sandbox’s host works with a token that is kept in a cookie', async () => {
  const own = await join(await tab.open('csrf-token'));
  await own.logIn();
  await own.press('Add to basket');
  await own.shows('"a hat"');
  await own.page.close();
});

test('the page at the sandbox’s host is used with the keyboard, axe finds nothing in it, light and dark, and it fits a phone', async () => {
  const { own } = await openAndJoin(tab, 'protected');
  const { page } = own;
  await page.getByRole('button', { name: /mallory@shop\.example/ }).focus();
  await page.keyboard.press('Enter');
  await page.getByLabel('Password').press('Enter');
  await own.shows('Logged in as mallory@shop.example.');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await axeFindings(page), colorScheme).toEqual([]);
  }
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await page.close();
});
