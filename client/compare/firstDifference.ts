/**
 * The first difference between two runs of one scenario, on the vulnerable and on the protected app, and its description.
 * Pure.
 */
import { eventLine } from '../../scenarios/engine/eventText.ts';
import type { ReceivedCookie, RedisCommand, TraceEvent, TraceHeader } from '../../scenarios/engine/trace.ts';

export interface Difference {
  /** The index of its step; null before the first step. */
  step: number | null;
  /** The event that only one side has at this place; null if the side has no further event in the step. */
  vulnerable: TraceEvent | null;
  protected: TraceEvent | null;
}

/** Returns the first difference between the events of two runs; null as long as there is none. */
export function firstDifference(vulnerable: readonly TraceEvent[], fixed: readonly TraceEvent[]): Difference | null {
  const [ours, theirs] = [comparableByStep(vulnerable), comparableByStep(fixed)];
  for (const step of new Set([...ours.keys(), ...theirs.keys()])) {
    const [one, other] = [ours.get(step) ?? [], theirs.get(step) ?? []];
    const index = [...(one.length > other.length ? one : other).keys()].find(
      (index) => one[index]?.text !== other[index]?.text,
    );
    if (index === undefined) continue;
    // A step that is still running on one side has events to come.
    const unfinished = (events: Comparable[]) => index >= events.length && events.at(-1)?.event.type !== 'step-ended';
    if (unfinished(one) || unfinished(other)) return null;
    return { step, vulnerable: one[index]?.event ?? null, protected: other[index]?.event ?? null };
  }
  return null;
}

/** An event with a text that is the same in two runs in which the same happened. */
interface Comparable {
  event: TraceEvent;
  text: string;
}

function comparableByStep(events: readonly TraceEvent[]): Map<number | null, Comparable[]> {
  const steps = new Map<number | null, Comparable[]>();
  const withCommonNames = commonNames();
  for (const event of groupedByRequest(events)) {
    const text = comparableText(event);
    if (text === null) continue;
    const comparable = { event, text: withCommonNames(text) };
    steps.set(event.step, [...(steps.get(event.step) ?? []), comparable]);
  }
  return steps;
}

/** Keeps the order, but puts all events of a request together: of two concurrent requests, either can be answered first. */
function groupedByRequest(events: readonly TraceEvent[]): TraceEvent[] {
  const groups: TraceEvent[][] = [];
  const ofRequest = new Map<number, TraceEvent[]>();
  for (const event of events) {
    const request = event.type === 'request' ? event.id : 'request' in event ? event.request : null;
    const group = (request !== null && ofRequest.get(request)) || [];
    if (group.length === 0) groups.push(group);
    if (request !== null) ofRequest.set(request, group);
    group.push(event);
  }
  return groups.flat();
}

/**
 * Returns a function that replaces what differs between sandboxes. Ids and tokens are numbered in the order in which they
 * appear.
 */
function commonNames(): (text: string) => string {
  const numbers = new Map<string, number>();
  return (text) =>
    text
      .replace(/sandbox:[0-9a-f]{12}:/g, '')
      // A signature, percent-encoded once, or twice within an address.
      .replace(/\.[\w%+/=-]{30,}/g, '.signature')
      .replace(/(?<![\w-])\d{10,}(?![\w-])/g, 'a timestamp')
      .replace(/[\w-]{16,}/g, (name) => {
        if (!numbers.has(name)) numbers.set(name, numbers.size);
        return `#${numbers.get(name)}`;
      });
}

/** Returns what can be compared of an event; null for an event that cannot be compared, such as passing time. */
function comparableText(event: TraceEvent): string | null {
  switch (event.type) {
    case 'request': {
      const sent = event.cookies.filter(({ sent }) => sent).map(({ name, value }) => `${name}=${unsigned(value)}`);
      return [event.actor, event.method, event.url, ...sent].join(' ');
    }
    case 'response': {
      const cookies = event.cookies.map((cookie) => {
        const value = cookie.header.slice(cookie.header.indexOf('=') + 1).split('; ')[0]!;
        return `${cookie.name}=${unsigned(value)} ${attributesOf(cookie).join(' ')} ${cookie.outcome}`;
      });
      return [event.status, event.by, ...cookies].join(' ');
    }
    case 'request-failed':
      return 'no answer';
    case 'command': {
      const { name, args, reply, error } = event;
      return [name, ...args.filter((arg) => !isJson(arg)), error ?? comparableReply(name, reply)].join(' ');
    }
    case 'key':
      // A change made by a command is compared with the command.
      return event.cause.by === 'command' ? null : `${event.key} ${event.change}`;
    case 'ask':
      return `answered ${String(event.actual)}`;
    case 'step-ended':
      return `ended ${event.error ?? ''}`;
    case 'page-shown':
      return `${event.actor} is shown ${event.url} ${event.status}`;
    case 'script':
      return `${event.actor} ${event.wrote ?? 'reads'}`;
    case 'mail':
      return `mail ${event.to} ${event.subject}`;
    case 'audit':
      return `audit ${event.name}`;
    case 'fault':
      return event.what;
    case 'restart':
      return `restart ${event.change}`;
    default:
      return null;
  }
}

/** Removes a signature, which is made with a secret of the sandbox. */
const unsigned = (value: string) => value.replace(/\.[^.]*$/, '');

const isJson = (arg: string) => /^[[{]/.test(arg);

/** The attributes of a Set-Cookie header, without Expires, which differs between sandboxes. */
const attributesOf = ({ header }: ReceivedCookie) =>
  header
    .split('; ')
    .slice(1)
    .filter((attribute) => !attribute.startsWith('Expires='));

/** Keeps replies that say whether something was found, or how much. Values differ between sandboxes, times to live between moments. */
function comparableReply(command: string, reply: string | null): string {
  if (/^p?ttl$/.test(command) && /^\(integer\) \d/.test(reply ?? '')) return 'a time to live';
  return reply !== null && /^(\(nil\)|\(integer\) -?\d{1,6}|OK)$/.test(reply) ? reply : 'a value';
}

/**
 * Describes one event of a difference in a line that shows the difference.
 *
 * @param other the event of the other side. What a response or a request has in common with it is left out.
 */
export function describeDifference(event: TraceEvent, other: TraceEvent | null, header: TraceHeader): string {
  if (
    event.type === 'response' &&
    other?.type === 'response' &&
    event.status === other.status &&
    event.by === other.by
  ) {
    const differing = event.cookies.findIndex((cookie, index) => !isAlike(cookie, other.cookies[index]));
    const index = differing === -1 ? event.cookies.length : differing;
    const cookie = event.cookies[index];
    return `Response ${event.status}, ${cookie ? describeCookie(cookie, other.cookies[index]) : 'no Set-Cookie'}`;
  }
  if (event.type === 'request' && other?.type === 'request' && event.url === other.url) {
    const sent = event.cookies.filter(({ sent }) => sent).map(({ name }) => name);
    return `${event.method} ${new URL(event.url).pathname}, Cookie: ${sent.join(', ') || 'none'}`;
  }
  if (event.type === 'command') return describeCommand(event, header);
  if (event.type === 'ask') return `Answer: ${event.actual}`;
  return eventLine(event, header);
}

/** Leaves out the content of a record: what follows it, such as its time to live, is the difference. */
function describeCommand({ name, args, reply, error }: RedisCommand, { namespace }: TraceHeader): string {
  const short = (text: string) => text.replaceAll(namespace, '').replace(/[\w-]{16,}/g, (id) => `${id.slice(0, 6)}…`);
  const shortArgs = args.map((arg) => (isJson(arg) ? '{…}' : short(arg.replace(/\s+/g, ' ').trim())));
  return `Redis: ${name.toUpperCase()} ${shortArgs.join(' ')} → ${short(error ?? reply ?? '')}`;
}

const isAlike = (one: ReceivedCookie, other: ReceivedCookie | undefined) =>
  one.name === other?.name && one.outcome === other.outcome && attributesOf(one).join() === attributesOf(other).join();

/** Describes a cookie by the attributes that the cookie of the same name on the other side lacks, or has in addition. */
function describeCookie(cookie: ReceivedCookie, other: ReceivedCookie | undefined): string {
  const { name, outcome } = cookie;
  const attributes = attributesOf(cookie);
  const otherAttributes = other?.name === name ? attributesOf(other) : [];
  const own = attributes.filter((attribute) => !otherAttributes.includes(attribute));
  const nameOf = (attribute: string) => attribute.split('=')[0];
  const missing = otherAttributes.map(nameOf).filter((name) => !attributes.map(nameOf).includes(name));
  return [
    `Set-Cookie: ${[`${name}=…`, ...own].join('; ')}`,
    ...(missing.length > 0 ? [`without ${missing.join(', ')}`] : []),
    ...(outcome === 'stored' ? [] : [`is ${outcome}`]),
  ].join(' ');
}
