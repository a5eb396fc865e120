import type { Locator } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { scenarios } from '../../scenarios/index.ts';
import type { ScenarioPage } from '../../testing/page/scenarioPage.ts';
import { sharedTab } from '../../testing/page/tab.ts';

// What is about a size, about one tab of the details or about a false link is in compare.full.test.ts.

const tab = sharedTab();

const fixation = scenarios.find(({ slug }) => slug === 'session-fixation')!;
const asks = fixation.steps.flatMap(({ ask }) => ask ?? []);
const sides = ['Vulnerable', 'Protected'] as const;
const variants = ['vulnerable', 'protected'] as const;

const open = (search: string) => tab.open('session-fixation', search);
/** Where an element ends, in px from the top of the window. */
const bottom = async (element: Locator) => {
  const { y, height } = (await element.boundingBox())!;
  return y + height;
};
const searchOf = ({ page }: ScenarioPage) => new URL(page.url()).search;

describe('both variants side by side', () => {
  test('are stepped together, and all answers are in one table', async () => {
    const lesson = await open('?variant=both');
    await lesson.play(1, 2, 3, 4, 5);
    await lesson.openTab(/^Questions/);
    const rows = lesson.page.getByRole('table').getByRole('row');
    await expect(rows).toBeThere(asks.length + 1);
    const cells = await rows.evaluateAll((all) =>
      all.slice(1).map((row) => [...row.children].slice(1).map((cell) => cell.textContent)),
    );
    expect(cells).toEqual(
      asks.map(({ question, vulnerable, protected: fixed }) => [
        question,
        String(vulnerable),
        vulnerable === fixed ? '=' : '≠',
        String(fixed),
      ]),
    );
    expect(lesson.complaints).toEqual([]);
  });

  test('are predicted with digits: first for the vulnerable app, then for the protected one, or for the one in focus', async () => {
    const lesson = await open('?variant=both&step=2');
    const answer = (side: string, text: string) => lesson.steps.getByRole('radio', { name: `${side}: ${text}` });
    const [first, second] = (await lesson.steps.locator('.predict .choice-text').allTextContents()) as [string, string];
    await lesson.press('1');
    await expect.poll(() => answer('Vulnerable', first).isChecked()).toBe(true);
    expect(await lesson.steps.getByRole('radio', { checked: true }).count()).toBe(1);
    await lesson.press('2');
    await expect.poll(() => answer('Protected', second).isChecked()).toBe(true);
    await answer('Protected', second).focus();
    await lesson.press('1');
    await expect.poll(() => answer('Protected', first).isChecked()).toBe(true);
    expect(await answer('Vulnerable', first).isChecked()).toBe(true);
    expect(lesson.complaints).toEqual([]);
  });

  describe('at step 3', () => {
    let lesson: ScenarioPage;
    beforeAll(async () => {
      lesson = await open('?variant=both&step=3');
    });

    test('show the first difference highlighted on both sides, where it is visible', async () => {
      const highlighted = (name: (typeof sides)[number]) => lesson.side(name).locator('[data-lit]');
      await expect(highlighted('Vulnerable')).toShow('SET');
      await expect(highlighted('Protected')).toShow('DEL');
      for (const name of sides) {
        const [row, scroller] = await Promise.all([
          highlighted(name).boundingBox(),
          lesson.side(name).locator('.diagram-scroller').boundingBox(),
        ]);
        expect(row!.y).toBeGreaterThanOrEqual(scroller!.y);
        expect(row!.y + row!.height).toBeLessThanOrEqual(scroller!.y + scroller!.height);
      }
      const marked = lesson.page.getByRole('tab', { name: /differs/ });
      expect(await marked.allTextContents()).toEqual([
        expect.stringContaining('Cookies'),
        expect.stringContaining('Redis'),
        expect.stringContaining('Request & response'),
      ]);
      await lesson.goBackTo(2);
      await expect(lesson.page.locator('[data-lit]')).toBeThere(0);
      await expect(marked).toBeThere(0);
      await lesson.press('End');
      await lesson.isAt(3);
    });

    test('show the whole menu of a cookie, in front of everything else', async () => {
      await lesson.openTab('Cookies');
      await lesson.half('Cookies', 'vulnerable').getByRole('button', { name: 'Change __Host-sid of Alice' }).click();
      const items = lesson.page.getByRole('menuitem');
      await expect(items).toBeThere(3);
      const inFront = () =>
        items.evaluateAll((all) =>
          all.map((item) => {
            const { left, right, top, bottom } = item.getBoundingClientRect();
            return item.contains(document.elementFromPoint((left + right) / 2, (top + bottom) / 2));
          }),
        );
      await expect.poll(inFront).toEqual([true, true, true]);
      await lesson.press('Escape');
      await expect(items).toBeThere(0);
    });

    test('show the request of each side, its Redis commands and the code that handled it, side by side', async () => {
      await lesson.openTab('Redis commands 12 ≠ 14');
      // Bookkeeping is folded.
      await expect(lesson.half('Redis commands', 'vulnerable').getByRole('listitem')).toBeThere(5);
      await expect(lesson.half('Redis commands', 'protected').getByRole('listitem')).toBeThere(6);
      // The line that sent a command of one side is highlighted on that side only.
      await lesson
        .half('Redis commands', 'vulnerable')
        .getByRole('button', { name: /^line weaknesses\/login-keeps-session-id\.ts/ })
        .click();
      const highlighted = (variant: (typeof variants)[number]) =>
        lesson.half('Code', variant).locator('[data-mark=lit]');
      await expect(highlighted('vulnerable')).toShow('await save(req);');
      await expect(highlighted('protected')).toBeThere(0);
      await expect(lesson.half('Code', 'protected')).toShow('regenerate');
    });

    test('are left for a diagram that shows the end of the step', async () => {
      await lesson.openTab('Code');
      await lesson.choose('Variant', 'Vulnerable');
      await lesson.isAt(3);
      const last = lesson.diagram.locator('.diagram-row').last();
      await expect.poll(async () => (await bottom(last)) - (await bottom(lesson.diagram))).toBeLessThan(1);
    });
  });

  test('are reached from one variant, and left for one variant, at the same step', async () => {
    const lesson = await open('?variant=protected&step=2');
    for (const [choice, search] of [
      ['Both', '?variant=both&step=2'],
      ['Vulnerable', '?variant=vulnerable&step=2'],
    ] as const) {
      await lesson.choose('Variant', choice);
      await expect.poll(() => searchOf(lesson)).toBe(search);
      await lesson.isAt(2);
    }
    // The arrow keys are the player's, also in a switch: they start no other run.
    await lesson.page.getByRole('radio', { name: 'Vulnerable' }).focus();
    await lesson.press('ArrowLeft');
    await lesson.isAt(1);
    expect(await lesson.chosen('Variant')).toBe('vulnerable');
    await lesson.press('ArrowDown');
    expect(await lesson.chosen('Variant')).toBe('vulnerable');
    await lesson.press('Enter');
    await expect.poll(() => lesson.chosen('Variant')).toBe('protected');
  });

  test('can be predicted before they are played, and the page says for each side whether that was right', async () => {
    const lesson = await open('?variant=both&step=2');
    for (const name of sides) await lesson.page.getByRole('radio', { name: `${name}: a new ID` }).check();
    await lesson.play(3);
    await expect(lesson.steps).toShow('Wrong. You said “a new ID”.');
    await expect(lesson.steps.getByText('Right.', { exact: true })).toBeThere();
    await expect(lesson.steps).toShow('1 of 2 right');
    expect(await lesson.page.getByRole('radio', { name: 'Vulnerable: alice@shop.example' }).isChecked()).toBe(false);
  });
});

describe('the address', () => {
  test('follows what is shown, and a reload leads to the same place', async () => {
    const lesson = await open('');
    await expect.poll(() => searchOf(lesson)).toBe('?variant=vulnerable');
    await lesson.play(1, 2, 3);
    await lesson.press('v');
    await expect.poll(() => searchOf(lesson)).toBe('?variant=protected&step=3');
    await lesson.press('ArrowLeft');
    await expect.poll(() => searchOf(lesson)).toBe('?variant=protected&step=2');
    await lesson.page.reload();
    await lesson.isAt(2);
    expect(await lesson.chosen('Variant')).toBe('protected');
  });
});

test('an action in the past asks first; then it plays the steps up to there again in a new sandbox, and acts in that', async () => {
  const lesson = await open('?step=4');
  await lesson.press('ArrowLeft');
  await lesson.isAt(3);
  const before = await lesson.record.getAttribute('aria-label');
  await lesson.record.getByRole('button', { name: 'Delete key' }).click();
  await expect(lesson.dialog).toShow('Steps 1 to 3 can be replayed in a fresh sandbox');
  await lesson.press('Escape');
  await expect(lesson.dialog).not.toBeThere();
  expect(await lesson.record.getAttribute('aria-label')).toBe(before);

  await lesson.record.getByRole('button', { name: 'Delete key' }).click();
  await lesson.dialog.getByRole('button', { name: 'Fork here' }).click();
  await expect(lesson.redis).toShow(/deleted.*manually/);
  await lesson.isAt(3);
  await expect(lesson.page.getByText('Forked: steps 1 to 3 were replayed in a fresh sandbox')).toBeThere();
  await lesson.play(4);
  await expect(lesson.diagram).toShow('401');
});
