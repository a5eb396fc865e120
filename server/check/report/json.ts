import { exitCodeOf } from '../verdicts.ts';
import type { Output, Reporter } from './reporter.ts';

/** Goes up whenever a program that reads the document would misread it. */
const version = 1;

/** For programs: one JSON document at the end, and nothing else. */
export function jsonReporter({ write }: Output): Reporter {
  const print = (document: object) => write(`${JSON.stringify({ version, ...document }, null, 2)}\n`);
  return {
    started() {},
    found() {},
    finished({ traces: _, ...report }) {
      const exitCode = exitCodeOf(report);
      print({ exitCode, holds: exitCode === 0, ...report, ms: Math.round(report.ms) });
    },
    failed: (message, exitCode) => print({ exitCode, holds: false, findings: [], stopped: message }),
  };
}
