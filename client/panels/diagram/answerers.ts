/** Who answers requests in a trace, each a lane of its own. Pure. */
import type { RequestSent, TraceEvent } from '../../../scenarios/engine/trace.ts';

/** The lanes between the people and Redis, and which of them a request goes to. */
export interface Answerers {
  /** As in the trace, from left to right: other sites, the cache, "app", "app 2", further apps. */
  names: string[];
  /** The name of who answered that request, or will. */
  of(request: Pick<RequestSent, 'id' | 'url'>): string;
}

/** The app's name in the trace where there is only one. */
const theApp = 'app';

/**
 * @param events all that are known, those after the moment being looked at included: a lane that comes and goes while one
 * steps back and forth would move all the others
 */
export function answerersOf(events: readonly TraceEvent[]): Answerers {
  const by = new Map<number, string>();
  const found = new Set([theApp]);
  for (const event of events) {
    if (event.type !== 'response') continue;
    by.set(event.request, event.by);
    found.add(event.by);
  }
  return {
    names: [...found].sort((a, b) => placeOf(a) - placeOf(b) || a.localeCompare(b)),
    of({ id, url }) {
      const { origin, host } = new URL(url);
      return by.get(id) ?? [origin, host].find((name) => found.has(name)) ?? theApp;
    },
  };
}

/** What is furthest from Redis comes first: other sites know nothing of it, and the cache stands before the app. */
function placeOf(name: string): number {
  if (name.includes('://')) return 0;
  if (name === 'cache') return 1;
  return isShopsApp(name) ? 2 : 3;
}

const isShopsApp = (name: string) => name === theApp || name.startsWith(`${theApp} `);

/** "Express", "Express 2", "Cache", "evil.example"; with its scheme, who answers over plain http: "http://shop.example". */
export function answererLabel(name: string): string {
  if (isShopsApp(name)) return name.replace(theApp, 'Express');
  if (name === 'cache') return 'Cache';
  return name.replace('https://', '');
}
