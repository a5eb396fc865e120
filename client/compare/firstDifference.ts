/** Where two plays of one scenario first part: the same steps, on the vulnerable app and on the protected one. Pure. */
import type { TraceEvent } from '../../scenarios/engine/trace.ts';

export interface Difference {
  /** Index of the step it is in; null for what happened before the first one. */
  step: number | null;
  /** The event on each side that the other does not have there; null where that side has nothing more in the step. */
  vulnerable: TraceEvent | null;
  protected: TraceEvent | null;
}

/** The first place at which the two traces do not tell the same; null as long as they do. */
export function firstDifference(vulnerable: readonly TraceEvent[], fixed: readonly TraceEvent[]): Difference | null {
  const [ours, theirs] = [inSteps(vulnerable), inSteps(fixed)];
  for (const step of new Set([...ours.keys(), ...theirs.keys()])) {
    const [one, other] = [ours.get(step) ?? [], theirs.get(step) ?? []];
    const index = Array.from({ length: Math.max(one.length, other.length) }, (_, index) => index).find(
      (index) => one[index]?.says !== other[index]?.says,
    );
    if (index === undefined) continue;
    // A step that is still being played on one side has not said everything yet.
    const unfinished = (told: Told[], index: number) =>
      index >= told.length && told.at(-1)?.event.type !== 'step-ended';
    if (unfinished(one, index) || unfinished(other, index)) return null;
    return { step, vulnerable: one[index]?.event ?? null, protected: other[index]?.event ?? null };
  }
  return null;
}

interface Told {
  event: TraceEvent;
  says: string;
}

/** What is told in each step, with names that two sandboxes have in common. */
function inSteps(events: readonly TraceEvent[]): Map<number | null, Told[]> {
  const steps = new Map<number | null, Told[]>();
  const common = commonNames();
  for (const event of byRequest(events)) {
    const says = saying(event);
    if (says === null) continue;
    const told = { event, says: common(says) };
    steps.set(event.step, [...(steps.get(event.step) ?? []), told]);
  }
  return steps;
}

/** In their order, but all of one request together: of two that are under way at once, either may be answered first. */
function byRequest(events: readonly TraceEvent[]): TraceEvent[] {
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
 * Ids, tokens and moments are made anew in every sandbox; what they are called here is which of them it is, in the order in
 * which they appeared.
 */
function commonNames(): (text: string) => string {
  const seen = new Map<string, number>();
  return (text) =>
    text
      .replace(/sandbox:[0-9a-f]{12}:/g, '')
      // A signature, percent-encoded once or twice where it stands in an address.
      .replace(/\.[\w%+/=-]{30,}/g, '.signature')
      .replace(/(?<![\w-])\d{10,}(?![\w-])/g, 'a moment')
      .replace(/[\w-]{16,}/g, (name) => {
        if (!seen.has(name)) seen.set(name, seen.size);
        return `#${seen.get(name)}`;
      });
}

/** What of an event can be compared; null for what cannot, such as how long it took. */
function saying(event: TraceEvent): string | null {
  switch (event.type) {
    case 'request': {
      const sent = event.cookies.filter(({ sent }) => sent).map(({ name, value }) => `${name}=${sidPart(value)}`);
      return [event.actor, event.method, event.url, ...sent].join(' ');
    }
    case 'response': {
      const cookies = event.cookies.map(({ header, name, outcome }) => {
        const [value = '', ...attributes] = header.slice(header.indexOf('=') + 1).split('; ');
        const lasting = attributes.filter((attribute) => !attribute.startsWith('Expires='));
        return `${name}=${sidPart(value)} ${lasting.join(' ')} ${outcome}`;
      });
      return [event.status, event.by, ...cookies].join(' ');
    }
    case 'request-failed':
      return 'no answer';
    case 'command': {
      const { name, args, reply, error } = event;
      return [name, ...args.filter((arg) => !/^[[{]/.test(arg)), error ?? shape(name, reply)].join(' ');
    }
    case 'key':
      // What a command did to a key is told by the command.
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

/** The id of a signed value: its signature is made with a secret of the sandbox. */
const sidPart = (value: string) => value.replace(/\.[^.]*$/, '');

/** Whether something came, and how many: what it is differs from sandbox to sandbox, and a time to live from moment to moment. */
function shape(command: string, reply: string | null): string {
  if (/^p?ttl$/.test(command) && /^\(integer\) \d/.test(reply ?? '')) return 'a time to live';
  return reply !== null && /^(\(nil\)|\(integer\) -?\d{1,6}|OK)$/.test(reply) ? reply : 'something';
}
