import { describe, expect, test } from 'vitest';
import { laptop, phone } from '../../testing/page/fit.ts';
import * as layout from '../../testing/page/layout.ts';
import type { ScenarioPage } from '../../testing/page/scenarioPage.ts';
import { sharedTab } from '../../testing/page/tab.ts';

const tab = sharedTab();

/** What the eye finds again after each step. The names of the lanes are no part of it: the first to answer gets a lane. */
const steady = [
  '.header',
  '.frame-steps',
  '.frame-steps h2',
  '.identity-panel',
  '.identity-drawing',
  '.identity-verdict',
  '.frame-diagram',
  '.frame-state > section:first-child',
  '.frame-state > section:last-child',
  '.details',
  '.footer',
];

const places = async ({ page }: ScenarioPage) => {
  // What observes sizes itself has seen the new ones after the next frame.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  return layout.placesOf(page, steady);
};

describe.each(['vulnerable', 'protected'])('from step to step, %s', (variant) => {
  test.each([
    ['session-fixation', 5],
    ['remember-me-token', 7],
    ['authenticated-page-caching', 8],
    ['concurrent-session-limit', 6],
    ['samesite-csrf', 8],
  ])(
    'nothing on the page of %s jumps, and no word in the picture is cut off, on a phone, either',
    async (slug, steps) => {
      const lesson = await tab.open(slug, `?variant=${variant}`);
      const first = await places(lesson);
      for (let step = 1; step <= steps; step++) {
        await lesson.play(step);
        const where = `step ${step}`;
        expect(await places(lesson), where).toEqual(first);
        for (const window of [phone, laptop]) {
          await lesson.page.setViewportSize(window);
          await expect.poll(() => layout.wordsCutOff(lesson.page), { message: where }).toEqual([]);
        }
      }
    },
  );
});

test.each([
  ['httponly-vs-xss', 7],
  ['session-id-in-url-and-logs', 6],
  ['secret-rotation', 8],
  ['concurrent-session-limit', 6],
  ['host-prefix', 8],
  ['csrf-token', 9],
  ['session-id-guessing', 6],
  ['cookie-anatomy', 8],
])('in Both, no word of %s is cut off or covered, in the pictures and in the diagrams', async (slug, steps) => {
  const lesson = await tab.open(slug, '?variant=both');
  for (let step = 1; step <= steps; step++) {
    await lesson.play(step);
    for (const measure of [layout.wordsCutOff, layout.wordsCovered, layout.labelsCutOff])
      await expect.poll(() => measure(lesson.page), { message: `step ${step}` }).toEqual([]);
  }
});
