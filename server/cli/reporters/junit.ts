import { read } from '../../../scenarios/engine/read.ts';
import { runName } from '../../../scenarios/engine/repairs.ts';
import type { Scenario } from '../../../scenarios/engine/scenario.ts';
import type { Output, Plan, Reporter, Run } from '../reporter.ts';
import { slowRedis } from '../slowRedis.ts';
import { oneLine } from './oneLine.ts';
import { nameOf, resultsOf, type StepResult } from './results.ts';
import { element, xmlText } from './xml.ts';

/**
 * Writes one JUnit document, which Jenkins, GitLab and others read: a suite for each run, a case for each step. It keeps to the schema
 * of Jenkins (junit-10.xsd), which has no file or line for a case.
 */
export function junitReporter({ write }: Pick<Output, 'write'>): Reporter {
  const suites: Suite[] = [];
  let files: Plan['files'] = new Map();
  return {
    started(plan) {
      files = plan.files;
    },
    played(scenario, runs) {
      suites.push(...runs.map((run) => suiteOf(run, files.get(scenario))));
    },
    skipped(scenario, reason) {
      suites.push(skippedSuite(scenario, reason));
    },
    finished({ ms, stopped }) {
      if (stopped !== null) suites.push(stoppedSuite(stopped));
      const total = (count: keyof Counts) => suites.reduce((sum, { counts }) => sum + counts[count], 0);
      const root = {
        name: 'session-sandbox',
        tests: total('tests'),
        failures: total('failures'),
        errors: total('errors'),
        time: seconds(ms),
      };
      const written = suites.map(({ xml }) => `\n  ${xml}`);
      write(`<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', root, [...written, '\n'])}\n`);
    },
  };
}

interface Counts {
  tests: number;
  failures: number;
  errors: number;
  skipped: number;
}

interface Suite {
  counts: Counts;
  xml: string;
}

const seconds = (ms: number) => (ms / 1000).toFixed(3);

function suiteOf(run: Run, file: string | undefined): Suite {
  const { header } = read(run.trace);
  const results = resultsOf(run);
  const count = (state: StepResult['state']) => results.filter((result) => result.state === state).length;
  const counts = {
    tests: results.length,
    failures: count('fails'),
    errors: count('error'),
    skipped: count('not played'),
  };
  const classname = `${header.scenario.slug}.${runName(header)}`;
  const cases = results.map((result) => `\n    ${caseOf(result, classname)}`);
  const slow = slowRedis([run]);
  const written = slow === null ? [] : [`\n    ${element('system-out', {}, [xmlText(oneLine(slow))])}`];
  const more = { time: seconds(run.ms), timestamp: header.startedAt, ...(file !== undefined && { file }) };
  return {
    counts,
    xml: element('testsuite', { name: nameOf(run), ...counts, ...more }, [...cases, ...written, '\n  ']),
  };
}

function caseOf({ index, title, state, message, details, ms }: StepResult, classname: string): string {
  const name = `${index + 1}. ${title}`;
  const attributes = { name, classname, ...(ms !== null && { time: seconds(ms) }) };
  if (state === 'holds') return element('testcase', attributes);
  if (state === 'not played') {
    return element('testcase', attributes, [element('skipped', { message: 'An earlier step failed.' })]);
  }
  const kind = state === 'error' ? 'error' : 'failure';
  const why = { type: state === 'error' ? 'step' : 'answer', message: message ?? '' };
  return element('testcase', attributes, [element(kind, why, [xmlText(details.join('\n'))])]);
}

function skippedSuite({ slug, title }: Scenario, reason: string): Suite {
  const counts = { tests: 1, failures: 0, errors: 0, skipped: 1 };
  const skipped = element('skipped', { message: reason });
  const only = element('testcase', { name: title, classname: slug }, [skipped]);
  return { counts, xml: element('testsuite', { name: slug, ...counts }, [only]) };
}

/** A run that was stopped must not look like one that was whole. */
function stoppedSuite(why: string): Suite {
  const counts = { tests: 1, failures: 0, errors: 1, skipped: 0 };
  const error = element('error', { type: 'stopped', message: why });
  const only = element('testcase', { name: 'Everything is played', classname: 'session-sandbox' }, [error]);
  return { counts, xml: element('testsuite', { name: 'session-sandbox', ...counts }, [only]) };
}
