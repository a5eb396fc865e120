/** A trace as a file: what it is called, and whether a file that somebody opens is one. Pure. */
import type { $ZodIssue } from 'zod/v4/core';
import type { Trace } from '../../scenarios/engine/trace.ts';
import { traceSchema } from './traceSchema.ts';

/** Far more than the 20,000 events a sandbox records take. Bytes. */
export const largestFile = 32 * 1024 * 1024;
const mostEvents = 25_000;

/** A file that is not a trace; the message is a sentence for whoever opened it. */
export class NotATrace extends Error {
  override name = 'NotATrace';
}

/**
 * The trace in a file.
 * @throws NotATrace with what is wrong with it
 */
export function parseTrace(text: string): Trace {
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    throw new NotATrace(
      'It is not JSON. A trace file ends in .trace.json and was saved by this page or by the command line.',
    );
  }
  const version = (found as { version?: unknown } | null)?.version;
  if (typeof version === 'number' && version !== 1) {
    throw new NotATrace(`It is a trace of version ${version}, and this page reads version 1.`);
  }
  const { events } = (found ?? {}) as { events?: unknown };
  if (Array.isArray(events) && events.length > mostEvents) {
    throw new NotATrace(`It has ${events.length} events; a sandbox records 20000 at most.`);
  }
  const checked = traceSchema.safeParse(found);
  if (!checked.success) throw new NotATrace(whatIsWrong(found, checked.error.issues[0]!));
  const trace = found as Trace;
  const complaint = inconsistency(trace);
  if (complaint) throw new NotATrace(complaint);
  return trace;
}

/** What types cannot say: the events are in order, and refer to what there is. */
function inconsistency({ header, events }: Trace): string | null {
  const requests = new Set<number>();
  const known = new Set(header.scenario.actors.map(({ name }) => name));
  if (known.size < header.scenario.actors.length) return 'Two of its actors have the same name.';
  for (const [index, event] of events.entries()) {
    const here = `In event ${index}`;
    if (event.seq !== index) return `${here}, seq is ${event.seq}: events are missing or out of order.`;
    if (event.step !== null && event.step >= header.scenario.steps.length) {
      return `${here}, step is ${event.step}, and the scenario has ${header.scenario.steps.length} steps.`;
    }
    if (event.type === 'joined') {
      if (known.has(event.actor.name)) return `${here}, "${shortened(event.actor.name)}" joins, who is there already.`;
      known.add(event.actor.name);
    } else if ('actor' in event && !known.has(event.actor))
      return `${here}, there is no actor "${shortened(event.actor)}".`;
    if (event.type === 'request') {
      if (requests.has(event.id)) return `${here}, the number ${event.id} is that of an earlier request.`;
      requests.add(event.id);
    } else if ('request' in event && event.request !== null && !requests.has(event.request)) {
      return `${here}, there is no request ${event.request} before it.`;
    }
  }
  return null;
}

/** The first thing that is wrong, and where: "In event 12, url is not an absolute address." */
function whatIsWrong(found: unknown, { path, message, code }: $ZodIssue): string {
  if (path.length === 0 || (path.length === 1 && path[0] !== 'events'))
    return 'It is JSON, and not a trace of this page.';
  const [first, index, ...rest] = path.map(String);
  const inEvent = first === 'events' && index !== undefined;
  const where = inEvent ? `In event ${index}` : `In its ${first}`;
  const what = (inEvent ? rest : [index, ...rest]).filter(Boolean).join('.') || 'something';
  if (inEvent && what === 'type') {
    const { type } = (found as { events: Record<string, { type?: unknown }> }).events[index] ?? {};
    return `${where}, there is no type of event "${shortened(String(type))}".`;
  }
  return `${where}, ${shortened(what)} ${code === 'invalid_format' || message.startsWith('is ') ? message : 'is not what a trace has there'}.`;
}

const shortened = (text: string) => (text.length > 60 ? `${text.slice(0, 59)}…` : text);
