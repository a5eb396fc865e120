/** Turns events into rows of the diagram: each is one arrow, mark or band, or nothing. Pure. */
import { isAboutTiming } from '../../../scenarios/engine/answerTimes.ts';
import { span } from '../../../scenarios/engine/durations.ts';
import { eventLine } from '../../../scenarios/engine/eventText.ts';
import { endsAFault, isStaged, toldByFaults } from '../../../scenarios/engine/faultSpans.ts';
import { cookieToFollow } from '../../../scenarios/engine/followed.ts';
import { keyName, labelOf, learner } from '../../../scenarios/engine/identity.ts';
import { lossesIn } from '../../../scenarios/engine/losses.ts';
import { otherPage } from '../../../scenarios/engine/otherPage.ts';
import { personOf } from '../../../scenarios/engine/people.ts';
import { usersIn } from '../../../scenarios/engine/registered.ts';
import { type Topic, topicOfKey } from '../../../scenarios/engine/subject.ts';
import type {
  JarCause,
  KeyCause,
  KeyChanged,
  RecordedCookie,
  RedisCommand,
  RequestSent,
  TraceEvent,
  TraceHeader,
} from '../../../scenarios/engine/trace.ts';
import { isStream } from '../../../scenarios/engine/view.ts';
import { sidsIn } from '../../ui/sidsIn.ts';
import { elided } from '../../ui/textWidth.ts';
import { type Label, type LabelPart, named, part } from './label.ts';
import { commandLabel, keyParts, mailParts, responseLabel, sidStart, streamLabel } from './labels.ts';
import type { Lanes } from './lanes.ts';
import { type Fields, sessionFields } from './recordText.ts';
import { requestLabel } from './requestLabel.ts';
import type { Arrow, Band, Mark, Row } from './row.ts';

/**
 * Returns a function that turns an event into a row, or into null when the event is not drawn. Call it with all events in order.
 *
 * @param events all that are drawn
 * @param topics of the commands that can be folded, by their id
 */
export function createRowReader(
  lanes: Lanes,
  header: TraceHeader,
  sids: readonly string[],
  events: readonly TraceEvent[],
  topics: ReadonlyMap<number, Topic> = new Map(),
): (event: TraceEvent) => Row | null {
  const users = usersIn(
    header,
    events.filter((event) => event.type === 'response'),
  );
  const names = { sandbox: header.sandbox, namespace: header.namespace, sids, users };
  const withUsers = { ...header, users };
  const home = homeOrigin(events);
  const withTimes = isAboutTiming(header.scenario);
  const isAboutCsrf = header.scenario.references.includes(csrf);
  const losses = lossesIn(events);
  const told = toldByFaults(events);
  const requests = new Map<number, RequestSent>();
  /** What is in each session record. */
  const records = new Map<string, Fields | null>();
  const jars = new Map<string, readonly RecordedCookie[]>();
  let lastCommand: RedisCommand | null = null;
  let deletedManually: string | null = null;

  const requestOf = (id: number | null) => (id === null ? undefined : requests.get(id));
  const handlerOf = (id: number | null) => lanes.ofAnswerer(requestOf(id));
  const nameOf = (lane: number) => lanes.list[lane]!.label;
  const senderOf = (id: number) => requestOf(id)?.actor ?? '';
  const describe = (event: TraceEvent) => {
    const line = eventLine(event, withUsers);
    return sidsIn(line, sids).reduce((text, sid) => text.replaceAll(sid, sidStart(sid)), line);
  };

  const arrow = (
    event: TraceEvent,
    line: Arrow['line'],
    [from, to]: [from: number, to: number],
    label: Label,
    request: number | null = null,
  ): Arrow => ({ kind: 'arrow', seq: event.seq, request, from, to, line, ...label });
  const mark = (
    event: TraceEvent,
    lane: number,
    sign: Mark['sign'],
    parts: LabelPart[],
    request: number | null = null,
  ): Mark => ({ kind: 'mark', seq: event.seq, request, lane, sign, parts, sentence: describe(event) });
  const band = (event: TraceEvent, tone: Band['tone'], text = describe(event)): Band => {
    return { kind: 'band', seq: event.seq, request: null, tone, parts: [part(text)], sentence: text };
  };

  return function rowOf(event) {
    switch (event.type) {
      case 'joined':
        return mark(event, lanes.ofActor(event.actor.name), '+', [part('joins, with your own browser')]);
      case 'request': {
        requests.set(event.id, event);
        const [from, to] = [lanes.ofActor(event.actor), handlerOf(event.id)];
        // The learner's own browser reaches the app at another origin.
        const origin = event.actor === learner.name ? new URL(event.url).origin : home;
        const cause = otherPage({ request: event, response: null }, { header })?.page ?? null;
        const jar = jars.get(event.actor) ?? [];
        const around = { cause, jar, subject: header.scenario.subject, isAboutCsrf };
        const label = requestLabel(event, labelOf(header, event.actor), nameOf(to), origin, names, around);
        return arrow(event, 'sent', [from, to], label, event.id);
      }
      case 'response': {
        const { request } = event;
        const [from, actor] = [handlerOf(request), senderOf(request)];
        const around = { ...names, isAboutTiming: withTimes };
        const label = responseLabel(event, requestOf(request), labelOf(header, actor), nameOf(from), around);
        const answered = arrow(event, 'answered', [from, lanes.ofActor(actor)], label, request);
        return isStream(event) && event.status < 300 ? { ...answered, stream: 'opens' } : answered;
      }
      case 'request-failed': {
        const { request, why } = event;
        const label = { parts: [part(`✕ ${why}`, 'gone')], sentence: describe(event) };
        return arrow(event, 'broken', [handlerOf(request), lanes.ofActor(senderOf(request))], label, request);
      }
      case 'stopped': {
        const { actor, why, request } = event;
        return mark(event, lanes.ofActor(actor), '−', [part('stopped', 'gone'), part(elided(why, 120))], request);
      }
      case 'stream-message':
      case 'stream-ended': {
        const ends: [number, number] = [handlerOf(event.request), lanes.ofActor(event.actor)];
        if ('how' in event && event.how === 'closed') ends.reverse();
        const line = 'how' in event ? 'broken' : 'answered';
        const drawn = arrow(event, line, ends, streamLabel(event, describe(event)), event.request);
        return 'how' in event ? { ...drawn, stream: 'ends' } : drawn;
      }
      case 'command': {
        const again = lastCommand !== null && isSameCommand(lastCommand, event);
        lastCommand = event;
        const from = handlerOf(event.request);
        const label = commandLabel(event, nameOf(from), names, again, records.get(event.args[0] ?? ''));
        const topic = topics.get(event.id);
        return { ...arrow(event, 'sent', [from, lanes.redis], label, event.request), ...(topic && { topic }) };
      }
      case 'cookie-planted':
      case 'cookie-copied': {
        const { sid, name } = event;
        const [actor, victim] = [lanes.ofActor(event.actor), lanes.ofActor(event.victim)];
        const planted = event.type === 'cookie-planted';
        const cookie = sid === null ? named(name, 'plain', cookieToFollow(header, event.victim, name)) : { sid };
        const parts = [part(planted ? 'plants' : 'copies'), cookie];
        const sentence = `${describe(event)}${sid === null ? '' : `, session ${sidStart(sid)}`}`;
        return arrow(event, 'handed', planted ? [actor, victim] : [victim, actor], { parts, sentence });
      }
      case 'key': {
        const { key, sid, cause, change, value } = event;
        if (sid !== null) records.set(key, value?.type === 'string' ? sessionFields(value.data) : null);
        if (cause.by === 'command') return null;
        // The manual action is drawn already, and says the same.
        if (cause.by === 'manual' && key === deletedManually) return null;
        const what = losses.get(event.seq) ?? `${changes[change].text}${causes[cause.by]}`;
        const { subject, group } = topicOfKey(keyName(key, header.namespace), header.scenario.subject);
        const drawn = mark(event, lanes.redis, changes[change].sign, [part(what), ...keyParts(key, sid, names)]);
        return { ...drawn, topic: { subject, group }, what };
      }
      case 'memory': {
        const { op, sid, value, process, request } = event;
        // A renewed record is bookkeeping, as EXPIRE is.
        if (op === 'touch') return null;
        const { sign, text } = value === null && op === 'get' ? notFound : memoryUses[op];
        const parts = [
          part('memory', 'extra'),
          { sid },
          part(text, sign === '−' || text === notFound.text ? 'gone' : undefined),
        ];
        return mark(event, lanes.ofProcess(process), sign, parts, request);
      }
      case 'manual-action': {
        // A time jump is drawn as the time that passes, and anything else by its effects.
        if (event.action.do !== 'delete-key') return null;
        deletedManually = event.action.key;
        const parts = [part('deleted manually'), ...keyParts(event.action.key, event.sid, names)];
        return mark(event, lanes.redis, '−', parts);
      }
      case 'jar': {
        const { cause, actor, cookies } = event;
        jars.set(actor, cookies);
        const text = jarText(cause);
        const sign = cause.by === 'site-data' ? '−' : '~';
        if (text === null) return null;
        return mark(event, lanes.ofActor(actor), sign, [part(text)], 'request' in cause ? cause.request : null);
      }
      case 'page-shown': {
        const parts = [part('Back', 'name'), part(`${new URL(event.url).pathname} again, no request`)];
        return mark(event, lanes.ofActor(event.actor), '←', parts);
      }
      case 'script': {
        const { wrote, result } = event;
        const outcome =
          wrote === null ? [part(`→ ${result || 'nothing'}`, 'dim')] : [part(`= ${wrote}`), part(result, 'dim')];
        return mark(event, lanes.ofActor(event.actor), '>', [part('document.cookie', 'name'), ...outcome]);
      }
      case 'mail':
        return mark(event, handlerOf(event.request), '@', mailParts(event, requestOf(event.request)), event.request);
      case 'audit': {
        const { name, userId, request } = event;
        const about = userId === null ? [] : [part(personOf(withUsers, userId), 'extra')];
        return mark(event, handlerOf(request), '¶', [part('audit', 'dim'), part(name), ...about], request);
      }
      case 'restart':
        return band(event, 'restart');
      case 'fault':
        return band(event, isStaged(event.fault) ? 'staged' : endsAFault(event.fault) ? 'back' : 'fault');
      case 'time': {
        const manually = event.how === 'jumped' && event.step === null ? ', manually' : '';
        return band(event, 'time', `${span(event.ms)} ${event.how}${manually}`);
      }
      case 'store':
        return told.has(event.seq) ? null : band(event, toneOf[event.status]);
      case 'step-ended':
        return event.error === null ? null : band(event, 'failed');
      case 'ended':
        return band(event, 'failed');
      case 'step-started':
      case 'ask':
      // A wait is drawn when it is over, as the time that passed.
      case 'wait':
        return null;
    }
  };
}

const toneOf = { lost: 'lost', slow: 'lost', back: 'back', quick: 'back' } as const;

/** The standard that a lesson about cross-site request forgery refers to. */
const csrf = 'CWE-352';

/** Returns the origin of the first actor's first request: it is left out of the labels. Empty when there is no request. */
function homeOrigin(events: readonly TraceEvent[]): string {
  const first = events.find((event) => event.type === 'request' && event.actor !== learner.name);
  return first?.type === 'request' ? new URL(first.url).origin : '';
}

const isSameCommand = (a: RedisCommand, b: RedisCommand) =>
  a.request === b.request && a.name === b.name && a.args.join('\0') === b.args.join('\0');

const notFound = { sign: '?', text: 'not found' } as const;
const memoryUses = {
  get: { sign: '?', text: 'found' },
  set: { sign: '+', text: 'stored' },
  destroy: { sign: '−', text: 'deleted' },
  lost: { sign: '−', text: 'lost' },
} as const;

const changes: Record<KeyChanged['change'], { text: string; sign: Mark['sign'] }> = {
  set: { text: 'set', sign: '+' },
  ttl: { text: 'TTL changed', sign: '~' },
  deleted: { text: 'deleted', sign: '−' },
  expired: { text: 'expired', sign: '−' },
};

const causes: Record<KeyCause['by'], string> = {
  command: '',
  time: '',
  manual: ' manually',
  eviction: '',
  'redis-restart': '',
  outside: ' from outside',
};

/** Returns what happened to a jar; null when another event shows it. */
function jarText(cause: JarCause): string | null {
  switch (cause.by) {
    case 'manual':
      return 'cookies changed manually';
    case 'closed':
      return 'all windows closed';
    case 'site-data':
      return 'cookies cleared: Clear-Site-Data';
    case 'seen':
      return 'cookies changed in the browser';
    case 'own-clock':
      return 'cookies did not age: a real clock';
    case 'response':
    case 'planted':
    case 'copied':
    case 'script':
      return null;
  }
}
