/** What the trace of one step says about its actors, their cookies and their session records. Pure. */
import { read } from './read.ts';
import type { EventOf, KeyChanged, Trace, TraceEvent } from './trace.ts';
import { whoIsWho } from './whoIsWho.ts';

export type ClaimFacts = ReturnType<typeof factsOf>;

/** @param step counted from 0 */
export function factsOf(trace: Pick<Trace, 'header' | 'events'>, step: number) {
  const started = trace.events.findLastIndex((event) => event.type === 'step-started' && event.step === step);
  const before = trace.events.slice(0, started);
  const during = trace.events.slice(started);

  const requests = (actor: string) => ofType(during, 'request').filter((request) => request.actor === actor);
  /** Its request may have been sent in an earlier step. */
  const responses = (actor: string) => {
    const ids = ofType(trace.events, 'request').flatMap((request) => (request.actor === actor ? [request.id] : []));
    return ofType(during, 'response').filter(({ request }) => ids.includes(request));
  };
  /** The session IDs in a jar, before the step and after it. A cookie that has expired by then is not in it. */
  const held = (actor: string) => ({ before: sidsHeld(actor, before), after: sidsHeld(actor, trace.events) });

  /** The session of an actor: of the jar before the step, else of the jar after it, else the last one it sent or held. */
  const sidsOf = (actor: string): string[] => {
    const jars = held(actor);
    if (jars.before.length > 0) return jars.before;
    if (jars.after.length > 0) return jars.after;
    const last = trace.events.findLast(
      (event) => (event.type === 'request' || event.type === 'cookie-copied') && event.actor === actor && event.sid,
    ) as EventOf<'request'> | undefined;
    const inJar = ofType(trace.events, 'jar').findLast(
      (jar) => jar.actor === actor && jar.cookies.some(({ sid }) => sid),
    );
    return [last?.sid ?? inJar?.cookies.find(({ sid }) => sid)?.sid].flatMap((sid) => sid ?? []);
  };
  const recordChanges = (sids: readonly string[]) =>
    ofType(during, 'key').filter(({ sid }) => sid !== null && sids.includes(sid));
  const record = (sids: readonly string[]) => ({
    before: sids.some((sid) => recordIn(sid, before) !== null),
    after: sids.some((sid) => recordIn(sid, trace.events) !== null),
  });
  const recordWas = (actor: string, change: KeyChanged['change']) =>
    recordChanges(sidsOf(actor)).some((event) => event.change === change);

  return {
    requests,
    responses,
    held,
    sidsOf,
    record,
    recordWas,

    /** What an actor sent, as the end of a sentence. */
    sent(actor: string): string {
      const all = requests(actor);
      if (all.length === 0) return 'sent no request';
      const withSession = all.filter(({ sid }) => sid !== null).length;
      return `sent ${all.length} ${all.length === 1 ? 'request' : 'requests'}, ${withSession} with a session cookie`;
    },

    /** The names of the cookies in the Cookie headers of an actor. */
    namesSent: (actor: string): string[] =>
      requests(actor).flatMap(({ headers }) =>
        headers
          .filter(([name]) => name.toLowerCase() === 'cookie')
          .flatMap(([, value]) => value.split('; ').map((pair) => pair.split('=', 1)[0]!)),
      ),

    reasonsHeldBack: (actor: string): string[] =>
      requests(actor).flatMap(({ cookies }) => cookies.flatMap(({ sent, why }) => (sent ? [] : [why]))),

    reasonsRefused: (actor: string): string[] =>
      responses(actor).flatMap(({ cookies }) =>
        cookies.flatMap(({ outcome, why }) => (outcome === 'refused' ? [why] : [])),
      ),

    /** The session IDs that responses have put into the jar of an actor. */
    sidsSet: (actor: string): string[] =>
      responses(actor).flatMap(({ cookies }) =>
        cookies.flatMap(({ sid, outcome }) => (sid !== null && outcome === 'stored' ? [sid] : [])),
      ),

    /** Whom the app takes the browser of an actor for: a name, or "nobody". */
    takenFor(actor: string): string {
      const { browsers } = whoIsWho(read(trace));
      return browsers.find((browser) => browser.actor.name === actor)?.means?.name ?? 'nobody';
    },

    /** Whether the time to live of the actor's record was set later in this step than it was before. */
    recordRenewed: (actor: string): boolean =>
      sidsOf(actor).some((sid) => {
        const [was, is] = [recordIn(sid, before), recordIn(sid, trace.events)];
        return was !== null && is !== null && (is.expiresAt ?? Infinity) > (was.expiresAt ?? Infinity);
      }),

    /** What became of the actor's record, as the end of a sentence. */
    recordSeen(actor: string): string {
      const changes = recordChanges(sidsOf(actor)).map(({ change }) => change);
      const { before: was, after: is } = record(sidsOf(actor));
      const saw = changes.length === 0 ? 'did not change' : `was ${changes.join(', ')}`;
      return `${saw}; it ${was ? 'existed' : 'did not exist'} before and ${is ? 'exists' : 'does not exist'} now`;
    },

    /** How many session records exist now that did not exist before the step. */
    recordsStored(): number {
      const sids = new Set(ofType(during, 'key').flatMap(({ sid }) => sid ?? []));
      return [...sids].filter((sid) => recordIn(sid, before) === null && recordIn(sid, trace.events) !== null).length;
    },

    restarts: (): number => ofType(during, 'restart').length,
    failedStarts: (): number => ofType(during, 'fault').filter(({ fault }) => fault.is === 'start-failed').length,
    commands: (): string[] => ofType(during, 'command').map(({ name }) => name.toUpperCase()),
    mailsTo: (): string[] => ofType(during, 'mail').map(({ to }) => to),
    audited: (): string[] => ofType(during, 'audit').map(({ name }) => name),
  };
}

const ofType = <Type extends TraceEvent['type']>(events: readonly TraceEvent[], type: Type) =>
  events.filter((event): event is EventOf<Type> => event.type === type);

function sidsHeld(actor: string, events: readonly TraceEvent[]): string[] {
  const now = events.at(-1)?.at ?? 0;
  const jar = ofType(events, 'jar').findLast((changed) => changed.actor === actor);
  return (jar?.cookies ?? []).flatMap(({ sid, expiresAt }) =>
    sid !== null && (expiresAt === null || expiresAt > now) ? [sid] : [],
  );
}

/** Returns the last change of a session's record that left it in place; null when it does not exist. */
function recordIn(sid: string, events: readonly TraceEvent[]): KeyChanged | null {
  const now = events.at(-1)?.at ?? 0;
  const last = ofType(events, 'key').findLast((event) => event.sid === sid);
  if (!last || last.change === 'deleted' || last.change === 'expired') return null;
  return last.expiresAt === null || last.expiresAt > now ? last : null;
}
