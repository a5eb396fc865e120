import { expect, test } from 'vitest';
import { scenarios } from '../../scenarios/index.ts';
import { sharedTab } from '../../testing/page/tab.ts';
import { stepThrough } from '../../testing/page/wholeScenario.ts';

// The trace of every other scenario is drawn, too: server/lab/scenarios.mock.*.test.ts. everyScenario.full.test.ts plays all of them here,
// in both variants.

const tab = sharedTab();

// The first lesson, pages of other sites, and two versions of a library.
const slugs = ['first-login', 'samesite-csrf', 'version-trap'];
const played = scenarios.filter(({ slug }) => slugs.includes(slug));

test.each(played)('$slug is stepped through from its start to its end', async (scenario) => {
  const lesson = await tab.open(scenario.slug);
  await stepThrough(lesson, scenario, 'vulnerable');
  expect(lesson.complaints).toEqual([]);
});
