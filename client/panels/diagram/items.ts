/** One event of the trace as one item of the diagram, or none. */
import { span } from '../../../scenarios/engine/durations.ts';
import { eventLine } from '../../../scenarios/engine/eventText.ts';
import { learner } from '../../../scenarios/engine/identity.ts';
import type {
  ActorOutline,
  EventOf,
  JarChanged,
  KeyChanged,
  RedisCommand,
  RequestSent,
  ScriptRan,
  TraceEvent,
  TraceHeader,
} from '../../../scenarios/engine/trace.ts';
import { type Answerers, answererLabel } from './answerers.ts';
import {
  commandLabel,
  keyParts,
  type Label,
  type Names,
  type Part,
  requestLabel,
  responseLabel,
  say,
  spoken,
  spokenKey,
} from './labels.ts';

interface ItemBase extends Label {
  seq: number;
  /** The request it belongs to; null for what no request caused. */
  request: number | null;
}

/** From a lane to a lane, both as indexes. */
export interface Arrow extends ItemBase {
  kind: 'arrow';
  from: number;
  to: number;
  /** `sent` and `answered` have a solid line, `handed` (a cookie that changes hands outside HTTP) a dashed one, `broken` ends in a cross. */
  line: 'sent' | 'answered' | 'handed' | 'broken';
}

/** Something that happened on one lane. */
export interface Mark extends ItemBase {
  kind: 'mark';
  lane: number;
  /** `>`: a script, as at a console's prompt. `@`: a mail. `¶`: a line of the audit log. `←`: the Back button. */
  sign: '+' | '~' | '−' | '>' | '@' | '¶' | '←';
}

/** Something that happened to everybody. */
export interface Band extends ItemBase {
  kind: 'band';
  tone: 'time' | 'lost' | 'back' | 'failed' | 'restart' | 'fault';
}

export type Item = Arrow | Mark | Band;

/**
 * What turns the events of a trace into items, in their order. The lanes are the actors in theirs, then those who
 * answer, then Redis.
 *
 * @param events all that will be told, to know which origin goes without saying
 */
export function createTeller(
  actors: readonly ActorOutline[],
  answerers: Answerers,
  names: Names,
  header: TraceHeader,
  events: readonly TraceEvent[],
) {
  const redis = actors.length + answerers.names.length;
  const lane = (actor: string) => actors.findIndex(({ name }) => name === actor);
  const label = (actor: string) => actors.find(({ name }) => name === actor)?.label ?? actor;
  const first = events.find((event) => event.type === 'request' && event.actor !== learner.name) as
    | RequestSent
    | undefined;
  const home = first ? new URL(first.url).origin : '';
  /** The learner’s own browser knows the shop by another name. */
  const homeOf = ({ actor, url }: RequestSent) => (actor === learner.name ? new URL(url).origin : home);
  const requests = new Map<number, RequestSent>();
  /** Who handles that request; the app for what no request caused. */
  const handlerOf = (id: number | null) => {
    const request = id === null ? undefined : requests.get(id);
    const name = request ? answerers.of(request) : 'app';
    return { lane: actors.length + answerers.names.indexOf(name), label: answererLabel(name) };
  };
  let lastCommand: RedisCommand | null = null;
  let deletedByHand: string | null = null;

  return function tell(event: TraceEvent): Item | null {
    const { seq } = event;
    switch (event.type) {
      case 'joined': {
        const parts = [say('joins, with your own browser')];
        const ofActor = { lane: lane(event.actor.name), request: null, sign: '+' } as const;
        return { kind: 'mark', seq, ...ofActor, parts, sentence: eventLine(event, header) };
      }
      case 'request': {
        requests.set(event.id, event);
        const handler = handlerOf(event.id);
        const ends = { from: lane(event.actor), to: handler.lane, line: 'sent', request: event.id } as const;
        return {
          kind: 'arrow',
          seq,
          ...ends,
          ...requestLabel(event, label(event.actor), handler.label, homeOf(event)),
        };
      }
      case 'response': {
        const request = requests.get(event.request);
        const actor = request?.actor ?? '';
        const handler = handlerOf(event.request);
        const ends = { from: handler.lane, to: lane(actor), line: 'answered', request: event.request } as const;
        return { kind: 'arrow', seq, ...ends, ...responseLabel(event, request, label(actor), handler.label) };
      }
      case 'request-failed': {
        const actor = requests.get(event.request)?.actor ?? '';
        const ends = {
          from: handlerOf(event.request).lane,
          to: lane(actor),
          line: 'broken',
          request: event.request,
        } as const;
        const parts = [say('✕ failed', 'gone'), say(event.why)];
        return { kind: 'arrow', seq, ...ends, parts, sentence: `${label(actor)} gets no answer: ${event.why}` };
      }
      case 'command': {
        const again = lastCommand !== null && isSameCommand(lastCommand, event);
        lastCommand = event;
        const handler = handlerOf(event.request);
        const ends = { from: handler.lane, to: redis, line: 'sent', request: event.request } as const;
        return { kind: 'arrow', seq, ...ends, ...commandLabel(event, handler.label, names, again) };
      }
      case 'cookie-planted':
      case 'cookie-copied': {
        const [from, to] = event.type === 'cookie-planted' ? [event.actor, event.victim] : [event.victim, event.actor];
        const ends = { from: lane(from), to: lane(to), line: 'handed', request: null } as const;
        return { kind: 'arrow', seq, ...ends, ...handedOver(event, label(event.actor), label(event.victim)) };
      }
      case 'key': {
        if (event.cause.by === 'command') return null;
        // The hand's own event was drawn already, and says the same.
        if (event.cause.by === 'manual' && event.key === deletedByHand) return null;
        return { kind: 'mark', seq, lane: redis, request: null, ...keyMark(event, names) };
      }
      case 'manual-action': {
        // Jumped time is drawn where it is told, as time that passed.
        if (event.action.do !== 'delete-key') return null;
        deletedByHand = event.action.key;
        const { key } = event.action;
        const parts = [say('deleted by hand'), ...keyParts(key, event.sid, names)];
        const sentence = `${spokenKey(key, event.sid, names)} is deleted in Redis by hand`;
        return { kind: 'mark', seq, lane: redis, request: null, sign: '−', parts, sentence };
      }
      case 'jar': {
        const mark = jarMark(event);
        return mark && { kind: 'mark', seq, lane: lane(event.actor), ...mark, sentence: eventLine(event, header) };
      }
      case 'page-shown': {
        const { pathname } = new URL(event.url);
        const parts = [say('Back', 'name'), say(`${pathname} again, no request`)];
        const ofActor = { lane: lane(event.actor), request: null, sign: '←' } as const;
        return { kind: 'mark', seq, ...ofActor, parts, sentence: eventLine(event, header) };
      }
      case 'script':
        return {
          ...{ kind: 'mark', seq, lane: lane(event.actor), request: null, sign: '>' },
          ...{ parts: scriptParts(event), sentence: eventLine(event, header) },
        };
      case 'mail': {
        const { request, to, subject } = event;
        const { lane, label } = handlerOf(request);
        const parts = [say('mail to', 'extra'), say(to), say(`“${subject}”`)];
        return { kind: 'mark', seq, lane, request, sign: '@', parts, sentence: `${label} mails ${to}: ${subject}` };
      }
      case 'audit': {
        const { request, name, userId } = event;
        const { lane, label } = handlerOf(request);
        const about = userId === null ? '' : `user ${userId}`;
        const parts = [say('audit', 'dim'), say(name), ...(about ? [say(about, 'extra')] : [])];
        const sentence = `${label} writes ${name}${about && ` for ${about}`} to the audit log`;
        return { kind: 'mark', seq, lane, request, sign: '¶', parts, sentence };
      }
      case 'restart':
      case 'fault':
        return band(seq, event.type, eventLine(event, header));
      case 'time': {
        const text = `${span(event.ms)} ${event.how}${event.how === 'jumped' && event.step === null ? ' by hand' : ''}`;
        return band(seq, 'time', text);
      }
      case 'store':
        return band(seq, event.status, eventLine(event, header));
      case 'step-ended':
        return event.error === null ? null : band(seq, 'failed', eventLine(event, header));
      // What waits is told when it is over.
      case 'wait':
        return null;
      case 'ended':
        return band(seq, 'failed', eventLine(event, header));
      case 'step-started':
      case 'ask':
        return null;
    }
  };
}

function band(seq: number, tone: Band['tone'], text: string): Band {
  return { kind: 'band', seq, request: null, tone, parts: [say(text)], sentence: text };
}

function handedOver(
  { type, sid, name }: EventOf<'cookie-planted' | 'cookie-copied'>,
  actor: string,
  victim: string,
): Label {
  const chips: Part[] = sid === null ? [say(name)] : [{ sid }];
  const whose = sid === null ? '' : ` of session ${spoken(sid)}`;
  return type === 'cookie-planted'
    ? {
        parts: [say('plants'), ...chips],
        sentence: `${actor} plants the cookie ${name}${whose} in ${victim}’s browser`,
      }
    : {
        parts: [say('copied'), ...chips],
        sentence: `${actor} copies the cookie ${name}${whose} from ${victim}’s browser`,
      };
}

/** What happened to a jar outside any request; null where something else tells it already. */
function jarMark({ cause }: JarChanged): Pick<Mark, 'sign' | 'parts' | 'request'> | null {
  switch (cause.by) {
    case 'manual':
      return { sign: '~', request: null, parts: [say('cookies changed by hand')] };
    case 'closed':
      return { sign: '~', request: null, parts: [say('all windows closed')] };
    case 'site-data':
      return { sign: '−', request: cause.request, parts: [say('cookies cleared: Clear-Site-Data')] };
    case 'seen':
      return { sign: '~', request: cause.request, parts: [say('cookies changed in the browser')] };
    case 'own-clock':
      return { sign: '~', request: null, parts: [say('cookies did not age: a real clock')] };
    case 'response':
    case 'planted':
    case 'copied':
    case 'script':
      return null;
  }
}

function scriptParts({ wrote, result }: ScriptRan): Part[] {
  const code = say('document.cookie', 'name');
  return wrote === null
    ? [code, say(`→ ${result || 'nothing'}`, 'dim')]
    : [code, say(`= ${wrote}`), say(result, 'dim')];
}

function keyMark({ key, change, cause, sid }: KeyChanged, names: Names): Pick<Mark, 'sign' | 'parts' | 'sentence'> {
  const what = { set: 'set', ttl: 'time to live changed', deleted: 'deleted', expired: 'expired' }[change];
  const by = { command: '', time: '', manual: ' by hand', outside: ' from outside' }[cause.by];
  const sign = ({ set: '+', ttl: '~', deleted: '−', expired: '−' } as const)[change];
  return {
    sign,
    parts: [say(`${what}${by}`), ...keyParts(key, sid, names)],
    sentence:
      change === 'expired'
        ? `${spokenKey(key, sid, names)} expires in Redis`
        : `${spokenKey(key, sid, names)}: ${what} in Redis${by}`,
  };
}

function isSameCommand(a: RedisCommand, b: RedisCommand): boolean {
  return a.request === b.request && a.name === b.name && a.args.join('\0') === b.args.join('\0');
}
