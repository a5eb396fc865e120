import type { ViewportSize } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { expectToFit, laptop, phone, projector, zoomed } from '../../testing/page/fit.ts';
import * as layout from '../../testing/page/layout.ts';
import type { ScenarioPage } from '../../testing/page/scenarioPage.ts';
import { sharedTab } from '../../testing/page/tab.ts';
import { roomFor } from '../ui/room.ts';

const tab = sharedTab();

async function visit(path: string, viewport: ViewportSize): Promise<ScenarioPage> {
  const visited = await tab.visit(path, viewport);
  await visited.page.getByRole('heading', { level: 1 }).waitFor({ state: 'attached' });
  const step = new URLSearchParams(path.split('?')[1]).get('step');
  if (step) await visited.isAt(Number(step));
  return visited;
}

/** Gives the window another size, and waits for the layout that belongs to it. To load the page again would take four times as long. */
async function resize({ page }: ScenarioPage, viewport: ViewportSize): Promise<void> {
  await page.setViewportSize(viewport);
  const room = roomFor(viewport.width, viewport.height);
  await page.waitForFunction((wanted) => document.documentElement.dataset.room === wanted, room);
  // What observes sizes itself has seen the new ones after the next frame.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
}

async function present({ page, button }: ScenarioPage): Promise<void> {
  await button('Presentation size').click();
  await page.waitForFunction(() => document.documentElement.dataset.size === 'presentation');
}

async function expectToFitInto(visited: ScenarioPage, ...viewports: ViewportSize[]): Promise<void> {
  for (const viewport of viewports) {
    await resize(visited, viewport);
    await expectToFit(visited, `${viewport.width} pixels`);
  }
}

const smallest = async ({ page }: ScenarioPage) => (await layout.smallestText(page)).size;

/** Sets the font size of the browser to twice the usual one, and expects that the text grows by as much and still fits a laptop. */
async function expectToFitWithLargeLetters(visited: ScenarioPage, text: string): Promise<void> {
  await resize(visited, laptop);
  const { page } = visited;
  const before = await layout.textSize(page, text);
  await page.evaluate(() => {
    document.documentElement.style.fontSize = '200%';
  });
  await page.waitForFunction(() => document.documentElement.dataset.room?.includes('below-900'));
  expect(await layout.textSize(page, text)).toBeCloseTo(2 * before, 0);
  await expectToFit(visited, 'letters of twice the size');
}

/** A scenario with many actors, cookies and steps. */
const long = 'in-flight-vs-forced-logout';
/** Another one, with a host for each of many cookies. */
const wide = 'host-prefix';

test.each([
  ['/', '.intro-lead'],
  ['/standards', 'td'],
  ['/tutorial', '.tutorial-says'],
  ['/scenarios/no-such-thing', '.intro-lead'],
])('%s fits every window, zoomed or with letters of twice the size, too, and can be read', async (path, text) => {
  const visited = await visit(path, phone);
  for (const viewport of [phone, laptop, projector]) {
    await expectToFitInto(visited, viewport);
    expect(await smallest(visited), `${viewport.width} pixels`).toBeGreaterThanOrEqual(11);
  }
  await expectToFitInto(visited, zoomed);
  await expectToFitWithLargeLetters(visited, text);
});

describe(wide, () => {
  let lesson: ScenarioPage;
  beforeAll(async () => {
    lesson = await visit(`/scenarios/${wide}?step=4`, phone);
  });

  test('fits every window, in letters that can be read', async () => {
    for (const viewport of [phone, projector]) {
      await expectToFitInto(lesson, viewport);
      expect(await smallest(lesson), `${viewport.width} pixels`).toBeGreaterThanOrEqual(10);
    }
    await expectToFitInto(lesson, zoomed);
  });

  test('has the buttons that move it at the bottom of a phone, where a thumb reaches them, however far the page is scrolled', async () => {
    await resize(lesson, phone);
    for (const top of [0, 100_000]) {
      await lesson.page.evaluate((to) => window.scrollTo(0, to), top);
      const box = (await lesson.next.boundingBox())!;
      expect(box.y).toBeGreaterThan(phone.height / 2);
      expect(box.y + box.height).toBeLessThanOrEqual(phone.height);
      expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(32);
    }
  });

  test('has panels on a phone that can be scrolled to, and none stays behind the footer', async () => {
    await resize(lesson, phone);
    const { page, region, details } = lesson;
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

  test('keeps its picture in sight on a phone, above the title of the next step, and the buttons in one row', async () => {
    await resize(lesson, phone);
    await lesson.page.evaluate(() => window.scrollTo(0, 100_000));
    await lesson.play(5);
    const { page, region, currentStep } = lesson;
    const bar = (await page.getByRole('contentinfo').boundingBox())!;
    expect(bar.height).toBeLessThan(60);
    const places = async () => {
      const [picture, title] = [await region('Identity').boundingBox(), await currentStep.boundingBox()];
      return [0, picture!.y, picture!.y + picture!.height, title!.y, title!.y + title!.height, bar.y];
    };
    await expect
      .poll(async () => (await places()).every((y, index, all) => index === 0 || y >= all[index - 1]!))
      .toBe(true);
  });

  test('fits every window at its end', async () => {
    await resize(lesson, laptop);
    await lesson.runToEnd();
    await expectToFitInto(lesson, phone, projector);
  });

  test('fits with letters of twice the size', () => expectToFitWithLargeLetters(lesson, '.step-told'));
});

test('both variants side by side fit every window', async () => {
  const lesson = await visit('/scenarios/session-fixation?variant=both&step=3', phone);
  await expectToFitInto(lesson, phone, laptop, projector);
});

test('a long scenario on a laptop fits, can be read, and shows the current step, forward and back', async () => {
  const lesson = await visit(`/scenarios/${long}?step=3`, laptop);
  await expectToFit(lesson);
  expect(await smallest(lesson)).toBeGreaterThanOrEqual(10);
  await lesson.play(4, 5, 6);
  expect(await layout.isInItsColumn(lesson.currentStep)).toBe(true);
  for (const [key, ...reached] of [
    ['PageUp', 5, 4, 3, 2, 1],
    ['PageDown', 2, 3, 4, 5, 6],
  ] as const) {
    for (const step of reached) {
      await lesson.press(key);
      await lesson.isAt(step);
      expect(await layout.isInItsColumn(lesson.currentStep)).toBe(true);
    }
  }
  // However tall the details are wanted, the buttons stay, and so do a few rows of the diagram.
  await lesson.openTab('Log');
  await lesson.button('Taller details').click();
  expect((await lesson.next.boundingBox())!.y).toBeLessThan(laptop.height);
  expect((await lesson.diagram.boundingBox())!.height).toBeGreaterThan(100);
  // In the log, the words of a line stand beside its time.
  expect(
    await lesson.details
      .locator('.log button')
      .first()
      .evaluate((line) => line.childElementCount),
  ).toBe(2);
  await lesson.runToEnd();
  await expectToFit(lesson);
});

describe('the presentation size', () => {
  test('of a long scenario can be read from the last row', async () => {
    const lesson = await visit(`/scenarios/${long}?step=2`, projector);
    await present(lesson);
    await lesson.play(3, 4);
    for (const text of ['.step-told', '.step-title', '.ask-question']) {
      expect(await layout.textSize(lesson.page, text)).toBeGreaterThanOrEqual(20);
    }
    for (const text of ['.identity-verdict', '.diagram-label']) {
      expect(await layout.textSize(lesson.page, text)).toBeGreaterThanOrEqual(17.5);
    }
    expect((await layout.smallestText(lesson.page)).size).toBeGreaterThanOrEqual(15);
    await expectToFit(lesson);
    // Its title may leave, so that the answers to choose from next are seen.
    expect(await layout.isInItsColumn(lesson.page.locator('.ask-answer').first())).toBe(true);
  });

  test('enlarges the dialogs, too, is kept by the browser, applies to every page, and ends with the key that started it', async () => {
    const lesson = await tab.open('session-fixation');
    const { page } = lesson;
    await resize(lesson, projector);
    const before = await layout.textSize(page, '.steps');
    await lesson.press('p');
    await expect.poll(() => layout.textSize(page, '.steps')).toBeGreaterThan(1.2 * before);

    await lesson.press('?');
    await lesson.dialog.waitFor();
    expect(await layout.textSize(page, '.help dd')).toBeGreaterThanOrEqual(20);
    await lesson.press('Escape');
    await expect(lesson.dialog).not.toBeThere();
    await lesson.press('/');
    await page.getByRole('listbox').waitFor();
    expect(await layout.textSize(page, '[role="option"]')).toBeGreaterThanOrEqual(20);

    await page.setViewportSize(laptop);
    await page.goto(new URL('/', page.url()).href);
    await page.getByRole('searchbox').waitFor();
    const presented = await layout.textSize(page, 'h1');
    expect(await lesson.button('Presentation size').getAttribute('aria-pressed')).toBe('true');
    await expectToFit(lesson);
    await lesson.press('p');
    await expect.poll(() => layout.textSize(page, 'h1')).toBeLessThan(presented / 1.1);
  });
});
