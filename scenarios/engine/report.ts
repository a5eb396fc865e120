/** The report of a run that holds its traces: what the command line writes into a page, and the page reads. */
import type { Trace } from './trace.ts';

export interface Report {
  /** Everything was played, and everything holds. */
  holds: boolean;
  /** Real milliseconds. */
  ms: number;
  /** Why not everything was played, as a sentence; null when everything was. */
  stopped: string | null;
  /** That Redis answered slowly, as a sentence; null when it did not. */
  slow: string | null;
  scenarios: ReportedScenario[];
}

export interface ReportedScenario {
  slug: string;
  title: string;
  subtitle: string | null;
  /** Why it was not played, as a sentence; null when it was. */
  skipped: string | null;
  runs: ReportedRun[];
}

export interface ReportedRun {
  /** The variant or the repair. */
  name: string;
  holds: boolean;
  /** Real milliseconds. */
  ms: number;
  /** The first step that went wrong, from 0; null when none did. */
  wrong: number | null;
  /** What is wrong, as sentences. */
  problems: string[];
  trace: Trace;
}
