import { defineConfig } from 'vitest/config';

const browser = '**/*.browser.test.ts';
const scenarios = 'server/lab/scenarios.*.test.ts';
const comparison = 'testing/chromium/*.browser.test.ts';
/** Runs everything everywhere; only `npm run test:full` plays these. */
const full = '**/*.full.test.ts';
const tests = '{client,scenarios,scripts,server,testing}/**/*.test.ts';

/** Three files at a time on two processors: while one waits for a server or for time to pass, the others use the processors. */
const together = { maxWorkers: 3 };

/** Milliseconds. A processor that is busy with other tests makes everything slower, and that is not an error. */
const patient = { testTimeout: 60_000, hookTimeout: 60_000, expect: { poll: { timeout: 15_000 } } };

export default defineConfig({
  test: {
    pool: 'forks',
    retry: 0,
    // The files of a project share a process: starting one per file takes longer than most files run.
    isolate: false,
    restoreMocks: true,
    unstubEnvs: true,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [tests],
          exclude: [browser, scenarios, full],
          testTimeout: 30_000,
          hookTimeout: 30_000,
          sequence: { groupOrder: 0 },
          ...together,
        },
      },
      {
        extends: true,
        test: {
          name: 'scenarios',
          include: [scenarios],
          // As many as the command line plays at a time.
          maxConcurrency: 4,
          sequence: { groupOrder: 1 },
          ...patient,
          ...together,
        },
      },
      {
        extends: true,
        test: {
          name: 'comparison',
          include: [comparison],
          sequence: { groupOrder: 1 },
          ...patient,
          ...together,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: [browser],
          exclude: [comparison],
          globalSetup: 'testing/page/globalSetup.ts',
          sequence: { groupOrder: 2 },
          ...patient,
          ...together,
        },
      },
      {
        extends: true,
        test: {
          name: 'full',
          include: [full],
          globalSetup: 'testing/page/globalSetup.ts',
          sequence: { groupOrder: 3 },
          ...patient,
          ...together,
        },
      },
    ],
  },
});
