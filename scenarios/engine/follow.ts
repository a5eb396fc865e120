/** The moments of what is followed in a trace, what else is about it, and where among the moments the page is. Pure. */

import { cookieReader, isCookieOf } from './followCookie.ts';
import { type Followed, keysOf } from './followed.ts';
import { keyReader } from './followKey.ts';
import { sessionReader } from './followSession.ts';
import { sidsOf } from './identity.ts';
import { lossesIn } from './losses.ts';
import { type Happened, type Moment, type MomentReader, type Past, writerOf } from './moments.ts';
import type { RedisCommand, TraceEvent, TraceHeader } from './trace.ts';

/** Returns the moments of what is followed, in the order of the trace. Empty for what does not occur in it. */
export function follow(events: readonly TraceEvent[], followed: Followed, header: TraceHeader): Moment[] {
  const seen: Seen = { header, commands: new Map(), senders: new Map(), responses: new Map(), handed: null };
  const read = readerOf(followed, seen, events);
  const moments: Moment[] = [];
  for (const event of events) {
    if (event.type === 'command') seen.commands.set(event.id, event);
    if (event.type === 'request') seen.senders.set(event.id, event.actor);
    if (event.type === 'response') seen.responses.set(event.request, event.seq);
    if (event.type === 'cookie-planted' || event.type === 'cookie-copied') seen.handed = event.seq;
    const found = read(event);
    if (!found) continue;
    const [kind, words] = moments.length === 0 ? asFirst(found) : found;
    moments.push({ kind, words, seq: event.seq, step: event.step, ...causeOf(event, seen) });
  }
  // A key has changed before the trace says so: the commands of a transaction are recorded first.
  return moments.toSorted((a, b) => a.seen - b.seen);
}

function readerOf(followed: Followed, past: Past, events: readonly TraceEvent[]): MomentReader {
  switch (followed.what) {
    case 'session':
      return sessionReader(followed.sid, past);
    case 'key':
      return keyReader(followed.key, past, lossesIn(events));
    case 'cookie':
      return cookieReader(followed, past);
  }
}

/** What brings something into the trace makes it. An ID that is sent first was guessed or made elsewhere. */
const asFirst = ([kind, words]: Happened): Happened =>
  kind === 'stored' ? ['made', `made, and ${words}`] : [kind, words];

/** What causes of events are found by. */
interface Seen extends Past {
  commands: Map<number, RedisCommand>;
  senders: Map<number, string>;
  /** The `seq` of each response, by its request. */
  responses: Map<number, number>;
  /** The `seq` of the last cookie that somebody planted or copied. */
  handed: number | null;
}

/** Returns the request that an event belongs to, and the event that shows it. */
function causeOf(event: TraceEvent, past: Seen): Pick<Moment, 'request' | 'seen'> {
  const { seq } = event;
  if (event.type === 'request') return { request: event.id, seen: seq };
  if (event.type === 'command' || event.type === 'response' || event.type === 'memory')
    return { request: event.request, seen: seq };
  const cause = 'cause' in event ? event.cause : null;
  if (cause?.by === 'response') return { request: cause.request, seen: past.responses.get(cause.request) ?? seq };
  if (cause?.by === 'planted' || cause?.by === 'copied') return { request: null, seen: past.handed ?? seq };
  const command = event.type === 'key' ? writerOf(event, past) : undefined;
  return { request: command?.request ?? null, seen: command?.seq ?? seq };
}

/** Returns the `seq` of every event that is about what is followed: its moments, what else names it, and the answers to it. */
export function eventsAbout(
  events: readonly TraceEvent[],
  followed: Followed,
  moments: readonly Moment[],
  { namespace }: Pick<TraceHeader, 'namespace'>,
): number[] {
  const seqs = new Set(moments.flatMap(({ seq, seen }) => [seq, seen]));
  const senders = new Map<number, string>();
  const requests = new Set<number>();
  return events.flatMap((event) => {
    const { type, seq } = event;
    if (type === 'request') senders.set(event.id, event.actor);
    const answers = (type === 'response' || type === 'request-failed') && requests.has(event.request);
    if (type === 'request' && seqs.has(seq)) requests.add(event.id);
    // A request lists the cookies that it does not carry, too.
    const named = type !== 'request' && names(event);
    return named || answers || seqs.has(seq) ? [seq] : [];

    function names(one: TraceEvent): boolean {
      switch (followed.what) {
        case 'session':
          return sidsOf(one).includes(followed.sid);
        case 'key':
          return namesKey(one, followed.key, namespace);
        case 'cookie':
          return isCookieOf(one, followed, senders);
      }
    }
  });
}

function namesKey(event: TraceEvent, key: string, namespace: string): boolean {
  if (event.type === 'command') return keysOf(event, { namespace }).includes(key);
  if (event.type === 'manual-action') return 'key' in event.action && event.action.key === key;
  return event.type === 'key' && event.key === key;
}

/**
 * Returns the index of the moment that is the current one; -1 before the first.
 *
 * @param chosen the `seq` of the moment that was chosen, or of the event that shows it; it counts while its step is shown
 * @param shown the page: its step, and how many events it shows
 */
export function currentMoment(
  moments: readonly Moment[],
  chosen: number | null,
  shown: { step: number | null; position: number },
): number {
  const own = moments.findIndex(({ seq }) => seq === chosen);
  const index = own === -1 ? moments.findIndex(({ seen }) => seen === chosen) : own;
  const moment = moments[index];
  if (moment && moment.seq < shown.position && (moment.step === null || moment.step === shown.step)) return index;
  return moments.findLastIndex(({ seq }) => seq < shown.position);
}

/**
 * Returns the index of the moment at which following starts: the first one of the selected request, or else of the step that is shown, or
 * else of all; -1 where the first one is still to come.
 *
 * @param shown the page: its step, its selected request, and how many events it shows
 */
export function startingMoment(
  moments: readonly Moment[],
  shown: { step: number | null; request: number | null; position: number },
): number {
  const past = moments.filter(({ seq }) => seq < shown.position);
  const ofRequest = past.findIndex(
    ({ request, step }) => request !== null && request === shown.request && step === shown.step,
  );
  if (ofRequest !== -1) return ofRequest;
  const ofStep = past.findIndex(({ step }) => step !== null && step === shown.step);
  return ofStep === -1 ? Math.min(0, past.length - 1) : ofStep;
}

/** Returns "moment 3 of 11: stored by SET, step 3". */
export function momentLine(moments: readonly Moment[], index: number): string {
  const moment = moments[index];
  if (!moment)
    return moments.length === 1 ? 'its one moment is still to come' : `its ${moments.length} moments are still to come`;
  const where = moment.step === null ? 'between two steps' : `step ${moment.step + 1}`;
  return `moment ${index + 1} of ${moments.length}: ${moment.words}, ${where}`;
}
