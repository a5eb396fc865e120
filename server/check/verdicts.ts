/** What a check says. */
import type { Trace } from '../../scenarios/engine/trace.ts';

/**
 * `holds`: it was tried, and the app withstood. `fails`: it was tried, and it worked. `not shown`: what was seen decides neither.
 * `not applicable`: there is nothing to try, for the reason that is given.
 */
export type Verdict = 'holds' | 'fails' | 'not shown' | 'not applicable';

/** A request and its answer, redacted. */
export interface Exchange {
  who: string;
  /** "POST /login", with the headers that decide. */
  sent: string[];
  answered: string[];
}

export interface Finding {
  /** `fixation-frozen-id`: the same in every version. */
  id: string;
  title: string;
  verdict: Verdict;
  /** What was seen, as a sentence or two. */
  says: string;
  /** The requirements that it is about: "ASVS V7.2.4". */
  requirements: readonly string[];
  /** The slug of the scenario that explains it. */
  lesson: string;
  evidence: Exchange[];
  /** The name of the trace that shows it. */
  trace: string;
}

export interface Report {
  origin: string;
  /** The names of the cookies that carry the session. */
  sessionCookies: string[];
  findings: Finding[];
  /** Makes the traces, by the name of the probe. Without passwords and without any session id that the app would accept. */
  traces: () => Map<string, Trace>;
  requests: number;
  budget: number;
  ms: number;
  /** Why not everything was tried, as a sentence; null when everything was. */
  stopped: string | null;
}

/** The exit code of a report: what was found counts, and a check that was not finished does not pass. */
export function exitCodeOf({ findings, stopped }: Pick<Report, 'findings' | 'stopped'>): 0 | 1 | 3 {
  if (findings.some(({ verdict }) => verdict === 'fails')) return 1;
  return stopped === null ? 0 : 3;
}
