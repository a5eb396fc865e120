/** For tests: the tour of the page. */
import type { Locator, Page, ViewportSize } from 'playwright-core';
import { expect } from 'vitest';
import { hints } from '../../client/frame/tourHints.ts';
import { untilReady } from './readyPage.ts';
import type { Tab } from './tab.ts';

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

const overlap = (a: Box, b: Box) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
export const tourOf = (page: Page) => page.getByRole('group', { name: 'Tour of the page' });
const boxOf = async (element: Locator) => (await element.boundingBox())!;

/** Takes the whole tour. Expects that it covers nothing that it points at, stays within the window, and does not come back. */
export async function expectTourToFit(tab: Pick<Tab, 'visit'>, window: ViewportSize): Promise<void> {
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
    expect(await lettersUnderRing(page, anchor), text).toEqual([]);
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
}

/** The texts of what a hint points at that the frame around it lies upon. */
const lettersUnderRing = (page: Page, anchor: string): Promise<string[]> =>
  page.evaluate((selector) => {
    // The frame and the line inside it, each 2 px wide.
    const line = 4;
    const ring = document.querySelector('.tour-ring')!.getBoundingClientRect();
    const texts = document.createTreeWalker(document.querySelector(selector)!, NodeFilter.SHOW_TEXT);
    const cut: string[] = [];
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      const range = document.createRange();
      range.selectNodeContents(text);
      const { left, right, top, bottom } = range.getBoundingClientRect();
      const hits = (inner: number, edge: number) => Math.abs(inner - edge) < line;
      const upon = hits(left, ring.left) || hits(right, ring.right) || hits(top, ring.top) || hits(bottom, ring.bottom);
      if (right > left && upon) cut.push(text.textContent ?? '');
    }
    return cut;
  }, anchor);
