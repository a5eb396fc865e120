/** For tests of reporters: runs that were recorded once, and what a reporter writes about them. */
import type { Scenario } from '../scenarios/engine/scenario.ts';
import fixation from '../scenarios/session-fixation.ts';
import type { Outcome, Output, Reporter, Run } from '../server/cli/reporter.ts';
import { keep, planOf, record } from './commandLine.ts';

/** What nobody may be able to put into a report: the end of XML, of a workflow command, of a script, of a table, of a line. */
export const nasty = `</failure>]]>"'&<!--</script>\u0000\u001b[2J\r\n::error::x|@everyone # \\ %0A`;

/** The scenario whose protected variant should answer otherwise in step 4. */
export const wrongFixation: Scenario = {
  ...fixation,
  slug: 'wrong-fixation',
  steps: fixation.steps.map((step, index) =>
    index === 3 && step.ask ? { ...step, title: `Step ${nasty}`, ask: { ...step.ask, protected: nasty } } : step,
  ),
};

/** The scenario without its first step, on which the others depend. */
export const brokenFixation: Scenario = { ...fixation, slug: 'broken-fixation', steps: fixation.steps.slice(1) };

export interface Recorded {
  scenario: Scenario;
  runs: Run[];
}

let recorded: Promise<Recorded[]> | undefined;

/** Plays a scenario that holds, one whose answer is wrong, and one whose step fails; once for all tests of a file. */
export function recordAll(): Promise<Recorded[]> {
  recorded ??= Promise.all(
    [fixation, wrongFixation, brokenFixation].map(async (scenario) => ({ scenario, runs: await record(scenario) })),
  );
  return recorded;
}

/** Returns what the reporter writes about these, and about a scenario that needs a real Redis. */
export function reported(
  create: (output: Output) => Reporter,
  played: readonly Recorded[],
  { outcome = {} as Partial<Outcome>, skipped = [] as readonly Scenario[] } = {},
): string {
  const output = keep();
  const reporter = create(output);
  reporter.started(planOf([...played.map(({ scenario }) => scenario), ...skipped]));
  for (const { scenario, runs } of played) reporter.played(scenario, runs);
  for (const scenario of skipped) reporter.skipped(scenario, 'A mock evicts nothing.');
  reporter.finished({ store: 'mock', holds: false, ms: 1234, stopped: null, ...outcome });
  return output.text;
}
