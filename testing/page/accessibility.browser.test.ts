import { describe, expect, test } from 'vitest';
import { findingsInLooks, looksOf, show } from './looks.ts';
import type { ScenarioPage } from './scenarioPage.ts';
import { openWholeTab, type State, states, tabs } from './states.ts';
import { sharedTab } from './tab.ts';

// Each state once with every rule. Whole pages in the narrow layout, too, and their colors in the dark. States of a page whose server
// or Redis is lost: lost.browser.test.ts. All rules for all states in all looks, each state in a visit of its own, and the details of
// both variants: accessibility.full.test.ts.

const tab = sharedTab();

/** Tabs whose parts are in others, or in a state above. The full tests look at all. */
const likeAnother = ['Redis commands', 'curl', 'Log', 'Free play'];

describe('axe finds nothing in', () => {
  let lesson: ScenarioPage;
  /** The state that the page is in, which the test before has reached. */
  let before: State | undefined;

  /** Opens the page, unless the state can be reached from where the page is. */
  async function open({ path }: State): Promise<void> {
    const from = before;
    before = undefined;
    if (from?.leave && from.path === path) {
      await show(lesson.page, looksOf.part[0]!);
      await from.leave(lesson);
    } else {
      lesson = await tab.visit(path);
    }
  }

  test.each(states.filter(({ withoutRedis, onlyFull }) => !withoutRedis && !onlyFull))('$state', async (state) => {
    await open(state);
    await state.reach(lesson);
    const { part: within } = state;
    const looks = within === undefined ? looksOf.wholePage : looksOf.part;
    const findings = await findingsInLooks(
      lesson.page,
      looks.map((look) => ({ ...look, within })),
    );
    expect(findings).toEqual({});
    before = state;
  });

  test('the tabs of the details', async () => {
    const lesson = await tab.open('session-fixation', '?step=3');
    const texts = await lesson.details.getByRole('tab').allTextContents();
    expect(texts.map((text) => text.replace(/\d+/, '').trim())).toEqual(tabs);
    for (const name of tabs.filter((tab) => !likeAnother.includes(tab))) {
      await openWholeTab(lesson, name);
      const looks = looksOf.part.map((look) => ({ ...look, within: '.frame-details' }));
      expect(await findingsInLooks(lesson.page, looks), name).toEqual({});
    }
  });
});
