import { beforeAll, describe, expect, test } from 'vitest';
import { expectToFit, laptop, phone, projector, zoomed } from '../../testing/page/fit.ts';
import * as layout from '../../testing/page/layout.ts';
import type { ScenarioPage } from '../../testing/page/scenarioPage.ts';
import {
  expectPageToFit,
  expectToFitInto,
  expectToFitWithLargeLetters,
  resize,
  smallest,
  visitIn,
} from '../../testing/page/sizes.ts';
import { sharedTab } from '../../testing/page/tab.ts';

const tab = sharedTab();

/** A scenario with many actors, cookies and steps. */
const long = 'in-flight-vs-forced-logout';
/** Another one, with a host for each of many cookies. */
const wide = 'host-prefix';

test('/ fits every window, zoomed or with letters of twice the size, too, and can be read', () =>
  expectPageToFit(tab, '/', '.intro-lead'));

describe(wide, () => {
  let lesson: ScenarioPage;
  beforeAll(async () => {
    lesson = await visitIn(tab, `/scenarios/${wide}?step=4`, phone);
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

  test('fits with letters of twice the size', () => expectToFitWithLargeLetters(lesson, '.step-told'));
});

test('both variants side by side fit every window', async () => {
  const lesson = await visitIn(tab, '/scenarios/session-fixation?variant=both&step=3', phone);
  await expectToFitInto(lesson, phone, laptop, projector);
});

// Through more steps, forward and back: sizes.full.test.ts.
test('a long scenario on a laptop fits, can be read, and shows the current step', async () => {
  const lesson = await visitIn(tab, `/scenarios/${long}?step=3`, laptop);
  await expectToFit(lesson);
  expect(await smallest(lesson)).toBeGreaterThanOrEqual(10);
  await lesson.play(4, 5);
  expect(await layout.isInItsColumn(lesson.currentStep)).toBe(true);
  await lesson.press('PageUp');
  await lesson.isAt(4);
  expect(await layout.isInItsColumn(lesson.currentStep)).toBe(true);
});
