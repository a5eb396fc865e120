/**
 * What of an event can be compared between two runs of one scenario: what both would say the same of if the same happened. Session
 * IDs, tokens and signatures differ between sandboxes, so they have common names. Pure.
 */
import { faultText } from '../../scenarios/engine/faultText.ts';
import type { KeyChanged, ReceivedCookie, TraceEvent } from '../../scenarios/engine/trace.ts';

/** An event with a text that is the same in two runs in which the same happened. */
export interface Comparable {
  event: TraceEvent;
  text: string;
}

/**
 * Returns what can be compared of the events, in the order of the requests.
 *
 * @param textOf returns what can be compared of one event; null when that is nothing
 * @param withCommonNames replaces in each text what differs between sandboxes
 */
export function comparable(
  events: readonly TraceEvent[],
  textOf: (event: TraceEvent) => string | null = comparableText,
  withCommonNames = commonNames(),
): Comparable[] {
  return groupedByRequest(events).flatMap((event) => {
    const text = textOf(event);
    return text === null ? [] : [{ event, text: withCommonNames(text) }];
  });
}

/** Keeps the order, but puts all events of a request together: of two concurrent requests, either can be answered first. */
function groupedByRequest(events: readonly TraceEvent[]): TraceEvent[] {
  const groups: TraceEvent[][] = [];
  const ofRequest = new Map<number, TraceEvent[]>();
  const requestOfCommand = new Map<number, number>();
  const requestOf = (event: TraceEvent): number | null => {
    if (event.type === 'request') return event.id;
    if (event.type === 'key')
      return event.cause.by === 'command' ? (requestOfCommand.get(event.cause.command) ?? null) : null;
    return 'request' in event ? event.request : null;
  };
  for (const event of events) {
    if (event.type === 'command' && event.request !== null) requestOfCommand.set(event.id, event.request);
    const request = requestOf(event);
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
 *
 * @param isNumbered whether which one it is counts; if not, all of them have one name, and one more of them changes no number
 */
export function commonNames(isNumbered: (name: string) => boolean = () => true): (text: string) => string {
  const numbers = new Map<string, number>();
  return (text) =>
    text
      .replace(/sandbox:[0-9a-f]{12}:/g, '')
      // A signature, percent-encoded once, or twice within an address.
      .replace(/\.[\w%+/=-]{30,}/g, '.signature')
      .replace(/(?<![\w-])\d{10,}(?![\w-])/g, 'a timestamp')
      .replace(/(?<=%)3A(?=[\w-]{16,})/g, '3A:')
      .replace(/[\w-]{16,}/g, (name) => {
        if (!isNumbered(name)) return 'a token';
        if (!numbers.has(name)) numbers.set(name, numbers.size);
        return `#${numbers.get(name)}`;
      });
}

/** Returns what can be compared of an event; null for an event that cannot be compared, such as passing time. */
export function comparableText(event: TraceEvent): string | null {
  switch (event.type) {
    case 'request': {
      const sent = event.cookies.filter(({ sent }) => sent).map(({ name, value }) => `${name}=${unsigned(value)}`);
      return [event.actor, event.method, event.url, ...sent].join(' ');
    }
    case 'response': {
      const cookies = event.cookies.map((cookie) => {
        const value = cookie.header.slice(cookie.header.indexOf('=') + 1).split('; ')[0]!;
        return `${cookie.name}=${unsigned(value)} ${attributesOf(cookie).map(inMinutes).join(' ')} ${cookie.outcome}`;
      });
      return [event.status, event.by, ...cookies].join(' ');
    }
    case 'request-failed':
      return 'no answer';
    case 'stopped':
      return `${event.actor} is stopped: ${event.why}`;
    case 'stream-message':
      return `${event.actor} gets ${event.name}`;
    case 'stream-ended':
      return `stream of ${event.actor} ${event.how}`;
    case 'command':
      return event.error;
    case 'key':
      return event.sid === null ? null : [event.sid, event.change, lifetimeOf(event), ...fieldsOf(event)].join(' ');
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
    case 'fault':
      return faultText(event.fault);
    case 'restart':
      return `restart ${event.change}`;
    default:
      return null;
  }
}

/** A shop may name the rest of a lifetime, which is a second less where it took a moment longer. */
const inMinutes = (attribute: string) =>
  attribute.replace(/(?<=^Max-Age=)\d+$/, (seconds) => `${Math.round(Number(seconds) / 60)} minutes`);

/** Removes a signature, which is made with a secret of the sandbox. */
export const unsigned = (value: string) => value.replace(/\.[^.]*$/, '');

/** Whole minutes, because commands take a while. */
const lifetimeOf = ({ expiresAt, at }: KeyChanged) => (expiresAt === null ? '' : Math.round((expiresAt - at) / 60_000));

/** The names of the fields of a session record, and whom it names. Other values differ between sandboxes. */
function fieldsOf({ value }: KeyChanged): string[] {
  if (value?.type !== 'string') return [];
  try {
    const { userId, ...others } = JSON.parse(value.data) as Record<string, unknown>;
    return [String(userId), ...Object.keys(others)];
  } catch {
    return [];
  }
}

/** The attributes of a Set-Cookie header, without Expires, which differs between sandboxes. */
export const attributesOf = ({ header }: ReceivedCookie) =>
  header
    .split('; ')
    .slice(1)
    .filter((attribute) => !attribute.startsWith('Expires='));
