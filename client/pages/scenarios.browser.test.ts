import { describe, expect, test } from 'vitest';
import { scenarios } from '../../scenarios/index.ts';
import { sharedTab } from '../../testing/page/tab.ts';
import { expectBothVariants, runBothVariants, stepThrough } from '../../testing/page/wholeScenario.ts';

// The page draws the trace of every other scenario, too: server/lab/scenarios.mock.test.ts. client/pages/everyScenario.full.test.ts
// plays all of them here.

const tab = sharedTab();

const bySlug = (slug: string) => scenarios.find((scenario) => scenario.slug === slug)!;
const chapters = [...new Set(scenarios.map(({ chapter }) => chapter))];
const firstOfChapter = chapters.map((chapter) => scenarios.find((scenario) => scenario.chapter === chapter)!);

/** What is special about them can fail in a browser only. */
const special: Record<string, string> = {
  'samesite-csrf': 'pages of other sites act',
  'save-uninitialized-flood': 'a step causes hundreds of requests and keys',
  'store-outage-fail-closed': 'its Redis is lost while the page watches it',
};

describe.each(firstOfChapter)('$slug, the first of its chapter', (scenario) => {
  test('is stepped through from its start to its end', async () => {
    const lesson = await tab.open(scenario.slug);
    await stepThrough(lesson, scenario, 'vulnerable');
    // From there instead of in a visit of its own.
    if (scenario.slug in special) await expectBothVariants(lesson, scenario);
    expect(lesson.complaints).toEqual([]);
  });
});

const others = Object.entries(special).filter(([slug]) => !firstOfChapter.includes(bySlug(slug)));
test.each(others)('%s is run to its end in both variants: %s', async (slug) => {
  const lesson = await tab.open(slug);
  await runBothVariants(lesson, bySlug(slug));
  expect(lesson.complaints).toEqual([]);
});
