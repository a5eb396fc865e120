import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer } from '../serverProcess.ts';
import { findingsInLooks, show } from './looks.ts';
import type { ScenarioPage } from './scenarioPage.ts';
import { startServerWithoutRedis } from './serverWithoutRedis.ts';
import { openWholeTab, type State, states, tabs } from './states.ts';
import { openTab, sandboxUrl, sharedTab } from './tab.ts';

// Each state once with every rule. Whole pages in the narrow layout, too, and their colors in the dark. All rules for all states in
// all looks, each state in a visit of its own, and the details of both variants: accessibility.full.test.ts.

const tab = sharedTab();
let withoutRedis: Awaited<ReturnType<typeof startServerWithoutRedis>>;

beforeAll(async () => {
  withoutRedis = await startServerWithoutRedis();
});
afterAll(() => withoutRedis?.stop());

const rulesOfColor = ['color-contrast', 'link-in-text-block'];
const light = { colorScheme: 'light', width: 'wide' } as const;
const dark = { colorScheme: 'dark', width: 'wide', rules: rulesOfColor } as const;
/** In the colors of the wide layout. */
const narrow = { colorScheme: 'light', width: 'narrow', exceptRules: rulesOfColor } as const;

describe('axe finds nothing in', () => {
  let lesson: ScenarioPage;
  /** The state that the page is in, which the test before has reached. */
  let before: State | undefined;

  /** Opens the page, unless the state can be reached from where the page is. */
  async function open({ path, withoutRedis: needsOther }: State): Promise<void> {
    const from = before;
    before = undefined;
    if (from?.leave && from.path === path && from.withoutRedis === needsOther) {
      await show(lesson.page, light);
      await from.leave(lesson);
    } else {
      lesson = await tab.visit((needsOther ? withoutRedis.url : sandboxUrl) + path);
    }
  }

  test.each(states)('$state', async (state) => {
    await open(state);
    await state.reach(lesson);
    const { part } = state;
    const looks = part === undefined ? [light, dark, narrow] : [light];
    expect(
      await findingsInLooks(
        lesson.page,
        looks.map((look) => ({ ...look, within: part })),
      ),
    ).toEqual({});
    before = state;
  });

  test('the tabs of the details', async () => {
    const lesson = await tab.open('session-fixation', '?step=3');
    const texts = await lesson.details.getByRole('tab').allTextContents();
    expect(texts.map((text) => text.replace(/\d+/, '').trim())).toEqual(tabs);
    for (const name of tabs) {
      await openWholeTab(lesson, name);
      expect(await findingsInLooks(lesson.page, [{ ...light, within: '.frame-details' }]), name).toEqual({});
    }
  });

  test('the page of a server that has ended, and that of one that does not answer', async () => {
    const server = await startServer();
    const own = await openTab();
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
