import type { ViewportSize } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import * as layout from '../../testing/page/layout.ts';
import type { ScenarioPage } from '../../testing/page/scenarioPage.ts';
import { sharedTab } from '../../testing/page/tab.ts';

const tab = sharedTab();

const phone = { width: 390, height: 844 };
const laptop = { width: 1280, height: 800 };
const projector = { width: 1920, height: 1080 };

async function visit(path: string, viewport: ViewportSize): Promise<ScenarioPage> {
  const visited = await tab.visit(path, viewport);
  await visited.page.getByRole('heading', { level: 1 }).waitFor({ state: 'attached' });
  const step = new URLSearchParams(path.split('?')[1]).get('step');
  if (step) await visited.isAt(Number(step));
  return visited;
}

async function present({ page, button }: ScenarioPage): Promise<void> {
  await button('Presentation size').click();
  await page.waitForFunction(() => document.documentElement.dataset.size === 'presentation');
}

/** Nothing is wider than the window, and the window cuts off no control. */
async function expectToFit({ page }: ScenarioPage): Promise<void> {
  expect(await layout.overflow(page)).toEqual({ page: 0, steps: 0 });
  expect(await layout.controlsCutOff(page)).toEqual([]);
}

/** A scenario with many actors, cookies and steps. */
const long = 'in-flight-vs-forced-logout';
/** Another one, with a host for each of many cookies. */
const wide = 'host-prefix';

describe.each([
  ['on a phone', phone, wide],
  ['on a laptop', laptop, long],
  ['on a projector', projector, wide],
] as const)('%s', (_, viewport, slug) => {
  test.each(['/', '/standards', '/scenarios/no-such-thing'])(
    '%s fits the window, in letters that can be read',
    async (path) => {
      const visited = await visit(path, viewport);
      await expectToFit(visited);
      expect((await layout.smallestText(visited.page)).size).toBeGreaterThanOrEqual(11);
    },
  );

  test(`${slug} fits the window in the middle and at its end, in letters that can be read`, async () => {
    const lesson = await visit(`/scenarios/${slug}?step=4`, viewport);
    await expectToFit(lesson);
    expect((await layout.smallestText(lesson.page)).size).toBeGreaterThanOrEqual(10);
    await lesson.runToEnd();
    await expectToFit(lesson);
  });
});

test.each([phone, laptop, projector])('both variants side by side fit $width pixels', async (viewport) => {
  await expectToFit(await visit('/scenarios/session-fixation?variant=both&step=3', viewport));
});

describe('the presentation size', () => {
  test('of a long scenario can be read from the last row', async () => {
    const lesson = await visit(`/scenarios/${long}`, projector);
    await present(lesson);
    await lesson.play(1, 2, 3, 4);
    for (const text of ['.step-told', '.step-title', '.ask-question']) {
      expect(await layout.textSize(lesson.page, text)).toBeGreaterThanOrEqual(20);
    }
    for (const text of ['.identity-verdict', '.diagram-label']) {
      expect(await layout.textSize(lesson.page, text)).toBeGreaterThanOrEqual(17.5);
    }
    expect((await layout.smallestText(lesson.page)).size).toBeGreaterThanOrEqual(15);
    await expectToFit(lesson);
    expect(await layout.isInItsColumn(lesson.currentStep)).toBe(true);
  });

  test('is kept by the browser, applies to every page, and ends with the key that started it', async () => {
    const lesson = await tab.open('session-fixation');
    const { page } = lesson;
    const before = await layout.textSize(page, '.steps');
    await lesson.press('p');
    await expect.poll(() => layout.textSize(page, '.steps')).toBeGreaterThan(1.2 * before);
    await page.goto(new URL('/', page.url()).href);
    await page.getByRole('searchbox').waitFor();
    const presented = await layout.textSize(page, 'h1');
    expect(await lesson.button('Presentation size').getAttribute('aria-pressed')).toBe('true');
    await expectToFit(lesson);
    await lesson.press('p');
    await expect.poll(() => layout.textSize(page, 'h1')).toBeLessThan(presented / 1.1);
  });

  test('enlarges the dialogs, too', async () => {
    const lesson = await visit('/scenarios/session-fixation', projector);
    await present(lesson);
    await lesson.press('?');
    await lesson.dialog.waitFor();
    expect(await layout.textSize(lesson.page, '.help dd')).toBeGreaterThanOrEqual(20);
    await lesson.press('Escape');
    await expect(lesson.dialog).not.toBeThere();
    await lesson.press('/');
    await lesson.page.getByRole('listbox').waitFor();
    expect(await layout.textSize(lesson.page, '[role="option"]')).toBeGreaterThanOrEqual(20);
  });
});

describe('a long scenario on a laptop', () => {
  test('the current step is visible, forward and back', async () => {
    const lesson = await visit(`/scenarios/${long}?step=6`, laptop);
    await lesson.play(7);
    expect(await layout.isInItsColumn(lesson.currentStep)).toBe(true);
    for (const [key, ...reached] of [
      ['PageUp', 6, 5, 4, 3, 2, 1],
      ['PageDown', 2, 3, 4, 5, 6, 7],
    ] as const) {
      for (const step of reached) {
        await lesson.press(key);
        await lesson.isAt(step);
        expect(await layout.isInItsColumn(lesson.currentStep)).toBe(true);
      }
    }
  });
});

describe('on a phone', () => {
  test('the buttons that move the scenario are at the bottom, where a thumb reaches them, however far the page is scrolled', async () => {
    const { page, next } = await visit('/scenarios/host-prefix?step=2', phone);
    for (const top of [0, 100_000]) {
      await page.evaluate((to) => window.scrollTo(0, to), top);
      const box = (await next.boundingBox())!;
      expect(box.y).toBeGreaterThan(phone.height / 2);
      expect(box.y + box.height).toBeLessThanOrEqual(phone.height);
      expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(32);
    }
  });

  test('every panel can be scrolled to, and none stays behind the footer', async () => {
    const { page, region, details } = await visit('/scenarios/host-prefix?step=2', phone);
    for (const name of ['Steps', 'Diagram', 'Cookies', 'Redis', 'Details']) {
      expect(await region(name).isVisible(), name).toBe(true);
    }
    const behindFooter = async () => {
      await page.evaluate(() => window.scrollTo(0, 100_000));
      const lowest = (await details.boundingBox())!;
      const footer = (await page.getByRole('contentinfo').boundingBox())!;
      return lowest.y + lowest.height - footer.y;
    };
    await expect.poll(behindFooter).toBeLessThanOrEqual(1);
  });
});

describe('letters of twice the size', () => {
  test.each([
    ['/', '.intro-lead'],
    ['/standards', 'td'],
    ['/scenarios/host-prefix?step=2', '.step-told'],
  ])('by the font size of the browser: %s', async (path, text) => {
    const visited = await visit(path, laptop);
    const before = await layout.textSize(visited.page, text);
    await visited.page.evaluate(() => {
      document.documentElement.style.fontSize = '200%';
    });
    await visited.page.waitForFunction(() => document.documentElement.dataset.room?.includes('below-900'));
    expect(await layout.textSize(visited.page, text)).toBeCloseTo(2 * before, 0);
    await expectToFit(visited);
  });

  test.each(['/', '/standards', '/scenarios/host-prefix?step=2'])('by the zoom of the browser: %s', async (path) => {
    await expectToFit(await visit(path, { width: laptop.width / 2, height: laptop.height / 2 }));
  });
});
