import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser, openTab, type RunningServer, startServer, type Tab } from '../../testing/page/page.ts';

let browser: Browser;
let server: RunningServer;
let tab: Tab;

beforeAll(async () => {
  [browser, server] = await Promise.all([openBrowser(), startServer()]);
  tab = await openTab(browser, { reducedMotion: 'reduce' });
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const phone = { width: 390, height: 844 };
const laptop = { width: 1280, height: 800 };
const projector = { width: 1920, height: 1080 };

const next = (page: Page) => page.getByRole('button', { name: 'Next step' });
const steps = (page: Page) => page.getByRole('region', { name: 'Steps' });

async function open(path: string, viewport: { width: number; height: number }): Promise<Page> {
  const { page } = await tab.visit(server.url + path);
  await page.setViewportSize(viewport);
  await page.getByRole('heading', { level: 1 }).waitFor();
  return page;
}

async function present(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Presentation size' }).click();
  await page.waitForFunction(() => document.documentElement.dataset.size === 'presentation');
}

/** As somebody does who needs it: the font size of the browser. */
async function doubleLetters(page: Page): Promise<void> {
  await page.evaluate(() => {
    document.documentElement.style.fontSize = '200%';
  });
  await page.waitForFunction(() => document.documentElement.dataset.room?.includes('below-900'));
}

async function playTo(page: Page, number: number): Promise<void> {
  for (let step = 1; step <= number; step++) {
    await next(page).click();
    await page.getByText(new RegExp(`^Step ${step} of \\d+$`)).waitFor();
  }
}

/** Pixels by which the page is wider than the window, and the steps than their column. */
const sideways = (page: Page) =>
  page.evaluate(() => {
    const over = (element: Element | null) => (element ? Math.max(0, element.scrollWidth - element.clientWidth) : 0);
    return { page: over(document.documentElement), steps: over(document.querySelector('.frame-steps')) };
  });
const nothing = { page: 0, steps: 0 };

/** Controls that the window cuts off at a side: nothing scrolls there. */
const cutOff = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('header :is(a, button, label, input), footer :is(button, select)')]
      .filter((control) => {
        const { left, right, width } = control.getBoundingClientRect();
        return width > 1 && (left < 0 || right > window.innerWidth);
      })
      .map((control) => control.textContent || control.getAttribute('aria-label')),
  );

/** The size in pixels of the window in which the text of an element is shown. */
const shownSize = (page: Page, selector: string) =>
  page
    .locator(selector)
    .first()
    .evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize) * element.currentCSSZoom);

/** The smallest text that is to be read, in pixels of the window, and what it says. The shapes of session ids are no text. */
const smallest = (page: Page) =>
  page.evaluate(() => {
    const walker = document.createTreeWalker(document.querySelector('#root')!, NodeFilter.SHOW_TEXT);
    const sizes: { size: number; says: string }[] = [];
    while (walker.nextNode()) {
      const says = walker.currentNode.textContent?.trim() ?? '';
      const element = walker.currentNode.parentElement!;
      if (says === '' || element.closest('.spoken, .shape, .sid-shape') || !element.checkVisibility()) continue;
      sizes.push({ size: Number.parseFloat(getComputedStyle(element).fontSize) * element.currentCSSZoom, says });
    }
    return sizes.reduce((least, one) => (one.size < least.size ? one : least));
  });

/** Whether the current step begins where the column of steps shows it. */
const currentIsShown = (page: Page) =>
  page.locator('[aria-current="step"]').evaluate((step) => {
    const column = step.closest('section')!.getBoundingClientRect();
    const { top, bottom } = step.getBoundingClientRect();
    return top >= column.top && bottom <= column.bottom;
  });

const long = ['host-prefix', 'in-flight-vs-forced-logout'];

describe.each([
  ['a phone', phone],
  ['a laptop', laptop],
  ['a projector', projector],
] as const)('%s', (_, viewport) => {
  test.each(['/', '/standards', '/scenarios/no-such-thing'])('%s is not wider than the window', async (path) => {
    const page = await open(path, viewport);
    expect(await sideways(page)).toEqual(nothing);
    expect(await cutOff(page)).toEqual([]);
    expect((await smallest(page)).size).toBeGreaterThanOrEqual(11);
  });

  test.each(long)(
    '%s is not wider than the window, in the middle and at its end, and in letters that can be read',
    async (slug) => {
      const page = await open(`/scenarios/${slug}`, viewport);
      await playTo(page, 4);
      expect(await sideways(page)).toEqual(nothing);
      expect(await cutOff(page)).toEqual([]);
      expect((await smallest(page)).size).toBeGreaterThanOrEqual(10);
      await page.getByRole('button', { name: 'Run to end' }).click();
      await steps(page).getByText('What to remember').waitFor();
      expect(await sideways(page)).toEqual(nothing);
    },
  );
});

test.each([phone, laptop, projector])(
  'both variants side by side are not wider than $width pixels',
  async (viewport) => {
    const page = await open('/scenarios/session-fixation?variant=both', viewport);
    await playTo(page, 3);
    expect(await sideways(page)).toEqual(nothing);
    expect(await cutOff(page)).toEqual([]);
  },
);

describe('the presentation size', () => {
  test.each(long)('of %s can be read from the last row', async (slug) => {
    const page = await open(`/scenarios/${slug}`, projector);
    await present(page);
    await playTo(page, 4);
    for (const text of ['.step-told', '.step-title', '.ask-question', '.wire-line strong']) {
      expect(await shownSize(page, text)).toBeGreaterThanOrEqual(text.startsWith('.wire') ? 17.5 : 20);
    }
    expect(await shownSize(page, '.diagram-label')).toBeGreaterThanOrEqual(17.5);
    expect((await smallest(page)).size).toBeGreaterThanOrEqual(15);
    expect(await sideways(page)).toEqual(nothing);
    expect(await cutOff(page)).toEqual([]);
    expect(await currentIsShown(page)).toBe(true);
  });

  test('is kept by the browser, holds for every page, and goes with the key it came with', async () => {
    const page = await open('/scenarios/session-fixation', laptop);
    await next(page).waitFor();
    const before = await shownSize(page, '.steps');
    await page.keyboard.press('p');
    await expect.poll(() => shownSize(page, '.steps')).toBeGreaterThan(1.2 * before);
    await page.goto(server.url);
    await page.getByRole('searchbox').waitFor();
    expect(await page.getByRole('button', { name: 'Presentation size' }).getAttribute('aria-pressed')).toBe('true');
    expect(await shownSize(page, 'h1')).toBeGreaterThan(30);
    expect(await sideways(page)).toEqual(nothing);
    await page.keyboard.press('p');
    await expect.poll(() => shownSize(page, 'h1')).toBe(28);
  });

  test('enlarges what is shown over the page as well', async () => {
    const page = await open('/scenarios/session-fixation', projector);
    await present(page);
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    expect(await shownSize(page, '.keyboard-help dd')).toBeGreaterThanOrEqual(20);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('/');
    await page.getByRole('listbox').waitFor();
    expect(await shownSize(page, '[role="option"]')).toBeGreaterThanOrEqual(20);
  });
});

describe('a long scenario on a laptop', () => {
  test.each(long)('%s: the current step is in sight, whichever it is', async (slug) => {
    const page = await open(`/scenarios/${slug}`, laptop);
    for (let step = 1; step <= 7; step++) {
      await next(page).click();
      await page.getByText(new RegExp(`^Step ${step} of \\d+$`)).waitFor();
      expect(await currentIsShown(page)).toBe(true);
    }
    for (let step = 6; step >= 1; step--) {
      await page.keyboard.press('PageUp');
      await page.getByText(new RegExp(`^Step ${step} of \\d+$`)).waitFor();
      expect(await currentIsShown(page)).toBe(true);
    }
  });
});

describe('a phone', () => {
  test('has what moves the scenario at the bottom, in reach of a thumb, wherever one has scrolled to', async () => {
    const page = await open('/scenarios/host-prefix', phone);
    await playTo(page, 2);
    for (const end of [0, 100_000]) {
      await page.evaluate((top) => window.scrollTo(0, top), end);
      const box = (await next(page).boundingBox())!;
      expect(box.y).toBeGreaterThan(phone.height / 2);
      expect(box.y + box.height).toBeLessThanOrEqual(phone.height);
      expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(32);
    }
  });

  test('shows every panel to whoever scrolls down, and none behind the footer', async () => {
    const page = await open('/scenarios/host-prefix', phone);
    await playTo(page, 2);
    for (const name of ['Lifetimes', 'Steps', 'Diagram', 'Cookies', 'Redis', 'Details']) {
      expect(await page.getByRole('region', { name, exact: true }).isVisible()).toBe(true);
    }
    await page.evaluate(() => window.scrollTo(0, 100_000));
    const details = (await page.getByRole('region', { name: 'Details' }).boundingBox())!;
    const footer = (await page.getByRole('contentinfo').boundingBox())!;
    expect(details.y + details.height).toBeLessThanOrEqual(footer.y + 1);
  });
});

describe('letters twice as large', () => {
  test.each(['/', '/standards', '/scenarios/host-prefix'])('by the font size of the browser, %s', async (path) => {
    const page = await open(path, laptop);
    if (path.startsWith('/scenarios')) await playTo(page, 2);
    const text = path === '/' ? '.page-lead' : path === '/standards' ? 'td' : '.step-told';
    const before = await shownSize(page, text);
    await doubleLetters(page);
    expect(await shownSize(page, text)).toBeCloseTo(2 * before, 0);
    expect(await sideways(page)).toEqual(nothing);
    expect(await cutOff(page)).toEqual([]);
  });

  test.each(['/', '/standards', '/scenarios/host-prefix'])('by the zoom of the browser, %s', async (path) => {
    const page = await open(path, { width: laptop.width / 2, height: laptop.height / 2 });
    if (path.startsWith('/scenarios')) await playTo(page, 2);
    expect(await sideways(page)).toEqual(nothing);
    expect(await cutOff(page)).toEqual([]);
  });
});
