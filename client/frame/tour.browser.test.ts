import { expect, test } from 'vitest';
import { laptop } from '../../testing/page/fit.ts';
import { sharedTab } from '../../testing/page/tab.ts';
import { expectTourToFit, tourOf } from '../../testing/page/tour.ts';
import { hintOnChanges, hints } from './tourHints.ts';

const tab = sharedTab({ withTour: true });

// On a phone: tour.full.test.ts.
test('the tour covers nothing that it points at, fits a laptop, and does not come back', () =>
  expectTourToFit(tab, laptop));

test('who plays another step goes on without the tour', async () => {
  const lesson = await tab.visit('/scenarios/session-fixation');
  const tour = tourOf(lesson.page);
  await expect(tour).toShow(hints[0]!.text);
  for (const _ of hints.slice(1)) await tour.getByRole('button', { name: 'Continue' }).click();
  await expect(tour).toShow(hints.at(-1)!.text);
  await lesson.press('ArrowRight');
  await lesson.isAt(1);
  await expect(tour).not.toBeThere();
});

test('the page works during the tour, which follows a step, and Escape ends one thing at a time', async () => {
  const lesson = await tab.visit('/scenarios/session-fixation');
  const tour = tourOf(lesson.page);
  await expect(tour).toShow(hints[0]!.text);
  // From the last button, Tab leads to what the hint points at.
  await tour.getByRole('button', { name: 'Continue' }).press('Tab');
  expect(await lesson.page.evaluate(() => document.activeElement?.closest('body, .tour')?.className)).not.toBe('tour');
  expect(await lesson.page.evaluate(() => document.activeElement === document.body)).toBe(false);
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
