import { defineConfig } from 'vitest/config';

const scenarioTests = 'server/lab/scenarios.test.ts';
/** Compares two browsers step by step, times included. */
const comparison = 'testing/chromium/*.browser.test.ts';

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
          // These start nothing and share nothing, so they need no process each.
          name: 'pure',
          include: ['{client,scenarios}/**/*.test.{ts,tsx}'],
          exclude: ['**/*.browser.test.ts'],
          isolate: false,
          sequence: { groupOrder: 0 },
          ...together,
        },
      },
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{server,scripts,testing}/**/*.test.ts'],
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
          // As many as the command line plays at a time.
          maxConcurrency: 4,
          sequence: { groupOrder: 1 },
          ...alone,
        },
      },
      {
        extends: true,
        test: {
          name: 'comparison',
          include: [comparison],
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
          include: ['{client,server,testing}/**/*.browser.test.ts'],
          exclude: [comparison],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 3 },
          ...together,
        },
      },
    ],
  },
});
