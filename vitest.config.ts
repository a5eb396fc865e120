import { defineConfig } from 'vitest/config';

const everywhere = '{server,scenarios,client,scripts}/**';

const scenarioTests = 'server/lab/scenarios.test.ts';

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
          testTimeout: 20_000,
          hookTimeout: 30_000,
          sequence: { groupOrder: 0 },
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
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['{client,server}/**/*.browser.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // After the others, one file at a time: a browser takes the whole of a small machine, and some tests measure time.
          sequence: { groupOrder: 2 },
          fileParallelism: false,
        },
      },
    ],
  },
});
