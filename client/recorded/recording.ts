/** What a page that plays recordings is given as data. Pure. */
import { runName } from '../../scenarios/engine/repairs.ts';
import { type ScenarioOutline, type Trace, type TraceHeader, traceVersion } from '../../scenarios/engine/trace.ts';
import type { Recorded } from '../player/serverApi.ts';

/** The scenarios, in reading order, and what was recorded of them. */
export interface RecordedCatalogue extends Recorded {
  scenarios: ScenarioOutline[];
}

/** A trace without its scenario, which the catalogue has, unless the run says something else about it. */
export interface Recording {
  header: Omit<TraceHeader, 'scenario'> & { scenario?: ScenarioOutline };
  events: Trace['events'];
}

type Ran = Pick<TraceHeader, 'variant' | 'repair'>;

export const catalogueName = 'catalogue';

/** Returns the name of a recording: "session-fixation.vulnerable", or that of the repair in place of the variant. */
export const recordingName = (slug: string, ran: Ran) => `${slug}.${runName(ran)}`;

export function packed({ header: { scenario, ...header }, events }: Trace, known: ScenarioOutline): Recording {
  const same = JSON.stringify(scenario) === JSON.stringify(known);
  return { header: { ...header, ...(!same && { scenario }) }, events };
}

export const unpacked = ({ header, events }: Recording, scenario: ScenarioOutline): Trace => ({
  version: traceVersion,
  header: { scenario, ...header },
  events,
});

/** The variable of the page in which scripts put the data, by name. */
export const place = 'sessionSandboxRecordings';

/** Returns a script that puts data into the page. It can also stand within an HTML document. */
export const dataScript = (name: string, data: RecordedCatalogue | Recording): string =>
  `(self.${place}??={})[${JSON.stringify(name)}]=${JSON.stringify(data).replaceAll('<', '\\u003c')};\n`;
