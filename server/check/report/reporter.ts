import type { Finding, Report } from '../verdicts.ts';

/** What is about to be checked. */
export interface Plan {
  origin: string;
  /** The addresses to which requests go, resolved once. */
  addresses: readonly string[];
  /** Requests a second. */
  rate: number;
  /** The most requests. */
  budget: number;
  /** The names of the two accounts. */
  people: readonly string[];
}

export interface Reporter {
  started(plan: Plan): void;
  /** Called for each probe, in order. */
  found(findings: readonly Finding[], how: { traces: boolean }): void;
  finished(report: Report): void;
  /** Called in place of `finished` when the check says nothing about the app. */
  failed(message: string, exitCode: number): void;
}

/** Where a report is written. */
export interface Output {
  write(text: string): void;
  /** Writes what went wrong, beside the report. */
  complain(text: string): void;
  /** The width of a line. */
  columns: number;
  paint(color: 'bold' | 'dim' | 'green' | 'red', text: string): string;
}
