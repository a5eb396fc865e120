import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { scenarios } from '../../scenarios/index.ts';
import { openBrowser, openPage, openTab, type RunningServer, startServer, type Tab } from '../../testing/page/page.ts';

let browser: Browser;
let server: RunningServer;
let tab: Tab;

beforeAll(async () => {
  [browser, server] = await Promise.all([openBrowser(), startServer()]);
  tab = await openTab(browser);
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const next = (page: Page) => page.getByRole('button', { name: 'Next step' });
const steps = (page: Page) => page.getByRole('region', { name: 'Steps' });
const prediction = (page: Page) => steps(page).getByRole('radiogroup');
const predict = (page: Page, answer: string) => prediction(page).getByText(answer, { exact: true }).click();
const told = (page: Page) => page.locator('.ask:not(.predict)').textContent();
const card = (page: Page, title: string) => page.getByRole('listitem').filter({ hasText: title });
const playTo = async (page: Page, ...numbers: number[]) => {
  for (const number of numbers) {
    await next(page).click();
    await page.getByText(new RegExp(`^Step ${number} of \\d+$`)).waitFor();
  }
};
const open = async (path: string) => {
  const opened = await tab.visit(server.url + path);
  await opened.page.getByRole('heading', { level: 1 }).waitFor();
  return opened;
};

const fixation = '/scenarios/session-fixation';
const [first, second] = scenarios;
/** The first of its chapter. */
const place = scenarios.findIndex(({ slug }) => slug === 'session-fixation');
const { title, chapter } = scenarios[place]!;
const inChapter = scenarios.filter((scenario) => scenario.chapter === chapter).length;

describe('a prediction', () => {
  test('is asked for before the step is played, and the reveal says right or wrong and why', async () => {
    const { page, complaints } = await open(fixation);
    await playTo(page, 1, 2);
    expect(await prediction(page).getByRole('radio').count()).toBe(2);
    await predict(page, 'a new id');
    await playTo(page, 3);
    await expect
      .poll(() => steps(page).textContent())
      .toContain('Wrong. You said “a new id”, which is what the protected app answers.');
    await predict(page, 'alice@shop.example');
    await playTo(page, 4);
    await expect.poll(() => steps(page).textContent()).toContain('Right. The protected app answers “nobody”.');
    await steps(page).getByText('1 of 2 right').waitFor();
    await page.getByRole('status').filter({ hasText: 'Your prediction was right.' }).waitFor();
    expect(complaints).toEqual([]);
  });

  test('is never asked for twice over: nobody has to, and Next plays either way', async () => {
    const { page } = await open(fixation);
    await playTo(page, 1, 2, 3);
    expect(await told(page)).toContain('The weakness shows');
    expect(await told(page)).not.toMatch(/Right|Wrong/);
    expect(await page.locator('.score').count()).toBe(0);
  });

  test('cannot be made of what has been played, and what was made is seen in the past', async () => {
    const { page } = await open(fixation);
    await playTo(page, 1, 2);
    await predict(page, 'the same id');
    await playTo(page, 3, 4);
    await page.getByRole('button', { name: 'Previous step' }).click();
    await expect.poll(() => steps(page).textContent()).toContain('Right. The protected app answers “a new id”.');
    expect(await prediction(page).count()).toBe(0);
  });

  test('counts once: who resets and predicts again has seen the answer', async () => {
    const { page } = await open(fixation);
    await playTo(page, 1, 2);
    await predict(page, 'a new id');
    await playTo(page, 3);
    await steps(page).getByText('0 of 1 right').waitFor();
    await page.getByRole('button', { name: 'Reset' }).click();
    await expect.poll(() => page.locator('[aria-current="step"]').count()).toBe(0);
    await playTo(page, 1, 2);
    await predict(page, 'the same id');
    await playTo(page, 3);
    await expect.poll(() => told(page)).toContain('Right.');
    await steps(page).getByText('0 of 1 right').waitFor();
  });

  test('is made with the keyboard, which goes on stepping afterwards', async () => {
    const { page } = await open(fixation);
    await playTo(page, 1, 2);
    await page.locator('[aria-current="step"]').focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    expect(await prediction(page).getByRole('radio', { checked: true }).count()).toBe(1);
    await page.keyboard.press('PageDown');
    await page.getByText('Step 3 of 5', { exact: true }).waitFor();
    await expect.poll(() => told(page)).toMatch(/Right\.|Wrong\./);
  });

  test('made with the mouse leaves the arrow keys to the steps', async () => {
    const { page } = await open(fixation);
    await playTo(page, 1, 2);
    await predict(page, 'a new id');
    await expect.poll(() => page.evaluate(() => document.activeElement === document.body)).toBe(true);
    await page.keyboard.press('ArrowRight');
    await page.getByText('Step 3 of 5', { exact: true }).waitFor();
  });
});

describe('progress', () => {
  test('is shown per scenario and chapter, survives a reload, and is cleared when that is confirmed', async () => {
    const { page, complaints } = await open(fixation);
    await playTo(page, 1, 2);
    await predict(page, 'the same id');
    await page.getByRole('button', { name: 'Run to end' }).click();
    await steps(page).getByText('What to remember').waitFor();
    await page.getByRole('radiogroup', { name: 'Variant' }).getByText('Protected').click();
    await expect.poll(() => steps(page).textContent()).toContain('The protection holds');
    await page.goto(server.url);
    await card(page, title).getByText('Played on both apps · 1 of 1 prediction right').waitFor();
    await page.reload();
    await card(page, title).getByText('Played on both apps').waitFor();
    await page.getByRole('navigation', { name: 'Chapters' }).getByText(`1 of ${inChapter}`).waitFor();
    const progress = page.getByRole('region', { name: 'Progress' });
    await progress.getByText(`1 of ${scenarios.length} played to the end`).waitFor();

    await progress.getByRole('button', { name: 'Clear' }).click();
    await page.getByRole('button', { name: 'Keep it' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await card(page, title).textContent()).toContain('Played');
    await progress.getByRole('button', { name: 'Clear' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Clear' }).click();
    await progress.waitFor({ state: 'detached' });
    await page.reload();
    expect(await card(page, title).textContent()).not.toContain('Played');
    expect(complaints).toEqual([]);
  });

  test('of one tab is seen in another one', async () => {
    const { page } = await open('/');
    const other = await page.context().newPage();
    await other.goto(server.url + fixation);
    await other.getByRole('button', { name: 'Run to end' }).click();
    await card(page, title).getByText('Played on the vulnerable app').waitFor();
    await other.close();
  });

  test('cannot be kept in a browser that has blocked its storage, and all else works', async () => {
    const { page, complaints } = await openPage(browser, 'about:blank');
    await page.addInitScript(() => {
      Object.defineProperty(window, 'localStorage', {
        get: () => {
          throw new DOMException('The operation is insecure.', 'SecurityError');
        },
      });
    });
    await page.goto(server.url + fixation);
    await playTo(page, 1, 2);
    await predict(page, 'the same id');
    await playTo(page, 3);
    await steps(page).getByText('1 of 1 right').waitFor();
    expect(complaints.filter((complaint) => !complaint.includes('[@mantine/'))).toEqual([]);
    await page.context().close();
  });
});

describe('the way on', () => {
  test('leads from the end of a scenario to the next one, also into the next chapter', async () => {
    const { page } = await open(`/scenarios/${scenarios[place - 1]!.slug}`);
    await page.getByRole('button', { name: 'Run to end' }).click();
    await page.getByRole('link', { name: `Next scenario ${title}` }).click();
    await page.waitForURL(`**${fixation}`);
  });

  test('leads from the catalogue to the first scenario, and then to the first that was not played', async () => {
    const { page } = await open('/');
    await page.getByRole('link', { name: `Begin with “${first!.title}”` }).click();
    await page.getByRole('button', { name: 'Run to end' }).click();
    await steps(page).getByText('What to remember').waitFor();
    await page.getByRole('link', { name: 'Session Sandbox' }).click();
    await page.getByRole('link', { name: `Go on with “${second!.title}”` }).waitFor();
  });
});

describe('the keyboard', () => {
  test('finds a scenario with / on a scenario’s page: typing, then Enter', async () => {
    const { page } = await open(fixation);
    await next(page).waitFor();
    await page.keyboard.press('/');
    await page.getByRole('combobox', { name: 'Find a scenario' }).waitFor();
    await page.keyboard.type('lunch');
    await expect.poll(() => page.getByRole('listbox').getByRole('option').allTextContents()).toEqual(['Lunch break']);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/scenarios/idle-timeout');
  });

  test('goes through the steps, the arrows of the diagram and the log with up and down, each one stop of Tab', async () => {
    const { page } = await open(fixation);
    await playTo(page, 1, 2, 3);
    const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');

    await page.locator('[aria-current="step"]').focus();
    await page.keyboard.press('ArrowDown');
    expect(await focused()).toContain('Mallory opens the account page');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await page.getByText('Step 2 of 5', { exact: true }).waitFor();
    expect(await steps(page).locator('button.step[tabindex="0"]').count()).toBe(1);
    await page.keyboard.press('End');

    const diagram = page.getByRole('region', { name: 'Diagram' });
    expect(await diagram.locator('button.diagram-row[tabindex="0"]').count()).toBe(1);
    await diagram.locator('button.diagram-row[tabindex="0"]').focus();
    const last = await focused();
    for (let up = 0; up < 12; up++) await page.keyboard.press('ArrowUp');
    expect(await focused()).not.toBe(last);
    await page.keyboard.press('Enter');
    await page.getByText('Step 1 of 5', { exact: true }).waitFor();

    const tabs = page.getByRole('region', { name: 'Details' }).getByRole('tablist');
    expect(await tabs.locator('[role="tab"][tabindex="0"]').count()).toBe(1);
    await tabs.getByRole('tab').first().focus();
    await page.keyboard.press('ArrowRight');
    expect(await tabs.getByRole('tab').nth(1).getAttribute('aria-selected')).toBe('true');

    await tabs.getByRole('tab', { name: 'Log' }).click();
    const log = page.getByRole('tabpanel', { name: 'Log' });
    await expect.poll(() => log.locator('button[tabindex="0"]').count()).toBe(1);
    await log.locator('button[tabindex="0"]').focus();
    const line = await focused();
    await page.keyboard.press('ArrowUp');
    expect(await focused()).not.toBe(line);
  });
});

test('what a screen reader is told says nothing of the time that runs', async () => {
  const { page } = await open('/scenarios/idle-timeout');
  await playTo(page, 1);
  const seconds = async () =>
    Number(/TTL (\d+)/.exec((await page.getByRole('region', { name: 'Redis' }).textContent()) ?? '')?.[1]);
  await page.getByRole('status').filter({ hasText: 'Alice: POST /auth/login, 200.' }).waitFor();
  await page.evaluate(() => {
    const live = document.querySelectorAll(
      '[aria-live], [role="status"], [role="alert"], [role="log"], [role="timer"]',
    );
    const said: string[] = [];
    const watch = new MutationObserver((changes) =>
      said.push(...changes.map(({ target }) => target.textContent ?? '')),
    );
    for (const region of live) watch.observe(region, { childList: true, characterData: true, subtree: true });
    Object.assign(window, { said });
  });
  const first = await seconds();
  await expect.poll(seconds, { timeout: 8000 }).toBeLessThanOrEqual(first - 3);
  expect(await page.evaluate(() => (window as unknown as { said: string[] }).said)).toEqual([]);
});
