import { parseSignedValue } from '../../scenarios/engine/identity.ts';
import { formatFields, rewriteTexts } from '../../scenarios/engine/rewriteTexts.ts';
import type { Trace, TraceEvent } from '../../scenarios/engine/trace.ts';
import type { Secrets } from './safety/secrets.ts';

const kept = new Set<string>([...formatFields, 'slug', 'lesson', 'references']);

/**
 * Returns a trace as it may be kept: each event with the session that it is about, and without secrets. A session id has a
 * stand-in, the same wherever it appears.
 * @param cookie the name of the cookie that carries the session
 */
export function finishedTrace(trace: Trace, cookie: string, secrets: Secrets): Trace {
  const events = withSids(trace.events, cookie);
  return rewriteTexts({ ...trace, events }, secrets.redact, kept);
}

function withSids(events: readonly TraceEvent[], cookie: string): TraceEvent[] {
  const known = new Set<string>();
  const sidIn = (name: string, value: string) => (name === cookie && value !== '' ? sidOf(value) : null);
  const first = (sids: (string | null)[]) => sids.find((sid) => sid !== null) ?? null;
  const named = events.map((event): TraceEvent => {
    switch (event.type) {
      case 'request': {
        const cookies = event.cookies.map((one) => ({ ...one, sid: sidIn(one.name, one.value) }));
        const header = event.headers.find(([name]) => name.toLowerCase() === 'cookie')?.[1] ?? '';
        return { ...event, cookies, sid: first(header.split('; ').map((pair) => sidIn(...split(pair)))) };
      }
      case 'response': {
        const cookies = event.cookies.map((one) => ({ ...one, sid: sidIn(...split(one.header.split(';')[0]!)) }));
        return { ...event, cookies, sid: first(cookies.map(({ sid }) => sid)) };
      }
      case 'jar':
        return { ...event, cookies: event.cookies.map((one) => ({ ...one, sid: sidIn(one.name, one.value) })) };
      case 'cookie-planted':
      case 'cookie-copied':
        return { ...event, sid: sidIn(event.name, event.value) };
      default:
        return event;
    }
  });
  for (const event of named) if ('cookies' in event) for (const { sid } of event.cookies) if (sid) known.add(sid);
  return named.map((event) => (event.type === 'key' ? { ...event, sid: namedIn(event.key, known) } : event));
}

/** Returns the session whose id is in the name of a key: the whole value of its cookie, or what stands before the signature. */
function namedIn(key: string, sids: ReadonlySet<string>): string | null {
  const within = (id: string) => id.length >= shortestId && key.includes(id);
  return [...sids].find((sid) => within(sid) || within(sid.split('.')[0]!)) ?? null;
}

/** Characters of an id that is in no name by chance. */
const shortestId = 12;

const sidOf = (value: string) => parseSignedValue(value)?.sid ?? value;

function split(pair: string): [name: string, value: string] {
  const at = pair.indexOf('=');
  return at === -1 ? ['', pair.trim()] : [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
}
