import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer } from '../serverProcess.ts';
import { findingsInLooks } from './looks.ts';
import { startServerWithoutRedis } from './serverWithoutRedis.ts';
import { openWholeTab, states, tabs } from './states.ts';
import { openTab, sandboxUrl, sharedTab } from './tab.ts';

// Each state once with every rule, and in the dark its colors. Whole pages in the narrow layout, too. All rules for all states in all
// looks: accessibility.full.test.ts.

const tab = sharedTab({ reducedMotion: 'reduce' });
let withoutRedis: Awaited<ReturnType<typeof startServerWithoutRedis>>;

beforeAll(async () => {
  withoutRedis = await startServerWithoutRedis();
});
afterAll(() => withoutRedis?.stop());

const rulesOfColor = ['color-contrast', 'link-in-text-block'];
const light = { colorScheme: 'light', width: 'wide' } as const;
const dark = { colorScheme: 'dark', width: 'wide', rules: rulesOfColor } as const;
const narrow = { colorScheme: 'light', width: 'narrow' } as const;

describe('axe finds nothing in', () => {
  test.each(states)('$state', async ({ path, withoutRedis: needsOther, part, reach }) => {
    const lesson = await tab.visit((needsOther ? withoutRedis.url : sandboxUrl) + path);
    await reach(lesson);
    const looks = part === undefined ? [light, dark, narrow] : [light, dark];
    expect(
      await findingsInLooks(
        lesson.page,
        looks.map((look) => ({ ...look, within: part })),
      ),
    ).toEqual({});
  });

  test('the tabs of the details', async () => {
    const lesson = await tab.open('session-fixation', '?step=3');
    const texts = await lesson.details.getByRole('tab').allTextContents();
    expect(texts.map((text) => text.replace(/\d+/, '').trim())).toEqual(tabs);
    for (const name of tabs) {
      await openWholeTab(lesson, name);
      const looks = [light, dark].map((look) => ({ ...look, within: '.frame-details' }));
      expect(await findingsInLooks(lesson.page, looks), name).toEqual({});
    }
  });

  test('the tabs of the details of both variants', async () => {
    const lesson = await tab.open('session-fixation', '?variant=both&step=3');
    await lesson.button('Taller details').click();
    // Each half has the colors of the tab of one variant, which the test above has seen in the dark.
    for (const name of tabs.slice(0, -1)) {
      await openWholeTab(lesson, name);
      expect(await findingsInLooks(lesson.page, [{ ...light, within: '.comparison-details' }]), name).toEqual({});
    }
  });

  test('the page of a server that has ended, and that of one that does not answer', async () => {
    const server = await startServer();
    const own = await openTab({ reducedMotion: 'reduce' });
    const lesson = await own.visit(`${server.url}/scenarios/session-fixation`);
    await lesson.play(1);
    await server.stop();
    await lesson.button('Start again').waitFor();
    expect(await findingsInLooks(lesson.page, [light, dark])).toEqual({});
    await lesson.button('Start again').click();
    await expect(lesson.page.getByText('The server does not answer.')).toBeThere();
    expect(await findingsInLooks(lesson.page, [light, dark, narrow])).toEqual({});
    await own.close();
  });
});
