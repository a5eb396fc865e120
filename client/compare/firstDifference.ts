/**
 * The difference between two runs of one scenario, on the vulnerable and on the protected app. Only what is about who is who
 * counts: requests and their cookies, responses, session records, and answers. How the app keeps its books does not. Where the
 * apps answer the same request differently, that is the difference, whatever came before it. Pure.
 */
import type { ReceivedCookie, RedisCommand, TraceEvent } from '../../scenarios/engine/trace.ts';
import { attributesOf, type Comparable, comparable } from './comparable.ts';

export interface Difference {
  /** The index of its step; null before the first step. */
  step: number | null;
  /** The event that only one side has at this place; null if the side has no further event in the step. */
  vulnerable: TraceEvent | null;
  protected: TraceEvent | null;
}

/** Returns the first step with a difference, and that difference; null as long as there is none. */
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
    const answers = differingAnswers(one, other);
    if (answers) return { step, vulnerable: answers[0], protected: answers[1] };
    return { step, vulnerable: one[index]?.event ?? null, protected: other[index]?.event ?? null };
  }
  return null;
}

/**
 * Returns the first two answers to the same request that part: a success and a refusal, two refusals with another status, from
 * somebody else, or with the session cookie on one side only. Null if the answers are
 * the same, or if a request was sent on one side only: from there on the two cannot be compared.
 */
function differingAnswers(one: readonly Comparable[], other: readonly Comparable[]): [TraceEvent, TraceEvent] | null {
  const [ours, theirs] = [answersIn(one), answersIn(other)];
  for (const [index, { request, answer }] of ours.entries()) {
    const counterpart = theirs[index];
    if (counterpart?.request !== request) return null;
    if (gist(answer) !== gist(counterpart.answer)) return [answer, counterpart.answer];
  }
  return null;
}

/** The requests of a step that were answered, as one tells them apart, in their order. */
function answersIn(events: readonly Comparable[]): { request: string; answer: TraceEvent }[] {
  const sent = new Map<number, string>();
  return events.flatMap(({ event }) => {
    if (event.type === 'request') sent.set(event.id, `${event.actor} ${event.method} ${event.url.split('?')[0]}`);
    if (event.type !== 'response' && event.type !== 'request-failed') return [];
    return [{ request: sent.get(event.request) ?? '', answer: event }];
  });
}

function gist(answer: TraceEvent): string {
  if (answer.type !== 'response') return 'no answer';
  const setsSession = answer.cookies.some(({ sid }) => sid !== null);
  // Which of its successes an app answers is told by what it did.
  const how = answer.status >= 200 && answer.status < 300 ? 'success' : answer.status;
  return `${how} ${answer.by} ${setsSession ? 'sets' : 'leaves'} the session cookie`;
}

/** Returns the event that stands for one in the diagram: for a change of a key, its command. */
export function inDiagram(event: TraceEvent | null, events: readonly TraceEvent[]): TraceEvent | null {
  if (event?.type !== 'key' || event.cause.by !== 'command') return event;
  const { command } = event.cause;
  return events.find((other) => other.type === 'command' && other.id === command) ?? event;
}

/**
 * Returns what one of two events has that the other one does not: "EX 1800" of a command, "HttpOnly" or "no Secure" of a response that sets
 * cookies, "no Set-Cookie" of one that sets none; null where the two differ in something else.
 */
export function howItDiffers(event: TraceEvent, other: TraceEvent): string | null {
  if (event.type === 'command' && other.type === 'command' && event.name === other.name) {
    const [options, others] = [optionsOf(event), optionsOf(other)];
    return options !== others && options !== '' ? options : null;
  }
  if (event.type === 'response' && other.type === 'response' && event.status === other.status) {
    if (event.cookies.length === 0 && other.cookies.length > 0) return 'no Set-Cookie';
    // The label has the cookie.
    if (other.cookies.length === 0) return null;
    const told = event.cookies.flatMap((cookie, index) => {
      const counterpart = other.cookies.find(({ name }) => name === cookie.name) ?? other.cookies[index];
      return counterpart ? differingAttributes(cookie, counterpart) : [];
    });
    return [...new Set(told)].join(' ') || null;
  }
  return null;
}

/** Returns what one cookie has or lacks that another one does not: "SameSite=Lax", "no Secure". */
function differingAttributes(cookie: ReceivedCookie, other: ReceivedCookie): string[] {
  const [attributes, others] = [attributesOf(cookie), attributesOf(other)];
  const missing = others.filter((one) => !attributes.includes(one)).map((one) => `no ${one.split('=')[0]}`);
  const only = attributes.filter((one) => !others.includes(one));
  // Another value is named by itself: "SameSite=Lax" needs no "no SameSite".
  return [...only, ...missing.filter((one) => !only.some((it) => `no ${it.split('=')[0]}` === one))];
}

/** What a command says besides its key and what it stores: "EX 1800". */
const optionsOf = ({ args }: RedisCommand) =>
  args
    .slice(1)
    .filter((arg) => !/^[[{]/.test(arg))
    .join(' ');

function comparableByStep(events: readonly TraceEvent[]): Map<number | null, Comparable[]> {
  const steps = new Map<number | null, Comparable[]>();
  for (const one of comparable(events)) steps.set(one.event.step, [...(steps.get(one.event.step) ?? []), one]);
  return steps;
}
