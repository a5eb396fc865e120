/** The lanes of the diagram, and whose they are. Pure. */
import { actorsIn } from '../../../scenarios/engine/identity.ts';
import { processesOf, processLabel } from '../../../scenarios/engine/memory.ts';
import type { RequestSent, TraceEvent, TraceHeader } from '../../../scenarios/engine/trace.ts';
import { actorColor } from '../../ui/Badge.tsx';

export interface Lane {
  /** An `answerer` answers requests: Express, another instance of it, a cache, another site. */
  kind: 'actor' | 'answerer' | 'store';
  label: string;
  /** The end of the name of an actor's CSS variable `--actor-…`; empty for other lanes. */
  color: string;
}

/** A lane is identified by its index, from left to right. */
export interface Lanes {
  /** The actors, then those who answer, then Redis. */
  list: Lane[];
  redis: number;
  ofActor(name: string): number;
  /** Returns the lane of the one that answers a request; Express when there is no request. */
  ofAnswerer(request: Pick<RequestSent, 'id' | 'url'> | undefined): number;
  /** Returns the lane of a process of the app; Express when it has answered nothing. */
  ofProcess(name: string): number;
}

/** The name of the app in the trace when it has one instance. */
const theApp = 'app';

/**
 * The lanes are the same from the first step to the last: everyone who may answer, as the scenario says, has one from the beginning.
 *
 * @param events all of the trace, including later ones: stepping back and forth must not move the lanes
 */
export function lanesIn(header: TraceHeader, events: readonly TraceEvent[]): Lanes {
  const actors = actorsIn(header, events);
  const answeredBy = new Map(
    events.flatMap((event) => (event.type === 'response' ? [[event.request, event.by] as const] : [])),
  );
  const processes = processesOf(header);
  const { answerers: expected = [] } = header.scenario;
  const answerers = [...new Set([...processes, theApp, ...expected, ...answeredBy.values()])].sort(
    (a, b) => distance(a) - distance(b) || a.localeCompare(b),
  );
  const answererOf = ({ id, url }: Pick<RequestSent, 'id' | 'url'>) => {
    const { origin, host } = new URL(url);
    return answeredBy.get(id) ?? [origin, host].find((name) => answerers.includes(name)) ?? theApp;
  };
  return {
    list: [
      ...actors.map((actor): Lane => ({ kind: 'actor', label: actor.label, color: actorColor(actor, actors) })),
      ...answerers.map((name): Lane => ({ kind: 'answerer', label: answererLabel(name, header), color: '' })),
      { kind: 'store', label: 'Redis', color: '' },
    ],
    redis: actors.length + answerers.length,
    ofActor: (name) => actors.findIndex((actor) => actor.name === name),
    ofProcess: (name) => actors.length + answerers.indexOf(answerers.includes(name) ? name : theApp),
    ofAnswerer: (request) => actors.length + answerers.indexOf(request ? answererOf(request) : theApp),
  };
}

/** Orders those who answer by how close they are to Redis: other sites, the cache in front of the app, the app, further apps. */
function distance(answerer: string): number {
  if (answerer.includes('://')) return 0;
  if (answerer === 'cache') return 1;
  return isInstance(answerer) ? 2 : 3;
}

const capitalized = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

const isInstance = (answerer: string) => answerer === theApp || answerer.startsWith(`${theApp} `);

/** Returns "Express", "Process 2", "Cache", "evil.example"; with its scheme if that is plain http: "http://shop.example". */
function answererLabel(name: string, header: TraceHeader): string {
  if (isInstance(name))
    return processesOf(header).length > 1 ? capitalized(processLabel(header, name)) : header.told ? 'App' : 'Express';
  return name === 'cache' ? 'Cache' : name.replace('https://', '');
}
