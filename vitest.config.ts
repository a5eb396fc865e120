import { defineConfig } from 'vitest/config';

const everywhere = '{server,scenarios,client,scripts}/**';

const scenarioTests = 'server/lab/scenarios.test.ts';
/** In a browser, and about time as well. */
const playedPages = ['client/page.browser.test.ts', 'server/lab/browser/chromium/*.browser.test.ts'];

/** Two files at a time, on a machine with two processors as well: most of a test is waiting for somebody. */
const together = { maxWorkers: 2 };
const alone = { fileParallelism: false };

export default defineConfig({
  test: {
    pool: 'forks',
    retry: 0,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [`${everywhere}/*.test.{ts,tsx}`],
          exclude: ['**/*.browser.test.ts', scenarioTests],
          testTimeout: 30_000,
          hookTimeout: 30_000,
          sequence: { groupOrder: 0 },
          ...together,
        },
      },
      {
        extends: true,
        test: {
          // Some lessons are about time and load: they have the machine to themselves.
          name: 'scenarios',
          include: [scenarioTests],
          testTimeout: 30_000,
          hookTimeout: 30_000,
          sequence: { groupOrder: 1 },
          ...alone,
        },
      },
      {
        extends: true,
        test: {
          name: 'page',
          include: playedPages,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 2 },
          ...alone,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['{client,server}/**/*.browser.test.ts'],
          exclude: playedPages,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 3 },
          ...together,
        },
      },
    ],
  },
});
