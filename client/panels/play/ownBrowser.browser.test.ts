import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { JarChanged, TraceEvent } from '../../../scenarios/engine/trace.ts';
import { axeFindings } from '../../../testing/page/axe.ts';
import { openStream } from '../../../testing/page/eventStream.ts';
import type { ScenarioPage } from '../../../testing/page/scenarioPage.ts';
import { sharedTab } from '../../../testing/page/tab.ts';
import { startServer } from '../../../testing/serverProcess.ts';

const tab = sharedTab();

const joinLink = ({ page }: ScenarioPage) => page.getByRole('link', { name: /Join with your own browser/ });

/** The learner's own browser: the other tab, at the sandbox's own host. */
class OwnBrowser {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get address(): URL {
    return new URL(this.page.url());
  }

  async press(name: string): Promise<void> {
    await this.page.getByRole('button', { name, exact: true }).click();
  }

  async logIn(): Promise<void> {
    await this.press('Log in');
    await this.shows('Logged in as alice@shop.example.');
  }

  async shows(text: string): Promise<void> {
    await this.page.getByText(text).first().waitFor();
  }
}

/** Follows the link to the sandbox's own host. */
async function join(lesson: ScenarioPage): Promise<OwnBrowser> {
  await joinLink(lesson).waitFor();
  const [opened] = await Promise.all([lesson.page.waitForEvent('popup'), joinLink(lesson).click()]);
  const own = new OwnBrowser(opened);
  await own.shows('Not logged in.');
  return own;
}

/** The fixation scenario before its first step, with the learner's own browser in it. */
async function openAndJoin(variant = 'vulnerable') {
  const lesson = await tab.open('session-fixation', `?variant=${variant}`);
  const own = await join(lesson);
  return { lesson, own, card: lesson.cookiesOf('You') };
}

/** The recorded events, as soon as one is as wanted. */
async function recorded({ address }: OwnBrowser, isWanted: (event: TraceEvent) => boolean): Promise<TraceEvent[]> {
  const stream = await openStream(Number(address.port), address.hostname.split('.')[0]!);
  await expect.poll(() => stream.events.some(isWanted)).toBe(true);
  stream.cut();
  return [...stream.events];
}

/** The page shows the cookies that the browser really has, and no script can read them. */
async function expectItsCookiesToBeShown({ page }: ScenarioPage, own: OwnBrowser): Promise<void> {
  const isOwnJar = (event: TraceEvent): event is JarChanged => event.type === 'jar' && event.actor === 'you';
  const shown = (await recorded(own, isOwnJar)).filter(isOwnJar).at(-1)!.cookies;
  const real = await page.context().cookies(own.address.href);
  const described = ({ name, value, path, secure, httpOnly, sameSite }: (typeof shown | typeof real)[number]) =>
    JSON.stringify({ name, value, path, secure, httpOnly, sameSite });
  expect(shown.map(described).sort()).toEqual(real.map(described).sort());
  expect(real.map(({ name }) => name).sort()).toEqual(['__Host-device', '__Host-sid']);
  expect(await own.page.evaluate(() => document.cookie)).toBe('');
}

test('the own browser logs in, fills the basket and logs out in another tab, and is one more actor on the page, with its cookies', async () => {
  const { lesson, own, card } = await openAndJoin();
  expect(own.address.hostname).toMatch(/^[0-9a-f]{12}\.localhost$/);
  await expect(card).toShow('no cookies');
  await own.logIn();
  await expectItsCookiesToBeShown(lesson, own);
  await own.press('Add to basket');
  await own.shows('"a hat"');

  await expect(card).toShow('__Host-sid');
  const chip = await card.locator('.sid').first().textContent();
  await expect(lesson.redis).toShow(chip!.trim());
  await expect(lesson.diagram).toShow(/joins, with yo/);
  const arrow = (name: RegExp) => lesson.diagram.getByRole('button', { name });
  await expect(arrow(/You sends POST \/auth\/login to Express/)).toBeThere(1);
  await expect(arrow(/You sends POST \/basket to Express/)).toBeThere(1);
  await arrow(/You sends POST \/auth\/login/).click();
  await expect(lesson.details).toShow('the reverse proxy reports https to the app');

  await own.press('Log out');
  await own.shows('Logged out.');
  await expect(card).toShow('removed');
  await own.press('See /me');
  await own.shows('Not logged in.');
  await own.page.close();
});

test('the page shows its cookies: one that was deleted with the developer tools as removed, and one that was added as it is', async () => {
  const { lesson, own, card } = await openAndJoin('protected');
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

test('when the page has left a sandbox, its host says that it is no longer there, and the link leads to the new one', async () => {
  const { lesson, own } = await openAndJoin();
  await lesson.choose('Variant', 'Protected');
  await expect.poll(() => joinLink(lesson).getAttribute('href')).not.toBe(own.address.href);
  await own.press('See /me');
  await own.shows('The server does not have this sandbox');
  await own.page.reload();
  await own.page.getByRole('heading', { name: 'The shop does not answer' }).waitFor();
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

describe('the page at the sandbox’s host', () => {
  test('is used with the keyboard, axe finds nothing in it, light and dark, and it fits a phone', async () => {
    const { own } = await openAndJoin('protected');
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

  test('works with a token that is kept in a cookie', async () => {
    const own = await join(await tab.open('csrf-token'));
    await own.logIn();
    await own.press('Add to basket');
    await own.shows('"a hat"');
    await own.page.close();
  });
});
