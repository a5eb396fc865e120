/** For tests: the states that the page can be in, and how a person gets there. */
import { expect } from 'vitest';
import { untilReady } from './readyPage.ts';
import type { ScenarioPage } from './scenarioPage.ts';
import { reachEnd, reachProgress } from './stateMoves.ts';

export interface State {
  state: string;
  path: string;
  /** Every run looks at these: pages as they are most of the time. */
  isPage?: true;
  /** On a server whose real Redis is lost, and which cannot start another one. */
  withoutRedis?: boolean;
  /** From the moment at which the page has been opened. */
  reach: (lesson: ScenarioPage) => Promise<unknown>;
}

const fixation = '/scenarios/session-fixation';

export const states: State[] = [
  { state: 'the catalogue', path: '/', isPage: true, reach: ({ page }) => page.getByRole('searchbox').waitFor() },
  {
    state: 'a search without a hit',
    path: '/',
    reach: async ({ page, button }) => {
      await page.getByRole('searchbox').fill('no such thing');
      await button('Show all').waitFor();
    },
  },
  {
    state: 'an unknown scenario',
    path: '/scenarios/no-such-thing',
    reach: ({ page }) => page.getByRole('alert').waitFor(),
  },
  {
    state: 'the tutorial',
    path: '/tutorial',
    isPage: true,
    reach: ({ page }) => page.getByRole('list').first().waitFor(),
  },
  {
    state: 'the standards',
    path: '/standards',
    isPage: true,
    reach: ({ page }) => page.getByRole('table').first().waitFor(),
  },
  {
    state: 'the page without a trace',
    path: '/trace',
    isPage: true,
    reach: ({ button }) => button('Choose a file').waitFor(),
  },
  {
    state: 'the beginning of a scenario',
    path: fixation,
    // Until it is enabled, there is no sandbox.
    reach: ({ page }) => untilReady(page),
  },
  {
    state: 'the list to find a scenario',
    path: fixation,
    reach: async (lesson) => {
      await lesson.isAt(0);
      await lesson.press('/');
      await lesson.page.getByRole('listbox').getByRole('option').first().waitFor();
    },
  },
  { state: 'the end', path: fixation, reach: reachEnd },
  {
    state: 'the transcript',
    path: fixation,
    reach: async (lesson) => {
      await reachEnd(lesson);
      await lesson.button('Export').click();
      await lesson.page.getByRole('menuitem', { name: 'Read transcript' }).click();
      await lesson.dialog.getByRole('heading', { name: 'What to remember' }).waitFor();
    },
  },
  {
    state: 'the catalogue with progress',
    path: fixation,
    reach: reachProgress,
  },
  {
    state: 'progress that is about to be cleared',
    path: fixation,
    reach: async (lesson) => {
      await reachProgress(lesson);
      await lesson.button('Clear').click();
      await lesson.dialog.waitFor();
    },
  },
  {
    state: 'the past',
    path: `${fixation}?step=2`,
    reach: async (lesson) => {
      await lesson.isAt(2);
      await lesson.goBackTo(1);
    },
  },
  {
    state: 'the question whether to fork',
    path: `${fixation}?step=2`,
    reach: async (lesson) => {
      await lesson.isAt(2);
      await lesson.goBackTo(1);
      await lesson.record.getByRole('button', { name: 'Delete key' }).click();
      await lesson.dialog.waitFor();
    },
  },
  {
    state: 'details that were opened and closed',
    path: `${fixation}?step=1`,
    reach: async (lesson) => {
      await lesson.isAt(1);
      await lesson.button('Open details').click();
      await lesson.button('Close details').click();
      await expect(lesson.page.getByRole('tabpanel')).not.toBeThere();
    },
  },
  {
    state: 'the menu of a cookie',
    path: `${fixation}?step=1`,
    reach: async (lesson) => {
      await lesson.isAt(1);
      await lesson.button(/^Change .* of Mallory$/).click();
      await lesson.page.getByRole('menuitem').first().waitFor();
    },
  },
  {
    state: 'a cookie that is edited',
    path: `${fixation}?step=1`,
    reach: async (lesson) => {
      await lesson.isAt(1);
      await lesson.changeCookieOf('Mallory', 'Edit the value');
      await lesson.dialog.waitFor();
    },
  },
  {
    state: 'a value that is edited',
    path: `${fixation}?step=1`,
    reach: async (lesson) => {
      await lesson.isAt(1);
      await lesson.record.getByRole('button', { name: 'Edit value' }).click();
      await lesson.dialog.waitFor();
    },
  },
  {
    state: 'the list of keys of the keyboard',
    path: `${fixation}?step=1`,
    reach: async (lesson) => {
      await lesson.isAt(1);
      await lesson.press('?');
      await lesson.dialog.waitFor();
    },
  },
  {
    state: 'the Redis console of free play, with a refusal',
    path: `${fixation}?step=1`,
    reach: async (lesson) => {
      await lesson.isAt(1);
      await lesson.openTab('Free play');
      await lesson.button('Redis console').click();
      await lesson.page.getByRole('textbox', { name: 'Redis command' }).fill('FLUSHALL');
      await lesson.press('Enter');
      await expect(lesson.page.getByRole('log', { name: 'Replies of Redis' })).toShow('FLUSHALL');
    },
  },
  {
    state: 'the session options of free play',
    path: `${fixation}?step=1`,
    reach: async (lesson) => {
      await lesson.isAt(1);
      await lesson.openTab('Free play');
      await lesson.button('Session options').click();
      await expect(lesson.region('Resulting code')).toShow('session({');
    },
  },
  {
    state: 'the faults of Redis in free play, one of which lasts',
    path: `${fixation}?step=1`,
    reach: async (lesson) => {
      await lesson.isAt(1);
      await lesson.openTab('Free play');
      await lesson.button('Faults').click();
      await lesson.button('Slow down').click();
      await expect(lesson.diagram).toShow('slow, +300 ms');
      await lesson.button('Faults').click();
      await lesson.dialog.waitFor();
    },
  },
  {
    state: 'the middle of a scenario, with a wrong prediction',
    path: `${fixation}?step=1`,
    isPage: true,
    reach: async (lesson) => {
      await lesson.isAt(1);
      await lesson.predict('no');
      await lesson.play(2);
      await expect(lesson.steps).toShow('Wrong.');
    },
  },
  {
    state: 'the end of a long scenario',
    path: '/scenarios/host-prefix',
    reach: (lesson) => lesson.runToEnd(),
  },
  {
    state: 'both variants side by side, where they differ',
    path: `${fixation}?variant=both&step=3`,
    isPage: true,
    reach: (lesson) => lesson.isAt(3),
  },
  {
    state: 'a step that waits',
    path: '/scenarios/idle-timeout?time=real',
    reach: async (lesson) => {
      await lesson.button('Run to end').click();
      await expect(lesson.steps).toShow('Really waiting');
    },
  },
  {
    state: 'a step that failed',
    path: `${fixation}?step=1`,
    reach: async (lesson) => {
      await lesson.isAt(1);
      await lesson.page.getByRole('combobox', { name: 'How far to jump' }).selectOption('by 1 hour');
      await lesson.button('Jump time').click();
      await expect(lesson.page.getByRole('contentinfo')).toShow('1 h jumped');
      await lesson.next.click();
      await expect(lesson.steps.getByRole('alert')).toBeThere();
    },
  },
  {
    state: 'limits that were played',
    path: '/scenarios/idle-timeout?variant=protected&step=1',
    reach: async (lesson) => {
      await lesson.isAt(1);
      await lesson.button('Try other limits').click();
      await expect(lesson.dialog).toShow('the absolute limit ends her session');
      await lesson.dialog.getByRole('slider', { name: 'A click every' }).press('End');
      await expect(lesson.dialog).toShow('then cookie and record expire');
      await lesson.button('Play it').click();
      await expect(lesson.dialog).toShow('The app did the same on the mock Redis: a login and 1 click');
    },
  },
  {
    state: 'the explanation of a Redis that is not there',
    path: fixation,
    withoutRedis: true,
    reach: async (lesson) => {
      await lesson.button('About the real Redis').click();
      await lesson.page.getByText('Three ways to get one').waitFor();
    },
  },
  {
    state: 'a scenario that needs a Redis that is not there',
    path: '/scenarios/eviction-logs-everyone-out',
    withoutRedis: true,
    reach: ({ button }) => button('Try again').waitFor(),
  },
];

/** The tabs of the details. All but the last are there for both variants, too. */
export const tabs = ['Request & response', 'Redis commands', 'Code', 'Diff', 'curl', 'Log', 'Free play'];

/** Opens a tab and waits until its content is there. */
export async function openWholeTab(lesson: ScenarioPage, name: string): Promise<void> {
  await lesson.openTab(name);
  await lesson.page.getByRole('tabpanel').getByText(/\w/).filter({ visible: true }).first().waitFor();
}
