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

/**
 * Which of what a step begins with cannot be seen, in the list of steps or in the diagram: because it is scrolled away, or because
 * the titles above it cover it.
 */
export const unseenBeginnings = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const current = '.diagram-step[data-current="true"]';
    const beginnings = [
      ['[aria-current="step"]', 'section', '.panel-head'],
      [`${current} .diagram-step-head`, '.diagram-scroller', '.lane-heads'],
      [`${current} .diagram-row`, '.diagram-scroller', '.lane-heads'],
    ] as const;
    return beginnings.flatMap(([selector, frame, cover]) => {
      const beginning = document.querySelector(selector);
      if (!beginning) return [];
      const panel = beginning.closest(frame)!;
      const { top, bottom } = beginning.getBoundingClientRect();
      const above = panel.querySelector(cover)!.getBoundingClientRect();
      const seen = top >= above.bottom - 1 && bottom <= panel.getBoundingClientRect().bottom + 1;
      return seen ? [] : [selector];
    });
  });

/** Where the elements that these selectors find are, the first one each: "288 49 610 209", left, top, width and height. */
export const placesOf = (page: Page, selectors: readonly string[]): Promise<Record<string, string>> =>
  page.evaluate(
    (all) =>
      Object.fromEntries(
        all.map((selector) => {
          const { left, top, width, height } = document.querySelector(selector)!.getBoundingClientRect();
          return [selector, [left, top, width, height].map(Math.round).join(' ')];
        }),
      ),
    selectors,
  );

/** The words in boxes and chips of the picture of who is who that are cut off, or reach beyond them. What stands below a chip is no part of it. */
export const wordsCutOff = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('.identity-box, .identity-chip:not(.identity-quiet)')].flatMap((box) => {
      const outer = box.getBoundingClientRect();
      return [...box.querySelectorAll('*')]
        .filter((element) => {
          if (![...element.childNodes].some(({ nodeType }) => nodeType === Node.TEXT_NODE)) return false;
          if (element.matches('.identity-note')) return false;
          const range = document.createRange();
          range.selectNodeContents(element);
          const inner = range.getBoundingClientRect();
          const hides = getComputedStyle(element).overflowX !== 'visible';
          const over = hides && element.scrollWidth > element.clientWidth + 1;
          return over || inner.right > outer.right + 0.5 || inner.bottom > outer.bottom + 1;
        })
        .map((element) => `${element.textContent} in ${box.textContent}`);
    }),
  );

/** The words in boxes of the picture of who is who that a mark of what differs covers. */
export const wordsCovered = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('.identity-differs')].flatMap((mark) => {
      const covered = mark.getBoundingClientRect();
      const words = mark.closest('.identity')!.querySelectorAll('.identity-words > *');
      return [...words].flatMap((element) => {
        const range = document.createRange();
        range.selectNodeContents(element);
        const { left, right, top, bottom } = range.getBoundingClientRect();
        // The lines of letters are higher than the letters.
        const overlaps =
          left < covered.right && covered.left < right && top + 3 < covered.bottom && covered.top < bottom - 3;
        return overlaps ? [`${mark.textContent} on ${element.textContent}`] : [];
      });
    }),
  );

/** Returns whether the lifetimes can be scrolled, though their last row is in sight. */
export const promisesMoreRows = (page: Page): Promise<boolean> =>
  page.evaluate(() => {
    const scroller = document.querySelector('.life-scroller');
    const last = [...document.querySelectorAll('.life-lane')].at(-1);
    if (!scroller || !last) return false;
    const isInSight = last.getBoundingClientRect().bottom <= scroller.getBoundingClientRect().bottom + 1;
    return isInSight && scroller.scrollHeight > scroller.clientHeight;
  });

/** The labels and the folds of the diagram that are wider than the room they were given. One pixel is rounding. */
export const labelsCutOff = (page: Page): Promise<(string | null)[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('.diagram-label, .diagram-fold > span')]
      .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1)
      .map(({ textContent }) => textContent),
  );
