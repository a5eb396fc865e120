import { describe, expect, test } from 'vitest';
import { everyLook, findingsInLooks } from './looks.ts';
import { states } from './states.ts';
import { sharedTab } from './tab.ts';

// What is open in front of a page, the tabs of the details, and what goes wrong: accessibility.full.test.ts.

const tab = sharedTab();

describe('axe finds nothing on a page, with every rule, and again what the dark or a narrow window may break:', () => {
  test.each(states.filter(({ isPage }) => isPage))('$state', async ({ path, reach }) => {
    const lesson = await tab.visit(path);
    await reach(lesson);
    expect(await findingsInLooks(lesson.page, everyLook)).toEqual({});
  });
});
