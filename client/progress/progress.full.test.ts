import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { scenarios } from '../../scenarios/index.ts';
import { ScenarioPage } from '../../testing/page/scenarioPage.ts';
import { openTab, sandboxUrl, sharedTab } from '../../testing/page/tab.ts';

const tab = sharedTab();

const { title } = scenarios.find(({ slug }) => slug === 'session-fixation')!;

/** The card of the fixation scenario in the catalogue. */
const card = (page: Page) =>
  page.getByRole('region', { name: 'Start here' }).getByRole('listitem').filter({ hasText: title });
/** What the page says about the answer of the step that is shown. */
const answer = ({ page }: ScenarioPage) => page.locator('.ask:not(.predict)');
const openFixation = (step: number) => tab.open('session-fixation', `?step=${step}`);

describe('a prediction', () => {
  test('is not required: Next step plays without one, and no score is shown', async () => {
    const lesson = await openFixation(2);
    await lesson.play(3);
    await expect(answer(lesson)).toShow('The weakness shows');
    await expect(answer(lesson)).not.toShow(/Right|Wrong/);
    await expect(lesson.page.locator('.score')).toBeThere(0);
  });

  test('made with the mouse leaves the arrow keys to the steps; it counts once: after a reset, the learner has seen the answer', async () => {
    const lesson = await openFixation(2);
    await lesson.predict('a new ID');
    await expect.poll(() => lesson.page.evaluate(() => document.activeElement === document.body)).toBe(true);
    await lesson.press('ArrowRight');
    await lesson.isAt(3);
    await expect(lesson.steps).toShow('0 of 1 right');
    await lesson.button('Reset').click();
    await expect(lesson.currentStep).toBeThere(0);
    await lesson.play(1, 2);
    await lesson.predict('the same ID');
    await lesson.play(3);
    await expect(answer(lesson)).toShow('Right.');
    await expect(lesson.steps).toShow('0 of 1 right');
  });
});

describe('progress', () => {
  test('of one tab is seen in another one', async () => {
    const { page } = await tab.visit('/');
    const other = new ScenarioPage(await page.context().newPage(), []);
    await other.page.goto(`${sandboxUrl}/scenarios/session-fixation`);
    await other.runToEnd();
    await expect(card(page)).toShow('Played on the vulnerable app');
    await other.page.close();
  });

  test('is not kept by a browser that blocks its storage, where everything else works', async () => {
    const own = await openTab();
    await own.page.addInitScript(() => {
      Object.defineProperty(window, 'localStorage', {
        get: () => {
          throw new DOMException('The operation is insecure.', 'SecurityError');
        },
      });
    });
    const lesson = await own.open('session-fixation', '?step=2');
    await lesson.predict('the same ID');
    await lesson.play(3);
    await expect(lesson.steps).toShow('1 of 1 right');
    expect(lesson.complaints.filter((complaint) => !complaint.includes('[@mantine/'))).toEqual([]);
    await own.close();
  });
});

test('the way on leads from a lesson to start with to the next one of them, in another chapter', async () => {
  const lesson = await tab.open('first-login');
  await lesson.runToEnd();
  await lesson.page.getByRole('link', { name: `Next: ${title}` }).click();
  await lesson.page.waitForURL(/\/scenarios\/session-fixation\b/);
});

test('a screen reader is not told of the time that passes', async () => {
  const lesson = await tab.open('idle-timeout');
  const { page } = lesson;
  await lesson.play(1);
  const seconds = async () => Number(/TTL (\d+)/.exec((await lesson.redis.textContent()) ?? '')?.[1]);
  await expect(page.getByRole('status').filter({ hasText: 'Alice: POST /auth/login, 200.' })).toBeThere();
  await page.evaluate(() => {
    const live = '[aria-live], [role="status"], [role="alert"], [role="log"], [role="timer"]';
    const announced: string[] = [];
    const watch = new MutationObserver((changes) =>
      announced.push(...changes.map(({ target }) => target.textContent ?? '')),
    );
    for (const region of document.querySelectorAll(live)) {
      watch.observe(region, { childList: true, characterData: true, subtree: true });
    }
    Object.assign(window, { announced });
  });
  const first = await seconds();
  await expect.poll(seconds).toBeLessThanOrEqual(first - 2);
  expect(await page.evaluate(() => (window as unknown as { announced: string[] }).announced)).toEqual([]);
});
