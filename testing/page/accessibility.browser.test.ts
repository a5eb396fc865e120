import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestServer } from '../redisServer.ts';
import { axeFindings } from './axe.ts';
import { openBrowser, openTab, type RunningServer, startServer, type Tab } from './page.ts';

let browser: Browser;
let tab: Tab;
let server: RunningServer;
/** Its real Redis is gone, and there is no program on its PATH to start another one. */
let poor: RunningServer;

beforeAll(async () => {
  const redis = await startTestServer();
  [browser, server, poor] = await Promise.all([
    openBrowser(),
    startServer(),
    startServer({ REDIS_URL: redis.url, PATH: '' }),
  ]);
  await redis.stop();
  tab = await openTab(browser, { reducedMotion: 'reduce' });
});

afterAll(async () => {
  await browser?.close();
  await Promise.all([server?.stop(), poor?.stop()]);
});

const next = (page: Page) => page.getByRole('button', { name: 'Next step' });
const at = (page: Page, step: number) => page.getByText(new RegExp(`^Step ${step} of \\d+$`));
const step = async (page: Page, ...numbers: number[]) => {
  for (const number of numbers) {
    await next(page).click();
    await at(page, number).waitFor();
  }
};
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click();
const choose = (page: Page, group: string, choice: string) =>
  page.getByRole('radiogroup', { name: group }).getByText(choice, { exact: true }).click();
const steps = (page: Page) => page.getByRole('region', { name: 'Steps' });

const toTheEnd = async (page: Page) => {
  await press(page, 'Run to end');
  await steps(page).getByText('What to remember').waitFor();
};

interface State {
  state: string;
  path: string;
  /** On the server without a real Redis. */
  poorly?: boolean;
  /** Bring it about. The page has been opened. */
  reach: (page: Page) => Promise<unknown>;
}

const fixation = '/scenarios/session-fixation';

const states: State[] = [
  { state: 'the catalogue', path: '/', reach: (page) => page.getByRole('searchbox').waitFor() },
  {
    state: 'a search with no hit',
    path: '/',
    reach: async (page) => {
      await page.getByRole('searchbox').fill('no such thing');
      await page.getByRole('button', { name: 'Show all' }).waitFor();
    },
  },
  {
    state: 'an unknown scenario',
    path: '/scenarios/no-such-thing',
    reach: (page) => page.getByRole('alert').waitFor(),
  },
  {
    state: 'the catalogue with progress, about to be cleared',
    path: fixation,
    reach: async (page) => {
      await press(page, 'Run to end');
      await at(page, 5).waitFor();
      await page.goto(new URL('/', page.url()).href);
      await press(page, 'Clear');
      await page.getByRole('dialog').waitFor();
    },
  },
  { state: 'the standards', path: '/standards', reach: (page) => page.getByRole('table').first().waitFor() },
  {
    state: 'the beginning',
    path: fixation,
    // Until then there is no sandbox.
    reach: (page) => page.getByRole('button', { name: 'Jump time', disabled: false }).waitFor(),
  },
  {
    state: 'the middle, with a prediction',
    path: fixation,
    reach: async (page) => {
      await step(page, 1);
      await steps(page).getByText('no', { exact: true }).click();
      await step(page, 2);
      await steps(page).getByText('Wrong.').waitFor();
    },
  },
  {
    state: 'the past',
    path: fixation,
    reach: async (page) => {
      await step(page, 1, 2);
      await press(page, 'Previous step');
    },
  },
  {
    state: 'the end',
    path: fixation,
    reach: toTheEnd,
  },
  {
    state: 'the end of a long one',
    path: '/scenarios/host-prefix',
    reach: toTheEnd,
  },
  {
    state: 'both variants side by side, where they part',
    path: fixation,
    reach: async (page) => {
      await next(page).waitFor();
      await choose(page, 'Variant', 'Both');
      await page.getByRole('region', { name: 'Steps' }).waitFor();
      await step(page, 1, 2, 3);
    },
  },
  {
    state: 'the details closed',
    path: fixation,
    reach: async (page) => {
      await step(page, 1);
      await press(page, 'Lower details');
      await page.getByRole('tabpanel').waitFor({ state: 'detached' });
    },
  },
  {
    state: 'a step that waits',
    path: '/scenarios/idle-timeout',
    reach: async (page) => {
      await next(page).waitFor();
      await choose(page, 'Waits', 'Real time');
      await press(page, 'Run to end');
      await steps(page).getByText('Really waiting').waitFor();
    },
  },
  {
    state: 'a step that failed',
    path: fixation,
    reach: async (page) => {
      await step(page, 1);
      await page.getByRole('combobox', { name: 'How far to jump' }).selectOption('by 1 hour');
      await press(page, 'Jump time');
      await page.getByRole('contentinfo').getByText('1 h jumped').waitFor();
      await next(page).click();
      await steps(page).getByRole('alert').waitFor();
    },
  },
  {
    state: 'a fork that is asked for',
    path: fixation,
    reach: async (page) => {
      await step(page, 1, 2);
      await press(page, 'Previous step');
      await press(page, 'Delete key');
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    state: 'the menu of a cookie',
    path: fixation,
    reach: async (page) => {
      await step(page, 1);
      await press(page, /^Change .* of Mallory$/);
      await page.getByRole('menuitem').first().waitFor();
    },
  },
  {
    state: 'a value that is edited',
    path: fixation,
    reach: async (page) => {
      await step(page, 1);
      await press(page, 'Edit value');
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    state: 'the Redis console of free play, with a refusal',
    path: fixation,
    reach: async (page) => {
      await step(page, 1);
      await page.getByRole('tab', { name: 'Free play' }).click();
      await press(page, 'Redis console');
      await page.getByRole('region', { name: 'Details' }).getByRole('textbox').fill('FLUSHALL');
      await page.keyboard.press('Enter');
      await page
        .getByText(/FLUSHALL/)
        .first()
        .waitFor();
    },
  },
  {
    state: 'the session options of free play',
    path: fixation,
    reach: async (page) => {
      await step(page, 1);
      await page.getByRole('tab', { name: 'Free play' }).click();
      await press(page, 'Session options');
      await page.getByText('session({').first().waitFor();
    },
  },
  {
    state: 'the help',
    path: fixation,
    reach: async (page) => {
      await step(page, 1);
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    state: 'the picker',
    path: fixation,
    reach: async (page) => {
      await next(page).waitFor();
      await page.keyboard.press('/');
      await page.getByRole('listbox').getByRole('option').first().waitFor();
    },
  },
  {
    state: 'what is told of a Redis that is not there',
    path: fixation,
    poorly: true,
    reach: async (page) => {
      await press(page, 'About the real Redis');
      await page.getByText('Three ways to get one').waitFor();
    },
  },
  {
    state: 'a scenario that needs a Redis that is not there',
    path: '/scenarios/eviction-logs-everyone-out',
    poorly: true,
    reach: (page) => page.getByRole('button', { name: 'Try again' }).waitFor(),
  },
];

const [wide, narrow] = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
];
const rulesOfColour = ['color-contrast', 'link-in-text-block'];
/** In the dark it is the same page in other colours. */
const looks = [
  { look: 'light, wide', colorScheme: 'light', viewport: wide, rules: undefined },
  { look: 'light, narrow', colorScheme: 'light', viewport: narrow, rules: undefined },
  { look: 'dark, wide', colorScheme: 'dark', viewport: wide, rules: rulesOfColour },
] as const;

/** What axe finds on the page as it stands, in each of its looks. */
async function findings(page: Page): Promise<Record<string, string[]>> {
  const found: [string, string[]][] = [];
  for (const { colorScheme, viewport, look, rules } of looks) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize(viewport);
    await page.waitForFunction(
      ({ colorScheme, narrow }) => {
        const { mantineColorScheme, room = '' } = document.documentElement.dataset;
        const settled = document.getAnimations().every(({ playState }) => playState !== 'running');
        return mantineColorScheme === colorScheme && room.includes('below-900') === narrow && settled;
      },
      { colorScheme, narrow: viewport.width < 900 },
    );
    found.push([look, await axeFindings(page, rules)]);
  }
  return Object.fromEntries(found);
}

const nothing = Object.fromEntries(looks.map(({ look }) => [look, []]));

async function open(url: string): Promise<Page> {
  const { page } = await tab.visit(url);
  await page.setViewportSize(wide);
  await page.emulateMedia({ colorScheme: 'light' });
  return page;
}

describe('axe finds nothing, light and dark, wide and narrow:', () => {
  test.each(states)('$state', async ({ path, poorly, reach }) => {
    const page = await open((poorly ? poor : server).url + path);
    await reach(page);
    expect(await findings(page)).toEqual(nothing);
  });

  describe('the details,', () => {
    const names = ['Request & response', 'Redis commands', 'Code', 'Diff', 'curl', 'Log', 'Free play'];

    test('which have these tabs', async () => {
      const page = await open(server.url + fixation);
      await step(page, 1);
      const tabs = page.getByRole('region', { name: 'Details' }).getByRole('tab');
      const texts = await tabs.allTextContents();
      expect(texts.map((text) => text.replace(/\d+/, '').trim())).toEqual(names);
    });

    test.each(names)('tab %s', async (name) => {
      const page = await open(server.url + fixation);
      await step(page, 1, 2, 3);
      await page.getByRole('region', { name: 'Details' }).getByRole('tab', { name }).click();
      await page.getByRole('tabpanel').getByText(/\w/).first().waitFor();
      expect(await findings(page)).toEqual(nothing);
    });
  });

  describe('the details of both side by side,', () => {
    test.each(['Request & response', 'Redis commands', 'Code', 'Diff', 'curl', 'Log'])('tab %s', async (name) => {
      const page = await open(`${server.url}${fixation}?variant=both&step=3`);
      await at(page, 3).waitFor();
      await page.getByRole('region', { name: 'Details' }).getByRole('tab', { name }).click();
      await page.getByRole('tabpanel').getByText(/\w/).filter({ visible: true }).first().waitFor();
      await press(page, 'Taller details');
      expect(await findings(page)).toEqual(nothing);
    });
  });

  test('a server that has ended, and one that does not answer', async () => {
    const own = await startServer();
    const page = await open(own.url + fixation);
    await step(page, 1);
    await own.stop();
    const again = page.getByRole('button', { name: 'Start again' });
    await again.waitFor();
    expect(await findings(page)).toEqual(nothing);
    await again.click();
    await page.getByText('The server does not answer.').waitFor();
    expect(await findings(page)).toEqual(nothing);
  });
});
