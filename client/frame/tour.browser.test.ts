import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { sharedTab, untilReady } from '../../testing/page/tab.ts';
import { hintOnChanges, hints } from './tourHints.ts';

const tab = sharedTab({ withTour: true });

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

const overlap = (a: Box, b: Box) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
const tourOf = (page: Page) => page.getByRole('group', { name: 'Tour of the page' });
const boxOf = async (element: Locator) => (await element.boundingBox())!;

test.each([
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
])('the tour covers nothing that it points at, fits $width pixels, and does not come back', async (window) => {
  const lesson = await tab.visit('/scenarios/session-fixation', window);
  const { page } = lesson;
  const tour = tourOf(page);
  for (const { text, anchor } of hints) {
    await expect(tour).toShow(text);
    const box = await boxOf(tour);
    expect(overlap(box, await boxOf(page.locator(anchor))), text).toBe(false);
    expect(Math.min(box.x, box.y), text).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width, text).toBeLessThanOrEqual(window.width);
    expect(box.y + box.height, text).toBeLessThanOrEqual(window.height);
    await lesson.press('Enter');
  }
  await expect(tour).not.toBeThere();
  await lesson.press('ArrowRight');
  await lesson.isAt(1);
  await page.reload();
  await lesson.isAt(1);
  await untilReady(page);
  await expect(tour).not.toBeThere();
  expect(lesson.complaints).toEqual([]);
});

test('the page works during the tour, which follows a step, and Escape ends one thing at a time', async () => {
  const lesson = await tab.visit('/scenarios/session-fixation');
  const tour = tourOf(lesson.page);
  await expect(tour).toShow(hints[0]!.text);
  await lesson.press('ArrowRight');
  await lesson.isAt(1);
  await expect(tour).toShow(hintOnChanges.text);
  await lesson.openTab('Log');
  await lesson.press('f');
  const followed = lesson.page.getByRole('group', { name: 'What is followed' });
  await expect(followed).toBeThere();
  await lesson.press('Escape');
  await expect(followed).not.toBeThere();
  await expect(tour).toBeThere();
  await lesson.press('Escape');
  await expect(tour).not.toBeThere();
  await expect(lesson.page.getByRole('tabpanel', { name: 'Log' })).toBeThere();
});
