import { expect, test } from 'vitest';
import { phone } from '../../testing/page/fit.ts';
import { sharedTab } from '../../testing/page/tab.ts';
import { expectTourToFit, tourOf } from '../../testing/page/tour.ts';
import { hintOnChanges, hints } from './tourHints.ts';

const tab = sharedTab({ withTour: true });

test('the tour covers nothing that it points at, fits a phone, and does not come back', () =>
  expectTourToFit(tab, phone));

test('on a phone, who opens a link to a step begins the tour, and sees each hint wherever the page is scrolled', async () => {
  const lesson = await tab.visit('/scenarios/session-fixation?step=4', phone);
  const tour = tourOf(lesson.page);
  await lesson.isAt(4);
  const expectInSight = async (text: string) => {
    await expect(tour).toShow(text);
    await expect.poll(async () => (await tour.boundingBox())!.y).toBeGreaterThanOrEqual(0);
    const { y, height } = (await tour.boundingBox())!;
    const footer = (await lesson.page.locator('.footer').boundingBox())!;
    expect(y + height).toBeLessThanOrEqual(footer.y);
  };
  await expectInSight(hints[0]!.text);
  // The step takes the page back to its title, far above what the hint is about.
  await lesson.press('ArrowRight');
  await lesson.isAt(5);
  await expectInSight(hintOnChanges.text);
});
