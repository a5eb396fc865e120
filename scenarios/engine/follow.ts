/** The moments of one session ID in a trace: where it was made, sent, stored, renewed, checked and ended. Pure. */
import { jarCause, keyCause, pathOf, possessive } from './eventText.ts';
import { labelOf, sidsOf } from './identity.ts';
import { processLabel } from './memory.ts';
import { isFor } from './sessionCookies.ts';
import type {
  JarChanged,
  KeyChanged,
  MemoryUsed,
  RedisCommand,
  RequestSent,
  ResponseReceived,
  TraceEvent,
  TraceHeader,
} from './trace.ts';

/** `kept`: the browser has its cookie, and does not send it. */
export type MomentKind = 'made' | 'stored' | 'sent' | 'kept' | 'checked' | 'renewed' | 'ended';

export interface SessionMoment {
  kind: MomentKind;
  /** Of its event. */
  seq: number;
  /** The `seq` of the event that is seen: the command that changed a record, the response that set a cookie. */
  seen: number;
  /** Index of the step; null for what happened between two steps. */
  step: number | null;
  /** The request that caused it; null when none did. */
  request: number | null;
  /** What happened to the ID, without a full stop: "stored by SET". */
  words: string;
}

/** Returns the moments of a session ID, in the order of the trace. Empty for an ID that does not occur in it. */
export function follow(events: readonly TraceEvent[], sid: string, header: TraceHeader): SessionMoment[] {
  const trail: Trail = {
    sid,
    header,
    commands: new Map(),
    senders: new Map(),
    responses: new Map(),
    handed: null,
    record: null,
    jars: new Map(),
  };
  const moments: SessionMoment[] = [];
  for (const event of events) {
    if (event.type === 'command') trail.commands.set(event.id, event);
    if (event.type === 'request') trail.senders.set(event.id, event.actor);
    if (event.type === 'response') trail.responses.set(event.request, event.seq);
    if (event.type === 'cookie-planted' || event.type === 'cookie-copied') trail.handed = event.seq;
    const found = happened(event, trail);
    if (!found) continue;
    const [kind, words] = moments.length === 0 ? asFirst(found) : found;
    moments.push({ kind, words, seq: event.seq, step: event.step, ...causeOf(event, trail) });
  }
  return moments;
}

/** What is known of the ID before the event that is read. */
interface Trail {
  sid: string;
  header: TraceHeader;
  commands: Map<number, RedisCommand>;
  /** The actor of each request. */
  senders: Map<number, string>;
  /** The `seq` of each response, by its request. */
  responses: Map<number, number>;
  /** The `seq` of the last cookie that somebody planted or copied. */
  handed: number | null;
  /** Its record in Redis; null while there is none. */
  record: KeyChanged | null;
  /** Its cookie in each browser, by the actor's name. */
  jars: Map<string, JarChanged['cookies'][number]>;
}

type Happened = readonly [kind: MomentKind, words: string];

/** What brings an ID into the trace makes it. An ID that is sent first was guessed or made elsewhere. */
const asFirst = ([kind, words]: Happened): Happened =>
  kind === 'stored' ? ['made', `made, and ${words}`] : [kind, words];

function happened(event: TraceEvent, trail: Trail): Happened | null {
  switch (event.type) {
    case 'request':
      return inRequest(event, trail);
    case 'response':
      return inResponse(event, trail);
    case 'command':
      return event.sid === trail.sid ? inCommand(event) : null;
    case 'key':
      return event.sid === trail.sid ? inRecord(event, trail) : null;
    case 'memory':
      return event.sid === trail.sid ? inMemory(event, trail.header) : null;
    case 'jar':
      return inJar(event, trail);
    default:
      return null;
  }
}

function inRequest(request: RequestSent, { sid, header, jars }: Trail): Happened | null {
  const who = labelOf(header, request.actor);
  const what = `${request.method} ${pathOf(request.url)}`;
  const own = request.cookies.filter((cookie) => cookie.sid === sid);
  if (own.some(({ sent }) => sent)) return ['sent', `sent by ${who} with ${what}`];
  if (request.sid === sid) return ['sent', `sent by ${who} with ${what}, written by hand`];
  const held = jars.get(request.actor);
  // That a browser does not send a cookie to other hosts is nothing to tell.
  if (!own[0] || !held || !isFor(held, request.url)) return null;
  return ['kept', `not sent by ${possessive(who)} browser with ${what}: ${own[0].why}`];
}

const reads = ['get', 'mget', 'getex', 'exists', 'ttl', 'pttl', 'hget', 'hgetall'];

/** A command that only reads. What the others do is told by the change of the key. */
function inCommand({ name, reply, error }: RedisCommand): Happened | null {
  if (!reads.includes(name.toLowerCase())) return null;
  const outcome =
    error !== null ? 'which failed' : reply === '(nil)' ? 'which finds no record' : 'which finds the record';
  return ['checked', `checked by ${name.toUpperCase()}, ${outcome}`];
}

/** Clocks differ by up to so much, so a smaller difference between two ends is none. */
const clockStepMs = 20;

function inRecord(event: KeyChanged, trail: Trail): Happened | null {
  const before = trail.record;
  const command = event.cause.by === 'command' ? trail.commands.get(event.cause.command) : undefined;
  const by = command ? ` by ${command.name.toUpperCase()}` : keyCause(event.cause);
  if (event.change === 'deleted' || event.change === 'expired') {
    trail.record = null;
    return before ? ['ended', event.change === 'deleted' ? `record deleted${by}` : 'record expired'] : null;
  }
  trail.record = event;
  if (event.change === 'set') return ['stored', `${before ? 'stored again' : 'stored'}${by}`];
  const end = event.expiresAt ?? Number.POSITIVE_INFINITY;
  const isShorter = end < (before?.expiresAt ?? Number.POSITIVE_INFINITY) - clockStepMs;
  return ['renewed', `${isShorter ? 'time to live shortened' : 'record renewed'}${by}`];
}

function inMemory({ op, value, process }: MemoryUsed, header: TraceHeader): Happened | null {
  const memory = `the memory of ${processLabel(header, process)}`;
  switch (op) {
    case 'get':
      return ['checked', `looked for in ${memory}, ${value === null ? 'which has no record' : 'which has the record'}`];
    case 'set':
      return ['stored', `stored in ${memory}`];
    // Told by the cookie that is set again.
    case 'touch':
      return null;
    case 'destroy':
      return ['ended', `record deleted in ${memory}`];
    case 'lost':
      return ['ended', `record lost with ${memory}`];
  }
}

/** A cookie that is new to the browser is told by the change of its jar. */
function inResponse({ request, cookies }: ResponseReceived, { sid, header, senders, jars }: Trail): Happened | null {
  const actor = senders.get(request);
  const again = cookies.some((cookie) => cookie.sid === sid && cookie.outcome === 'stored');
  if (!again || actor === undefined || !jars.has(actor)) return null;
  return ['renewed', `cookie set again in ${possessive(labelOf(header, actor))} browser`];
}

function inJar(event: JarChanged, { sid, header, jars }: Trail): Happened | null {
  const { actor } = event;
  const before = jars.get(actor);
  const cookie = event.cookies.find((one) => one.sid === sid);
  const browser = `${possessive(labelOf(header, actor))} browser`;
  const cause = jarCause(event.cause, (name) => labelOf(header, name));
  if (!cookie) {
    jars.delete(actor);
    const other = event.cookies.some((one) => one.name === before?.name && one.sid !== null);
    return before ? ['ended', other ? `replaced in ${browser} by another ID` : `gone from ${browser}${cause}`] : null;
  }
  jars.set(actor, cookie);
  return before ? null : ['stored', `stored in ${browser}${cause}`];
}

/** Returns the request that an event belongs to, and the event that shows it. */
function causeOf(event: TraceEvent, trail: Trail): Pick<SessionMoment, 'request' | 'seen'> {
  const { seq } = event;
  if (event.type === 'request') return { request: event.id, seen: seq };
  if (event.type === 'command' || event.type === 'response' || event.type === 'memory')
    return { request: event.request, seen: seq };
  const cause = 'cause' in event ? event.cause : null;
  if (cause?.by === 'response') return { request: cause.request, seen: trail.responses.get(cause.request) ?? seq };
  if (cause?.by === 'planted' || cause?.by === 'copied') return { request: null, seen: trail.handed ?? seq };
  const command = cause?.by === 'command' ? trail.commands.get(cause.command) : undefined;
  return { request: command?.request ?? null, seen: command?.seq ?? seq };
}

/** Returns the `seq` of every event that is about a session ID: its moments, what else names it, and the answers to it. */
export function eventsAbout(events: readonly TraceEvent[], sid: string, moments: readonly SessionMoment[]): number[] {
  const seqs = new Set(moments.flatMap(({ seq, seen }) => [seq, seen]));
  const requests = new Set<number>();
  return events.flatMap((event) => {
    const { type, seq } = event;
    // A request lists the cookies that it does not carry, too.
    const named = type !== 'request' && sidsOf(event).includes(sid);
    const answers = (type === 'response' || type === 'request-failed') && requests.has(event.request);
    if (type === 'request' && seqs.has(seq)) requests.add(event.id);
    return named || answers || seqs.has(seq) ? [seq] : [];
  });
}

/**
 * Returns the index of the moment that is the current one; -1 before the first.
 *
 * @param chosen the `seq` of the moment that was chosen, or of the event that shows it; it counts while its step is shown
 * @param shown the page: its step, and how many events it shows
 */
export function currentMoment(
  moments: readonly SessionMoment[],
  chosen: number | null,
  shown: { step: number | null; position: number },
): number {
  const own = moments.findIndex(({ seq }) => seq === chosen);
  const index = own === -1 ? moments.findIndex(({ seen }) => seen === chosen) : own;
  const moment = moments[index];
  if (moment && moment.seq < shown.position && (moment.step === null || moment.step === shown.step)) return index;
  return moments.findLastIndex(({ seq }) => seq < shown.position);
}

/** Returns "moment 3 of 11: stored by SET, step 3". */
export function momentLine(moments: readonly SessionMoment[], index: number): string {
  const moment = moments[index];
  if (!moment)
    return moments.length === 1 ? 'its one moment is still to come' : `its ${moments.length} moments are still to come`;
  const where = moment.step === null ? 'between two steps' : `step ${moment.step + 1}`;
  return `moment ${index + 1} of ${moments.length}: ${moment.words}, ${where}`;
}
