import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { SlowestFirst } from './scripts/slowestFirst.ts';

const tests = '{client,scenarios,scripts,server,testing}/**/*.test.ts';
const browser = '**/*.browser.test.ts';
/** Everything everywhere: only `npm run test:full` runs these. */
const full = '**/*.full.test.ts';
/**
 * Measure how long learners wait beside an attacker, whether an answer takes longer, and what is over after a few real seconds: on two
 * processors, any other test disturbs. Or it builds anew what the server of the page serves to the other tests.
 */
const undisturbed = [
  'scripts/package/package.full.test.ts',
  'server/shares.full.test.ts',
  'server/check/examples.full.test.ts',
  'server/lab/scenarios.realTime.full.test.ts',
];
/** Play every scenario, and some of them have a second to meet. */
const scenarios = 'server/lab/scenarios.*.test.ts';
/** Compares the virtual browser with a real one, lifetimes included. */
const comparison = 'testing/chromium/*.browser.test.ts';

// The groups run one after the other, and each is as wide as fits its tests on two processors. While one test waits for a server or for
// time to pass, others can work; but a test that measures time needs a processor when its time has come.
const first = { sequence: { groupOrder: 0 }, maxWorkers: 4 };
const measuring = { sequence: { groupOrder: 1 }, maxWorkers: 2 };
const third = { sequence: { groupOrder: 2 }, maxWorkers: 3 };
const last = { sequence: { groupOrder: 3 }, maxWorkers: 2 };
const alone = { sequence: { groupOrder: 4 }, maxWorkers: 1 };

/** Milliseconds. A test on a busy machine takes long, and that is not an error. */
const patient = { testTimeout: 60_000, hookTimeout: 60_000, expect: { poll: { timeout: 20_000 } } };

/** Starts the browser and the server that the tests of the page share. */
const page = { globalSetup: 'testing/page/globalSetup.ts' };

export default defineConfig({
  resolve: {
    alias: {
      // What is written for the package, as in examples/, runs from the source here.
      'session-sandbox': fileURLToPath(new URL('server/exports.ts', import.meta.url)),
      'react/jsx-dev-runtime': fileURLToPath(new URL('testing/checkedJsx.ts', import.meta.url)),
    },
  },
  test: {
    pool: 'forks',
    retry: 0,
    sequence: { sequencer: SlowestFirst },
    // The files of a project share a few processes: to start one for each file takes longer than most files run.
    isolate: false,
    // Each project has a compiler of its own. With this they share what they have compiled, in node_modules/.experimental-vitest-cache.
    experimental: { fsModuleCache: true },
    restoreMocks: true,
    unstubEnvs: true,
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: [tests], exclude: [browser, full, scenarios], ...patient, ...first },
      },
      {
        extends: true,
        // Side by side within a file: as many as the command line plays at a time.
        test: { name: 'scenarios', include: [scenarios], exclude: [full], maxConcurrency: 4, ...patient, ...measuring },
      },
      { extends: true, test: { name: 'comparison', include: [comparison], ...patient, ...measuring } },
      {
        extends: true,
        test: { name: 'browser', include: [browser], exclude: [comparison], ...page, ...patient, ...third },
      },
      {
        extends: true,
        test: {
          name: 'full',
          include: [full],
          exclude: undisturbed,
          ...page,
          ...patient,
          testTimeout: 180_000,
          // All traces and all contexts do not fit into the memory of one process.
          isolate: true,
          ...last,
        },
      },
      { extends: true, test: { name: 'full alone', include: undisturbed, ...patient, ...alone } },
    ],
  },
});
