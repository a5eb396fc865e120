import { expect, test } from 'vitest';
import type { Report } from '../../scenarios/engine/report.ts';
import { addressOfRun, runAt } from './reportAddress.ts';

const run = (name: string) => ({ name, holds: true, ms: 1, wrong: null, problems: [], trace: {} as never });
const scenario = (slug: string) => ({
  slug,
  title: slug,
  subtitle: null,
  skipped: null,
  runs: [run('vulnerable'), run('protected')],
});
const report: Report = { holds: true, ms: 1, stopped: null, slow: null, scenarios: [scenario('one'), scenario('two')] };

test('each run has an address of its own', () => {
  for (const one of report.scenarios)
    for (const run of one.runs) expect(runAt(addressOfRun(one, run), report)).toEqual({ scenario: one, run });
});

test.each(['', '#', '#/', '#/one', '#/three/protected', '#/one/repaired'])('"%s" is the list', (address) =>
  expect(runAt(address, report)).toBeNull(),
);
