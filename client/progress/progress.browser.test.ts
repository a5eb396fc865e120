import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { scenarios } from '../../scenarios/index.ts';
import type { ScenarioPage } from '../../testing/page/scenarioPage.ts';
import { sandboxUrl, sharedTab } from '../../testing/page/tab.ts';

const tab = sharedTab();

const place = scenarios.findIndex(({ slug }) => slug === 'session-fixation');
const { title, chapter } = scenarios[place]!;
const inChapter = scenarios.filter((scenario) => scenario.chapter === chapter).length;

/** The card of the fixation scenario in the catalogue. */
const card = (page: Page) =>
  page.getByRole('region', { name: 'Start here' }).getByRole('listitem').filter({ hasText: title });
/** What the page says about the answer of the step that is shown. */
const answer = ({ page }: ScenarioPage) => page.locator('.ask:not(.predict)');
const choices = ({ steps }: ScenarioPage) => steps.getByRole('radiogroup');
const openFixation = (step: number) => tab.open('session-fixation', `?step=${step}`);

describe('a prediction', () => {
  test('can be made before the step is played; then the page says whether it was right, and why, in the past, too', async () => {
    const lesson = await openFixation(2);
    await expect(choices(lesson).getByRole('radio')).toBeThere(2);
    await lesson.predict('a new ID');
    await lesson.play(3);
    await expect(lesson.steps).toShow('Wrong. You said “a new ID”, which is what the protected app answers.');
    await lesson.predict('alice@shop.example');
    await lesson.play(4);
    await expect(lesson.steps).toShow('Right. The protected app answers “nobody”.');
    await expect(lesson.steps).toShow('1 of 2 right');
    await expect(lesson.page.getByRole('status').filter({ hasText: 'Your prediction was right.' })).toBeThere();
    await lesson.goBackTo(3);
    await expect(answer(lesson)).toShow('Wrong. You said “a new ID”');
    await expect(choices(lesson)).toBeThere(0);
    expect(lesson.complaints).toEqual([]);
  });

  test('is made with the keyboard, which then goes on to the next step', async () => {
    const lesson = await openFixation(2);
    await lesson.currentStep.focus();
    await lesson.press('Tab', 'ArrowDown');
    await expect(choices(lesson).getByRole('radio', { checked: true })).toBeThere(1);
    await lesson.press('PageDown');
    await lesson.isAt(3);
    await expect(answer(lesson)).toShow(/Right\.|Wrong\./);
    // A digit chooses an answer wherever the focus is.
    await lesson.press('1');
    await expect(choices(lesson).getByRole('radio', { checked: true })).toBeThere(1);
  });
});

describe('progress', () => {
  test('is shown for the scenario and its chapter, survives a reload, and is cleared after a question', async () => {
    const lesson = await openFixation(2);
    const { page } = lesson;
    await lesson.predict('the same ID');
    await lesson.runToEnd();
    // The lesson names the fix: who wants to find it is asked before.
    await expect(lesson.region('Ending')).toShow(
      /Put it right yourself.*What to remember.*Show the fix.*What does not help.*You predicted 1 of 1/s,
    );
    await lesson.choose('Variant', 'Protected');
    await expect(lesson.steps).toShow('The protection holds');

    await page.goto(sandboxUrl);
    await expect(card(page)).toShow('Played on both apps · 1 of 1 prediction right');
    await page.reload();
    await expect(card(page)).toShow('Played on both apps');
    await expect(page.getByRole('navigation', { name: 'Chapters' })).toShow(`1 of ${inChapter}`);
    const progress = lesson.region('Progress');
    await expect(progress).toShow(`1 of ${scenarios.length} played to the end`);

    await progress.getByRole('button', { name: 'Clear' }).click();
    await lesson.button('Cancel').click();
    await expect(lesson.dialog).not.toBeThere();
    await expect(card(page)).toShow('Played');
    await progress.getByRole('button', { name: 'Clear' }).click();
    await lesson.dialog.getByRole('button', { name: 'Clear' }).click();
    await expect(progress).not.toBeThere();
    await page.reload();
    await expect(card(page)).toBeThere();
    await expect(card(page)).not.toShow('Played');
    expect(lesson.complaints).toEqual([]);
  });
});

describe('the way on', () => {
  test('leads from the catalogue to the first lesson, and later to the first one that has not been played', async () => {
    const lesson = await tab.visit('/');
    const link = (name: string) => lesson.page.getByRole('link', { name });
    await link('Start: How a session works').click();
    await lesson.runToEnd();
    await link('Session Sandbox').click();
    await expect(link('Go on: Session fixation')).toBeThere();
  });
});

describe('the keyboard', () => {
  test('finds a scenario on the page of another one: /, the text, Enter', async () => {
    const lesson = await tab.open('session-fixation');
    const { page } = lesson;
    await lesson.press('/');
    const field = page.getByRole('combobox', { name: 'Find a scenario' });
    await expect.poll(() => field.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.type('lunch');
    await expect
      .poll(() => page.getByRole('listbox').getByRole('option').allTextContents())
      .toEqual(['Idle timeoutLunch break']);
    await lesson.press('Enter');
    await page.waitForURL(/\/scenarios\/idle-timeout\b/);
  });

  test('moves through the steps, the arrows of the diagram and the log with up and down; each is one stop of Tab', async () => {
    const lesson = await openFixation(3);
    const { page, steps, diagram, details } = lesson;
    const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');

    await lesson.currentStep.focus();
    await lesson.press('ArrowDown');
    expect(await focused()).toContain('Mallory opens the account page');
    await lesson.press('ArrowUp', 'ArrowUp', 'Enter');
    await lesson.isAt(2);
    await expect(steps.locator('button.step[tabindex="0"]')).toBeThere(1);
    await lesson.press('End');
    await lesson.isAt(3);

    const arrow = diagram.locator('button.diagram-row[tabindex="0"]');
    await expect(arrow).toBeThere(1);
    await arrow.focus();
    const last = await focused();
    for (let up = 0; up < 12; up++) await lesson.press('ArrowUp');
    expect(await focused()).not.toBe(last);
    await lesson.press('Enter');
    await lesson.isAt(1);

    const tabs = details.getByRole('tablist');
    await expect(tabs.locator('[role="tab"][tabindex="0"]')).toBeThere(1);
    await tabs.getByRole('tab').first().focus();
    await lesson.press('ArrowRight');
    await expect(tabs.getByRole('tab', { selected: true })).toBeThere(1);
    expect(await tabs.getByRole('tab').nth(1).getAttribute('aria-selected')).toBe('true');

    await lesson.openTab('Log');
    const line = page.getByRole('tabpanel', { name: 'Log' }).locator('button[tabindex="0"]');
    await expect(line).toBeThere(1);
    await line.focus();
    const text = await focused();
    await lesson.press('ArrowUp');
    expect(await focused()).not.toBe(text);
  });
});
