import { Redis } from 'ioredis';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectedOn, storesOf } from '../../scenarios/engine/scenario.ts';
import type { Variant } from '../../scenarios/engine/trace.ts';
import { scenarios } from '../../scenarios/index.ts';
import {
  type OpenPage,
  openBrowser,
  openPage,
  openTab,
  type RunningServer,
  startServer,
  type Tab,
} from '../../testing/page/page.ts';
import { startTestServer, type TestServer } from '../../testing/redisServer.ts';

let browser: Browser;
let redisServer: TestServer;
let server: RunningServer;
let tab: Tab;

beforeAll(async () => {
  redisServer = await startTestServer();
  [browser, server] = await Promise.all([openBrowser(), startServer({ REDIS_URL: redisServer.url })]);
  tab = await openTab(browser);
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await redisServer?.stop();
});

const next = (page: Page) => page.getByRole('button', { name: 'Next step' });
const previous = (page: Page) => page.getByRole('button', { name: 'Previous step' });
/** The footer says so; what a screen reader is told says more. */
const at = (page: Page, step: number | string) => page.getByText(new RegExp(`^Step ${step} of \\d+$`));
const current = (page: Page) => page.locator('[aria-current="step"]');
const region = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const choose = (page: Page, group: string, choice: string) =>
  page.getByRole('radiogroup', { name: group }).getByText(choice, { exact: true }).click();
/** The button is there to be pressed again when the step is over. */
const playStep = async (page: Page, number: number) => {
  await next(page).click();
  await at(page, number).waitFor();
};

async function open(slug: string): Promise<{ page: Page; complaints: string[] }> {
  const opened = await tab.visit(`${server.url}/scenarios/${slug}`);
  await next(opened.page).waitFor();
  return opened;
}

/** The page begins on the mock where that is enough. */
const opened = scenarios.map((scenario) => ({ ...scenario, store: storesOf(scenario)[0]! }));
const firstOfChapter = opened.filter(
  ({ slug, chapter }) => slug === scenarios.find((other) => other.chapter === chapter)?.slug,
);
const variants = ['Vulnerable', 'Protected'] as const;
/** Some lessons measure how long a login takes, again and again. */
const patience = { timeout: 40_000 };

describe.each(firstOfChapter)('$slug, the first of its chapter', ({ slug, steps, store }) => {
  test.each(variants)('is stepped from start to end, %s', async (variant) => {
    const { page, complaints } = await open(slug);
    await choose(page, 'Variant', variant);
    for (const [index, step] of steps.entries()) {
      await playStep(page, index + 1);
      await expect.poll(() => current(page).textContent()).toContain(`${index + 1}`);
      if (!step.ask) continue;
      const expected = String(expectedOn(step.ask[variant.toLowerCase() as Variant], store));
      await expect.poll(() => region(page, 'Steps').textContent()).toContain(expected);
    }
    await expect.poll(() => next(page).isDisabled()).toBe(true);
    expect(complaints).toEqual([]);
  });
});

describe('every scenario, one after the other in one tab, each reached from the end of the one before:', () => {
  let longTab: OpenPage;
  beforeAll(async () => {
    longTab = await openPage(browser, server.url);
  });
  afterAll(() => longTab.page.context().close());

  /** By the link at the end of the one before; the first one, and one whose test before failed, by its address. */
  async function goTo(page: Page, { slug, title }: { slug: string; title: string }): Promise<void> {
    const link = page.getByRole('link', { name: new RegExp(`^Next scenario.*${escaped(title)}`) });
    if (await link.isVisible()) await link.click();
    else await page.goto(`${server.url}/scenarios/${slug}`);
    await page.getByRole('heading', { name: title, exact: true, level: 1 }).waitFor({ state: 'attached' });
  }

  test.each(opened)(
    '$slug is run to its end and then on the other app, and every ask gets its answer',
    async (scenario) => {
      const { steps, notTheFix = [] } = scenario;
      const { page, complaints } = longTab;
      complaints.length = 0;
      await goTo(page, scenario);
      await choose(page, 'Variant', 'Vulnerable');
      await page.getByText(`${steps.length} steps`, { exact: true }).waitFor();
      const asks = steps.filter(({ ask }) => ask).length;
      await page.getByRole('button', { name: 'Run to end' }).click();
      await page.getByRole('tab', { name: 'Log' }).click();
      for (const variant of variants) {
        await choose(page, 'Variant', variant);
        await expect.poll(() => answers(page, variant), patience).toEqual({ variant, held: asks, failed: 0 });
        await at(page, steps.length).waitFor(patience);
        await expect.poll(() => region(page, 'Steps').textContent()).toContain('What to remember');
      }
      expect(await region(page, 'What does not help').getByRole('listitem').count()).toBe(notTheFix.length);
      expect(complaints).toEqual([]);
    },
  );
});

/** How many asks held and how many did not, as the log says, once that variant has been played. */
async function answers(page: Page, variant: string) {
  const log = (await region(page, 'Details').getByRole('listitem').allTextContents()).filter((line) =>
    line.includes('Asked: '),
  );
  const held = log.filter((line) => line.endsWith(', as expected')).length;
  const playing = await page
    .getByRole('radiogroup', { name: 'Variant' })
    .getByRole('radio', { checked: true })
    .inputValue();
  return { variant: playing === variant.toLowerCase() ? variant : playing, held, failed: log.length - held };
}

describe('the catalogue', () => {
  test('finds scenarios by what is typed, says how many, and leads to them', async () => {
    const { page, complaints } = await tab.visit(server.url);
    const links = page.getByRole('main').getByRole('listitem');
    await expect.poll(() => links.count()).toBe(scenarios.length);
    await page.getByText('Session Sandbox').first().waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('Session FIXATION');
    const found = page.getByRole('main').getByRole('status');
    await expect.poll(() => found.textContent()).toMatch(new RegExp(`^\\d+ of ${scenarios.length}$`));
    await page.getByRole('searchbox').fill('no such thing');
    await expect.poll(() => found.textContent()).toContain('No scenario has “no such thing”');
    expect(await links.count()).toBe(0);
    await page.getByRole('searchbox').fill('session-fixation');
    await links.first().getByRole('link').click();
    await next(page).waitFor();
    expect(complaints).toEqual([]);
  });

  test('opens the first that was found with Enter, and none before anything is typed', async () => {
    const { page } = await tab.visit(server.url);
    const field = page.getByRole('searchbox');
    await field.press('Enter');
    await field.fill('lunch');
    await expect.poll(() => page.getByRole('main').getByRole('listitem').count()).toBe(1);
    expect(new URL(page.url()).pathname).toBe('/');
    await field.press('Enter');
    await page.waitForURL('**/scenarios/idle-timeout');
  });
});

describe('the fixation scenario', () => {
  test('switching the variant in the middle replays the same steps on the other side', async () => {
    const { page } = await open('session-fixation');
    await choose(page, 'Variant', 'Vulnerable');
    for (const step of [1, 2, 3]) await playStep(page, step);
    await expect.poll(() => region(page, 'Steps').textContent()).toContain('the same id');
    await choose(page, 'Variant', 'Protected');
    await expect.poll(() => region(page, 'Steps').textContent()).toContain('a new id');
    expect(await at(page, 3).isVisible()).toBe(true);
  });

  test('switching to the real Redis replays the steps there, under keys that redis-cli can see', async () => {
    const { page } = await open('session-fixation');
    for (const step of [1, 2]) await playStep(page, step);
    await choose(page, 'Redis', 'Real');
    await expect.poll(() => region(page, 'Redis').textContent()).toContain(`127.0.0.1:${redisServer.port}`);
    expect(await at(page, 2).isVisible()).toBe(true);
    const shown = await keyNames(page);
    const redis = new Redis(redisServer.url);
    expect(shown.filter((name) => name.includes(':sess:'))).toHaveLength(1);
    expect(await redis.exists(...shown)).toBe(shown.length);
    redis.disconnect();
  });

  test('going back shows exactly what was then, and going forward what is now', async () => {
    const { page } = await open('session-fixation');
    await playStep(page, 1);
    const afterOne = await region(page, 'Cookies').textContent();
    for (const step of [2, 3, 4]) await playStep(page, step);
    const requests = await region(page, 'Details').textContent();
    for (const step of [3, 2, 1]) {
      await previous(page).click();
      await at(page, step).waitFor();
    }
    expect(withoutTimes(await region(page, 'Cookies').textContent())).toBe(withoutTimes(afterOne));
    for (const step of [2, 3, 4]) await playStep(page, step);
    expect(await region(page, 'Details').textContent()).toBe(requests);
  });

  test('a double click on Next plays one step', async () => {
    const { page } = await open('session-fixation');
    await next(page).dblclick();
    await at(page, 1).waitFor();
    // Had the second click counted, this would be the third step: the server answers in milliseconds.
    await playStep(page, 2);
  });

  test('is driven by the keyboard alone', async () => {
    const { page } = await open('session-fixation');
    await page.keyboard.press('ArrowRight');
    await at(page, 1).waitFor();
    await page.keyboard.press('Space');
    await at(page, 2).waitFor();
    await page.keyboard.press('PageDown');
    await at(page, 3).waitFor();
    await page.keyboard.press('ArrowLeft');
    await at(page, 2).waitFor();
    await page.keyboard.press('End');
    await at(page, 3).waitFor();
    await page.keyboard.press('v');
    await expect.poll(() => region(page, 'Steps').textContent()).toContain('a new id');
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('r');
    await expect.poll(() => current(page).count()).toBe(0);
  });
});

describe('time', () => {
  test('a time to live ticks down on the page without a refresh', async () => {
    const { page } = await open('idle-timeout');
    await playStep(page, 1);
    const seconds = async () => Number(/TTL (\d+)/.exec((await region(page, 'Redis').textContent()) ?? '')?.[1]);
    const first = await seconds();
    expect(first).toBeGreaterThan(1000);
    await expect.poll(seconds, { timeout: 5000 }).toBeLessThanOrEqual(first - 2);
  });

  test('a jump to just before the end lets the record expire in front of the learner', async () => {
    const { page } = await open('idle-timeout');
    await choose(page, 'Variant', 'Protected');
    await playStep(page, 1);
    await page.getByRole('button', { name: 'Jump time' }).click();
    await expect.poll(() => region(page, 'Redis').textContent(), { timeout: 8000 }).toContain('expired');
  });
});

describe('somebody else’s hand', () => {
  test('a key deleted with redis-cli shows within a second, and the next request is not logged in', async () => {
    const { page } = await open('idle-timeout');
    await choose(page, 'Variant', 'Protected');
    await choose(page, 'Redis', 'Real');
    await expect.poll(() => region(page, 'Redis').textContent()).toContain(`127.0.0.1:${redisServer.port}`);
    for (const step of [1, 2]) await playStep(page, step);
    const record = (await keyNames(page)).find((name) => name.includes(':sess:'))!;
    const redis = new Redis(redisServer.url);
    const deleted = performance.now();
    expect(await redis.del(record)).toBe(1);
    redis.disconnect();
    await expect.poll(() => region(page, 'Redis').textContent(), { interval: 20 }).toContain('deleted');
    expect(performance.now() - deleted).toBeLessThan(1000);
    await playStep(page, 3);
    await expect.poll(() => region(page, 'Details').textContent()).toContain('401');
  });

  test('a key deleted on the page is gone, and the page says by whom', async () => {
    const { page } = await open('idle-timeout');
    await playStep(page, 1);
    await region(page, 'Redis')
      .getByRole('group', { name: ':sess:' })
      .getByRole('button', { name: 'Delete key' })
      .click();
    await expect.poll(() => region(page, 'Redis').textContent()).toMatch(/deleted.*by hand/);
  });
});

describe('when something is wrong', () => {
  test('an unknown scenario is said to be unknown, with the ones there are', async () => {
    const { page } = await tab.visit(`${server.url}/scenarios/no-such-thing`);
    await page.getByText('no-such-thing').first().waitFor();
    await page.getByRole('link', { name: new RegExp(scenarios[0]!.title) }).waitFor();
  });

  test('a sandbox the server no longer has is said to be gone, and another one is offered', async () => {
    const own = await startServer();
    const { page } = await openPage(browser, `${own.url}/scenarios/session-fixation`);
    await playStep(page, 1);
    await own.stop();
    const again = await startServer({}, Number(new URL(own.url).port));
    await page.getByRole('button', { name: /start again/i }).click({ timeout: 20_000 });
    await playStep(page, 1);
    await page.context().close();
    await again.stop();
  });

  test('two tabs are two sandboxes', async () => {
    const url = `${server.url}/scenarios/session-fixation`;
    const [one, two] = await Promise.all([openPage(browser, url), openPage(browser, url)]);
    await playStep(one.page, 1);
    await playStep(one.page, 2);
    await playStep(two.page, 1);
    expect(await at(one.page, 2).isVisible()).toBe(true);
    expect(await keyNames(one.page)).not.toEqual(await keyNames(two.page));
    await one.page.context().close();
    await two.page.context().close();
  });
});

/** The accessible names of the key rows: the whole keys. */
async function keyNames(page: Page): Promise<string[]> {
  const names = await region(page, 'Redis')
    .locator('[aria-label^="sandbox:"]')
    .evaluateAll((rows) => rows.map((row) => row.getAttribute('aria-label') ?? ''));
  return [...new Set(names)];
}

/** What counts down differs from look to look. No word boundary at its end: the text of the next element follows at once. */
const withoutTimes = (text: string | null) => text?.replace(/\d+ (h|min|ms|s)/g, '…');

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
