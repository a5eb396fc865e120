import type { Scenario } from '../../../scenarios/engine/scenario.ts';
import { type Output, type Plan, type Reporter, type Run, runHolds } from '../reporter.ts';
import { oneLine } from './oneLine.ts';
import { nameOf, resultsOf, type StepResult } from './results.ts';

interface Surroundings {
  /** Returns the path of a file as the repository has it, and the line of a step in it, from 1. */
  locate(file: string, step: number, scenario: Scenario): { file: string; line: number | null };
}

/** Writes workflow commands of GitHub Actions: an annotation at the line of each step that went wrong. */
export function githubReporter({ write }: Pick<Output, 'write'>, { locate }: Surroundings): Reporter {
  let files: Plan['files'] = new Map();
  const print = (line: string) => write(`${line}\n`);
  const runs: Run[] = [];
  return {
    started(plan) {
      files = plan.files;
    },
    played(scenario, played) {
      runs.push(...played);
      const file = files.get(scenario);
      for (const run of played) {
        for (const result of resultsOf(run)) {
          if (result.message === null) continue;
          print(annotation(result, run, file === undefined ? null : locate(file, result.index, scenario)));
        }
      }
    },
    skipped({ slug }, reason) {
      print(workflowCommand('notice', { title: slug }, `Skipped. ${reason}`));
    },
    finished({ stopped, slow }) {
      if (slow !== undefined) print(workflowCommand('notice', { title: 'Redis is slow' }, slow));
      if (stopped !== null) print(workflowCommand('error', { title: 'Not everything was played' }, stopped));
      const fail = runs.filter((run) => !runHolds(run)).length;
      print(`${runs.length} ${runs.length === 1 ? 'run' : 'runs'}, ${fail === 0 ? 'all hold' : `${fail} fail`}`);
    },
  };
}

function annotation(
  { index, title, message, details }: StepResult,
  run: Run,
  place: { file: string; line: number | null } | null,
): string {
  const properties = {
    ...(place && { file: place.file }),
    ...(place && place.line !== null && { line: String(place.line) }),
    title: oneLine(`${nameOf(run)}, step ${index + 1}: ${title}`),
  };
  return workflowCommand('error', properties, [oneLine(message ?? ''), '', ...details].join('\n').trimEnd());
}

/** Returns a command, escaped as GitHub's own toolkit does. What a scenario says can neither end it nor start another one. */
export function workflowCommand(
  command: 'error' | 'notice',
  properties: Readonly<Record<string, string>>,
  message: string,
): string {
  const written = Object.entries(properties).map(([key, value]) => `${key}=${property(value)}`);
  return `::${command} ${written.join(',')}::${data(message)}`;
}

const data = (text: string) => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const property = (text: string) => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
