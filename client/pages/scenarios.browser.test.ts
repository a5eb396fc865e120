import { describe, expect, test } from 'vitest';
import { scenarios } from '../../scenarios/index.ts';
import { sharedTab } from '../../testing/page/tab.ts';
import { stepThrough } from '../../testing/page/wholeScenario.ts';

// The trace of every other scenario is drawn, too: server/lab/scenarios.mock.test.ts. everyScenario.full.test.ts plays all of them here,
// in both variants.

const tab = sharedTab();

const chapters = [...new Set(scenarios.map(({ chapter }) => chapter))];
const firstOfChapter = chapters.map((chapter) => scenarios.find((scenario) => scenario.chapter === chapter)!);

describe.each(firstOfChapter)('$slug, the first of its chapter', (scenario) => {
  test('is stepped through from its start to its end', async () => {
    const lesson = await tab.open(scenario.slug);
    await stepThrough(lesson, scenario, 'vulnerable');
    expect(lesson.complaints).toEqual([]);
  });
});
