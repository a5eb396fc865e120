/** The moments of a session ID: where it is made, sent, stored, renewed, checked and ended. Pure. */
import { isFor } from './cookieHosts.ts';
import { jarCause, keyCause, pathOf } from './eventText.ts';
import { labelOf, possessive } from './identity.ts';
import { processLabel } from './memory.ts';
import { type Happened, isShorter, type MomentReader, type Past, writerOf } from './moments.ts';
import type { JarChanged, KeyChanged, MemoryUsed, RedisCommand, RequestSent, ResponseReceived } from './trace.ts';

/** Returns a function that says what an event means for a session ID. */
export function sessionReader(sid: string, past: Past): MomentReader {
  const trail: Trail = { sid, past, record: null, jars: new Map() };
  return (event) => {
    switch (event.type) {
      case 'request':
        return inRequest(event, trail);
      case 'response':
        return inResponse(event, trail);
      case 'command':
        return event.sid === sid ? inCommand(event) : null;
      case 'key':
        return event.sid === sid ? inRecord(event, trail) : null;
      case 'memory':
        return event.sid === sid ? inMemory(event, past.header) : null;
      case 'jar':
        return inJar(event, trail);
      default:
        return null;
    }
  };
}

/** What is known of the ID before the event that is read. */
interface Trail {
  sid: string;
  past: Past;
  /** Its record in Redis; null while there is none. */
  record: KeyChanged | null;
  /** Its cookie in each browser, by the actor's name. */
  jars: Map<string, JarChanged['cookies'][number]>;
}

function inRequest(request: RequestSent, { sid, past: { header }, jars }: Trail): Happened | null {
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

function inRecord(event: KeyChanged, trail: Trail): Happened | null {
  const before = trail.record;
  const command = writerOf(event, trail.past);
  const by = command ? ` by ${command.name.toUpperCase()}` : keyCause(event.cause);
  if (event.change === 'deleted' || event.change === 'expired') {
    trail.record = null;
    return before ? ['ended', event.change === 'deleted' ? `record deleted${by}` : 'record expired'] : null;
  }
  trail.record = event;
  if (event.change === 'set') return ['stored', `${before ? 'stored again' : 'stored'}${by}`];
  const shorter = isShorter(event.expiresAt, before?.expiresAt ?? null);
  return ['renewed', `${shorter ? 'time to live shortened' : 'record renewed'}${by}`];
}

function inMemory({ op, value, process }: MemoryUsed, header: Past['header']): Happened | null {
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
function inResponse({ request, cookies }: ResponseReceived, { sid, past, jars }: Trail): Happened | null {
  const actor = past.senders.get(request);
  const again = cookies.some((cookie) => cookie.sid === sid && cookie.outcome === 'stored');
  if (!again || actor === undefined || !jars.has(actor)) return null;
  return ['renewed', `cookie set again in ${possessive(labelOf(past.header, actor))} browser`];
}

function inJar(event: JarChanged, { sid, past: { header }, jars }: Trail): Happened | null {
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
