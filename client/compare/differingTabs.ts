/** In which panels a step has left the two variants different, so that their tabs can say so. Pure. */
import { keyName, sessionIds } from '../../scenarios/engine/identity.ts';
import { topicOfKey } from '../../scenarios/engine/subject.ts';
import type { EventOf, KeyChanged, TraceEvent, TraceHeader } from '../../scenarios/engine/trace.ts';
import { type Comparable, commonNames, comparable, comparableText, unsigned } from './comparable.ts';

/** A panel that is behind a tab in the comparison. */
export type DifferingTab = 'cookies' | 'redis' | 'wire' | 'log';

interface Step {
  header: Pick<TraceHeader, 'namespace' | 'scenario'>;
  events: readonly TraceEvent[];
}

/** Returns the panels that show a difference which the step has made. The log is one of them only if no other panel shows it. */
export function differingTabs(vulnerable: Step, fixed: Step): ReadonlySet<DifferingTab> {
  const [ours, theirs] = [textsByTab(vulnerable), textsByTab(fixed)];
  const differing = (['cookies', 'redis', 'wire'] as const).filter((tab) => ours[tab] !== theirs[tab]);
  return new Set(differing.length === 0 && ours.log !== theirs.log ? ['log'] : differing);
}

/** What the step left in each panel, as one text. */
function textsByTab({ events, header: { namespace, scenario } }: Step): Record<DifferingTab, string> {
  const textOf = (event: TraceEvent) => {
    // The questions have a table of their own.
    if (event.type === 'ask') return null;
    if (event.type === 'jar') return jarText(event);
    if (event.type !== 'key') return comparableText(event);
    const name = keyName(event.key, namespace);
    return topicOfKey(name, scenario.subject).subject ? keyText(name, event) : null;
  };
  const sids = new Set(sessionIds(events));
  // Of tokens, one more on one side must not make all that follow it differ.
  const all = comparable(
    events,
    textOf,
    commonNames((name) => sids.has(name)),
  );
  const of = (tab: DifferingTab) => all.filter(({ event }) => tabOf(event) === tab);
  return {
    cookies: lastOfEach(of('cookies'), ({ event }) => (event.type === 'jar' ? event.actor : '')),
    redis: lastOfEach(of('redis'), ({ text }) => text.split(' ')[0]!),
    wire: joined(of('wire')),
    log: joined(of('log')),
  };
}

const joined = (list: readonly Comparable[]) => list.map(({ text }) => text).join('\n');

function tabOf({ type }: TraceEvent): DifferingTab {
  if (type === 'jar') return 'cookies';
  if (type === 'key') return 'redis';
  return type === 'request' || type === 'response' || type === 'request-failed' ? 'wire' : 'log';
}

/** The last state of each jar or key, in an order that does not depend on which changed first. */
const lastOfEach = (list: readonly Comparable[], nameOf: (one: Comparable) => string) =>
  [...new Map(list.map((one) => [nameOf(one), one.text])).values()].sort().join('\n');

const minutesUntil = (end: number | null, at: number) => (end === null ? 'no end' : Math.round((end - at) / 60_000));

function jarText({ actor, cookies, at }: EventOf<'jar'>): string {
  const held = cookies.map(({ value, expiresAt, sid, ...rest }) =>
    // Its name first: the order must not depend on the value.
    [JSON.stringify(rest), unsigned(value), minutesUntil(expiresAt, at)].join(' '),
  );
  return [actor, ...held.sort()].join('\n');
}

function keyText(name: string, { change, value, expiresAt, at }: KeyChanged): string {
  // That its time to live was renewed is no difference to a key that was written again.
  const state = change === 'ttl' ? 'set' : change;
  return [name, state, minutesUntil(expiresAt, at), JSON.stringify(withoutCookie(value))].join(' ');
}

/** Without the cookie object of express-session, which holds a date. */
function withoutCookie(value: KeyChanged['value']): unknown {
  if (value?.type !== 'string') return value;
  try {
    const { cookie, ...rest } = JSON.parse(value.data) as Record<string, unknown>;
    return rest;
  } catch {
    return value.data;
  }
}
