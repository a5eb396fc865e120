/** What a page that plays recordings, with no server behind it, is given as data. Pure. */
import { runName } from './repairs.ts';
import type { ScenarioOutline, Trace, TraceHeader } from './trace.ts';

/** What is behind a page that plays recordings. */
export interface Recorded {
  /** When they were recorded, in milliseconds since 1970. */
  at: number;
  /** Why something was not recorded, as a sentence, by the slug of a scenario or the name of a recording. */
  missing: Readonly<Record<string, string>>;
}

/** The scenarios, in reading order, and what was recorded of them. */
export interface RecordedCatalogue extends Recorded {
  scenarios: ScenarioOutline[];
}

/** A trace without its scenario, which the catalogue has, unless the run says something else about it. */
export interface Recording {
  header: Omit<TraceHeader, 'scenario'> & { scenario?: ScenarioOutline };
  events: Trace['events'];
}

export interface Recordings {
  catalogue: RecordedCatalogue;
  /** By name. */
  runs: ReadonlyMap<string, Recording>;
}

/** Returns the name of a recording: "session-fixation.vulnerable", or that of the repair in place of the variant. */
export const recordingName = (slug: string, ran: Pick<TraceHeader, 'variant' | 'repair'>) => `${slug}.${runName(ran)}`;

/**
 * Returns traces as recordings.
 * @param scenarios those of the catalogue; by default, those of the traces
 */
export function recordingsOf(
  traces: readonly Trace[],
  { at, missing }: Recorded,
  scenarios?: ScenarioOutline[],
): Recordings {
  const known = new Map((scenarios ?? traces.map(({ header }) => header.scenario)).map((one) => [one.slug, one]));
  const runs = traces.map(({ header: { scenario, ...header }, events }): [string, Recording] => {
    const same = JSON.stringify(scenario) === JSON.stringify(known.get(scenario.slug));
    return [recordingName(scenario.slug, header), { header: { ...header, ...(!same && { scenario }) }, events }];
  });
  return { catalogue: { at, missing, scenarios: [...known.values()] }, runs: new Map(runs) };
}

/** Returns the trace of a recording. */
export const traceOf = ({ header, events }: Recording, scenario: ScenarioOutline): Trace => ({
  version: 2,
  header: { scenario, ...header },
  events,
});

/** The name of the catalogue among the data. */
export const catalogueName = 'catalogue';

/** The variable of the page in which scripts put the data, by name. */
export const variable = 'sessionSandboxRecordings';

/** Returns a script that puts data into the page. It can also stand within an HTML document. */
export const dataScript = (name: string, data: RecordedCatalogue | Recording): string =>
  `(self.${variable}??={})[${JSON.stringify(name)}]=${JSON.stringify(data).replaceAll('<', '\\u003c')};\n`;
