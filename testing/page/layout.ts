/** For tests of the page: what can be measured of its layout. All sizes are pixels of the window, zoom included. */
import type { Locator, Page } from 'playwright-core';

/** Pixels by which the page is wider than the window, and the steps wider than their column. */
export const overflow = (page: Page): Promise<{ page: number; steps: number }> =>
  page.evaluate(() => {
    const over = (element: Element | null) => (element ? Math.max(0, element.scrollWidth - element.clientWidth) : 0);
    return { page: over(document.documentElement), steps: over(document.querySelector('.frame-steps')) };
  });

/** The names of the controls in header and footer that the window cuts off at a side: nothing scrolls there. */
export const controlsCutOff = (page: Page): Promise<(string | null)[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('header :is(a, button, label, input), footer :is(button, select)')]
      .filter((control) => {
        const { left, right, width } = control.getBoundingClientRect();
        return width > 1 && (left < 0 || right > window.innerWidth);
      })
      .map((control) => control.textContent || control.getAttribute('aria-label')),
  );

/** The size in which the text of the first such element is shown. */
export const textSize = (page: Page, selector: string): Promise<number> =>
  page
    .locator(selector)
    .first()
    .evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize) * element.currentCSSZoom);

/** The smallest text that is meant to be read, and its size. The shapes of session ids are no text. */
export const smallestText = (page: Page): Promise<{ size: number; text: string }> =>
  page.evaluate(() => {
    const walker = document.createTreeWalker(document.querySelector('#root')!, NodeFilter.SHOW_TEXT);
    const sizes: { size: number; text: string }[] = [];
    while (walker.nextNode()) {
      const text = walker.currentNode.textContent?.trim() ?? '';
      const element = walker.currentNode.parentElement!;
      if (text === '' || element.closest('.spoken, .shape, .sid-shape') || !element.checkVisibility()) continue;
      sizes.push({ size: Number.parseFloat(getComputedStyle(element).fontSize) * element.currentCSSZoom, text });
    }
    return sizes.reduce((least, one) => (one.size < least.size ? one : least));
  });

/** Whether the element lies within the visible part of its column. */
export const isInItsColumn = (element: Locator): Promise<boolean> =>
  element.evaluate((inner) => {
    const column = inner.closest('section')!.getBoundingClientRect();
    const { top, bottom } = inner.getBoundingClientRect();
    return top >= column.top && bottom <= column.bottom;
  });
