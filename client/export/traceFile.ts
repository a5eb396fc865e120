/** Parses a trace file. For any other file, says what is wrong with it. */
import type { z } from 'zod';
import { type Trace, trace as traceSchema, traceVersion } from '../../scenarios/engine/trace.ts';

/** In bytes. Far more than the 20,000 events need that a sandbox records. */
export const largestFile = 32 * 1024 * 1024;
const mostEvents = 25_000;

/** Far more than any lesson has. Each gets a lane, a jar and a place in the picture. */
const mostActors = 50;

/** Thrown when a file is not a trace. The message says why, in sentences. */
export class NotATrace extends Error {
  override name = 'NotATrace';
}

/**
 * Returns the trace in a file's text.
 * @throws NotATrace with what is wrong
 */
export function parseTrace(text: string): Trace {
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    throw new NotATrace(
      'It is not JSON. A trace file ends in .trace.json and was exported by this page or the command line.',
    );
  }
  const { version, events } = (found ?? {}) as { version?: unknown; events?: unknown };
  if (typeof version === 'number' && version !== traceVersion) {
    throw new NotATrace(
      `It is a trace of version ${version}, and this page reads version ${traceVersion}. Play the scenario again and export a new trace.`,
    );
  }
  if (Array.isArray(events) && events.length > mostEvents) {
    throw new NotATrace(`It has ${events.length} events, but a sandbox records at most 20000.`);
  }
  const checked = traceSchema.safeParse(found);
  if (!checked.success) throw new NotATrace(describeIssue(found, checked.error.issues[0]!));
  // Not `checked.data`, which lacks the fields that only a later version knows.
  const trace = found as Trace;
  const complaint = inconsistency(trace);
  if (complaint) throw new NotATrace(complaint);
  return trace;
}

/** Checks what the schema cannot: events are in order and refer only to what came before them. */
function inconsistency({ header, events }: Trace): string | null {
  const requests = new Set<number>();
  const known = new Set(header.scenario.actors.map(({ name }) => name));
  if (known.size < header.scenario.actors.length) return 'Two actors have the same name.';
  for (const [index, event] of events.entries()) {
    const here = `In event ${index}`;
    if (event.seq !== index) return `${here}, seq is ${event.seq}: events are missing or out of order.`;
    if (event.step !== null && event.step >= header.scenario.steps.length) {
      return `${here}, step is ${event.step}, and the scenario has ${header.scenario.steps.length} steps.`;
    }
    if (known.size > mostActors) return tooManyActors;
    if (event.type === 'joined') {
      if (known.has(event.actor.name)) return `${here}, "${shortened(event.actor.name)}" joins a second time.`;
      known.add(event.actor.name);
    } else if ('actor' in event && !known.has(event.actor))
      return `${here}, there is no actor "${shortened(event.actor)}".`;
    if (event.type === 'request') {
      if (requests.has(event.id)) return `${here}, the id ${event.id} is that of an earlier request.`;
      requests.add(event.id);
    } else if ('request' in event && event.request !== null && !requests.has(event.request)) {
      return `${here}, there is no request ${event.request} before it.`;
    }
  }
  return known.size > mostActors ? tooManyActors : null;
}

const tooManyActors = `It has more than ${mostActors} actors, and this page draws at most that many.`;

/** Says what is wrong and where: "In event 12, url is not an absolute address." */
function describeIssue(found: unknown, { path, message }: z.core.$ZodIssue): string {
  if (path.length === 0 || (path.length === 1 && path[0] !== 'events'))
    return 'It is JSON, but not a trace of this page.';
  const [first, index, ...rest] = path.map(String);
  const inEvent = first === 'events' && index !== undefined;
  const where = inEvent ? `In event ${index}` : `In its ${first}`;
  const what = (inEvent ? rest : [index, ...rest]).filter(Boolean).join('.') || 'something';
  if (inEvent && what === 'type') {
    const { type } = (found as { events: Record<string, { type?: unknown }> }).events[index] ?? {};
    return `${where}, there is no event type "${shortened(String(type))}".`;
  }
  const problem = message.startsWith('is ') ? message : 'is not valid';
  return `${where}, ${shortened(what)} ${problem}.`;
}

const shortened = (text: string) => (text.length > 60 ? `${text.slice(0, 59)}…` : text);
