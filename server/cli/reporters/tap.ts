import { storesOf } from '../../../scenarios/engine/scenario.ts';
import { type Output, type Reporter, type Run, runHolds } from '../reporter.ts';
import { oneLine } from './oneLine.ts';
import { nameOf, resultsOf, type StepResult } from './results.ts';

/** Writes the Test Anything Protocol, version 14, as it goes: a test for each run, and a subtest with its steps. */
export function tapReporter({ write }: Pick<Output, 'write'>): Reporter {
  let number = 0;
  let started = false;
  const print = (...lines: string[]) => write(lines.map((line) => `${line}\n`).join(''));
  return {
    started({ scenarios, variants, store }) {
      started = true;
      const tests = scenarios.map((scenario) => (storesOf(scenario).includes(store) ? variants.length : 1));
      print('TAP version 14', `1..${tests.reduce((sum, count) => sum + count, 0)}`);
    },
    played(_, runs) {
      for (const run of runs) {
        number += 1;
        print(...subtest(run), `${runHolds(run) ? 'ok' : 'not ok'} ${number} - ${tapText(nameOf(run))}`);
      }
    },
    skipped({ slug }, reason) {
      number += 1;
      print(`ok ${number} - ${tapText(slug)} # SKIP ${oneLine(reason)}`);
    },
    finished({ stopped, slow }) {
      if (slow !== undefined) print(`# ${oneLine(slow)}`);
      if (stopped === null) return;
      if (!started) print('TAP version 14');
      print(`Bail out! ${oneLine(stopped)}`);
    },
  };
}

function subtest(run: Run): string[] {
  const results = resultsOf(run);
  const lines = [`1..${results.length}`, ...results.flatMap(point)];
  return [`# Subtest: ${tapText(nameOf(run))}`, ...lines.map((line) => `    ${line}`)];
}

function point({ index, title, state, message, details }: StepResult): string[] {
  const name = `${index + 1} - ${tapText(title)}`;
  if (state === 'holds') return [`ok ${name}`];
  if (state === 'not played') return [`not ok ${name} # SKIP an earlier step failed`];
  return [`not ok ${name}`, ...diagnostics({ message: message ?? '', severity: 'fail', details: details.join('\n') })];
}

/** A block of YAML, indented by two. JSON strings are YAML, and nothing in them can end the block. */
function diagnostics(fields: Record<string, string>): string[] {
  const lines = Object.entries(fields).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  return ['---', ...lines, '...'].map((line) => `  ${line}`);
}

/** Escapes what would start a directive: `#`, and the backslash that escapes. */
export const tapText = (text: string): string => oneLine(text).replace(/[\\#]/g, '\\$&');
