/** The labels of responses, mails and Redis commands: short pieces for the page, and a sentence for screen readers. Pure. */
import { deletesNothing } from '../../../scenarios/engine/cookieHosts.ts';
import { cookieToFollow, keyToFollow } from '../../../scenarios/engine/followed.ts';
import { hostOf } from '../../../scenarios/engine/mailedLinks.ts';
import { nameIn } from '../../../scenarios/engine/people.ts';
import type {
  EventOf,
  RedisCommand,
  RequestSent,
  ResponseReceived,
  TraceHeader,
} from '../../../scenarios/engine/trace.ts';
import { isStream } from '../../../scenarios/engine/view.ts';
import { placeOfSid } from '../../ui/sidsIn.ts';
import { elided } from '../../ui/textWidth.ts';
import { type Label, type LabelPart, named, part, type Tone } from './label.ts';
import { type Fields, fieldChanges, fieldsFound, sessionFields } from './recordText.ts';

/** What is needed to recognize keys, session ids and users in a text. */
export interface KnownNames {
  sandbox: string;
  namespace: string;
  sids: readonly string[];
  users: TraceHeader['users'];
}

/** Labels a mail. Where its link leads matters most when that is not the app that was asked. */
export function mailParts({ to, subject, leadsTo }: EventOf<'mail'>, request: RequestSent | undefined): LabelPart[] {
  const astray = leadsTo !== undefined && request !== undefined && leadsTo !== hostOf(request.url);
  if (astray) return [part('mail'), part(`to ${nameIn(to)}, link to ${leadsTo}`)];
  const link = leadsTo === undefined ? [] : [part(`link to ${leadsTo}`, 'extra')];
  return [part('mail to'), part(to), part(`“${subject}”`, 'extra'), ...link];
}

/**
 * Labels a response with its status and what its Set-Cookie headers do.
 *
 * @param isAboutTiming whether the lesson is about how long an answer takes
 */
export function responseLabel(
  response: ResponseReceived,
  request: RequestSent | undefined,
  actor: string,
  app: string,
  { sandbox, isAboutTiming = false }: Pick<KnownNames, 'sandbox'> & { isAboutTiming?: boolean },
): Label {
  const { status, statusText, headers, cookies, ms } = response;
  const parts = [part(`${status}`, 'name')];
  if (isAboutTiming) parts.push(part(`after ${ms.toFixed(0)} ms`));
  if (status >= 400) parts.push(part(statusText, 'extra'));
  const location = headers.find(([name]) => name.toLowerCase() === 'location')?.[1];
  if (location && status >= 300 && status < 400) parts.push(part(`to ${location}`));
  const open = isStream(response) && status < 300;
  const labels = cookies.map((cookie) => setCookieLabel(cookie, request, sandbox));
  if (cookies.length === 0 && headers.some(([name]) => name.toLowerCase() === 'set-cookie')) labels.push(notStored);
  const answer = `${app} answers ${actor} with ${status} ${statusText}`.trim();
  return {
    parts: [...parts, ...(open ? [part('stays open', 'new')] : []), ...labels.flatMap((label) => label.parts)],
    sentence: [
      answer,
      ...(open ? ['and leaves the response open'] : []),
      ...labels.map((label) => label.sentence),
    ].join(', '),
  };
}

/** A script that keeps no cookies, and a cross-origin fetch() without credentials, ignore Set-Cookie. */
const notStored: Label = {
  parts: [part('Set-Cookie not stored', 'dim')],
  sentence: 'which sets a cookie that the sender does not store',
};

function setCookieLabel(
  { name, outcome, why, sid }: ResponseReceived['cookies'][number],
  request: RequestSent | undefined,
  sandbox: string,
): Label {
  const nameAs = (tone: Tone) =>
    request ? named(name, tone, cookieToFollow({ sandbox }, request.actor, name)) : part(name, tone);
  const cookie = sid ? { sid } : nameAs('plain');
  if (outcome === 'removed')
    return { parts: [part('− cookie removed', 'gone')], sentence: `which removes the cookie ${name}` };
  if (outcome === 'refused' && deletesNothing(why))
    return { parts: [part('no cookie to delete', 'dim')], sentence: `which deletes no cookie ${name}: there is none` };
  if (outcome === 'refused') {
    return {
      // The outcome first: the end of a long label is cut off.
      parts: [part('✕ refused', 'gone'), cookie],
      sentence: `whose cookie ${sid ? `of session ${sidStart(sid)}` : name} the browser refuses`,
    };
  }
  if (!sid) return { parts: [part('Set-Cookie', 'extra'), nameAs('extra')], sentence: `which sets the cookie ${name}` };
  const same = request?.cookies.find((sent) => sent.sent && sent.name === name)?.sid === sid;
  return {
    parts: [part('Set-Cookie', 'extra'), cookie, same ? part('= same ID', 'same') : part('+ new ID', 'new')],
    sentence: `which sets the cookie of session ${sidStart(sid)}, ${same ? 'the same ID as before' : 'a new ID'}`,
  };
}

/** Labels an event in a response that stays open, or its end. */
export function streamLabel(event: EventOf<'stream-message'> | EventOf<'stream-ended'>, sentence: string): Label {
  if (event.type === 'stream-ended') return { parts: [part(`− stream ${event.how}`, 'gone')], sentence };
  return { parts: [part('event', 'extra'), part(event.name, 'name')], sentence, whole: event.data };
}

/**
 * Labels a Redis command, without the namespace. Of a session record, it says what is in it, or what the command changes in it.
 *
 * @param again whether the same request has just sent the same command
 * @param before the fields of the record until now; null when there was none
 */
export function commandLabel(
  command: RedisCommand,
  app: string,
  names: KnownNames,
  again: boolean,
  before: Fields | null = null,
): Label {
  const { args, reply, error, sid } = command;
  const name = command.name.toUpperCase();
  // Of a script, its keys and arguments: `whole` has its text.
  const shown = name === 'EVAL' ? args.slice(2) : args;
  const [key, ...rest] = shown;
  const found = sid === null || name !== 'GET' ? '' : fieldsFound(sessionFields(unquoted(reply)), names.users);
  const outcome = error === null ? found || shortReply(reply) : error;
  // What Redis has not taken changes nothing: with XX, a record that is gone is not written again.
  const isVain = name === 'SET' && reply === '(nil)';
  const changes =
    sid === null || name !== 'SET' || error !== null || isVain
      ? ''
      : fieldChanges(before, sessionFields(rest[0] ?? ''), names.users);
  // What did not reach Redis is told apart by its key. What Redis refused is told by its arguments.
  const sent = error === null || isRefusal(error) ? rest : [];
  const spoken = shown.map((arg) => (isJson(arg) ? 'a JSON value' : keyText(arg, sid, names)));
  const parts = [
    part(name, 'name'),
    ...(key === undefined ? [] : keyParts(key, sid, names)),
    ...(changes ? [part(changes, 'new')] : []),
    ...(changes
      ? [part(rest.slice(1).join(' '), 'extra')]
      : sent.flatMap((arg) => argumentParts(arg, sid, names)).map((one) => asField(one, name))),
  ].filter((one) => 'sid' in one || one.text !== '');
  if (outcome !== '')
    parts.push(
      error === null
        ? part(`→ ${outcome}`, /^(OK|1)$/.test(outcome) ? 'extra' : 'dim')
        : part(`✕ ${shortError(outcome)}`, 'gone'),
    );
  if (again) parts.push(part('again', 'dim'));
  const answer = error === null ? `which answers ${outcome}` : `which fails: ${error}`;
  const whole = elided(`${[name, ...args].join(' ')}\n→ ${error ?? reply ?? ''}`.replaceAll(names.namespace, ''), 1200);
  const sentence = `${app} sends ${[name, ...spoken].join(' ')} to Redis${again ? ' again' : ''}, ${answer}`;
  return { parts, sentence, whole };
}

/** As server/redis/failures.ts writes what Redis answered. */
const isRefusal = (error: string) => error.includes('It says: ');

/** The sentence and the whole text have all of it. */
const shortError = (error: string) =>
  elided(
    error
      .replace(/^.*It says: /, '')
      .replace(/^There is (no connection) to Redis/, '$1')
      .replace(/\.$/, ''),
    32,
  );

/**
 * Returns a key without its namespace, with its session id as a chip.
 *
 * @param sid the session of the event that has the key
 */
export function keyParts(key: string, sid: string | null, { namespace, sids }: KnownNames): LabelPart[] {
  const name = key.startsWith(namespace) ? key.slice(namespace.length) : key;
  if (placeOfSid(name, sids) !== -1) return [{ sid: name }];
  if (sid === null || !name.endsWith(sid))
    return [name === key ? part(elided(name, 28)) : named(elided(name, 28), 'plain', keyToFollow(key))];
  return [part(name.slice(0, -sid.length), 'prefix'), { sid }];
}

/** Of a hash or a script, the key says most: the rest is left out first where room is scarce. */
const asField = (one: LabelPart, command: string): LabelPart =>
  (command.startsWith('H') || command === 'EVAL') && 'text' in one && one.tone === 'plain'
    ? { ...one, tone: 'extra' }
    : one;

function argumentParts(arg: string, sid: string | null, names: KnownNames): LabelPart[] {
  if (isJson(arg)) return [part('{…}', 'extra')];
  // The score of a sorted set, which is a time; and the ends of a range.
  if (/^(\d{10,}|0|-1)$/.test(arg)) return [part(elided(arg, 9), 'extra')];
  const parts = keyParts(arg, sid, names);
  if (names.namespace !== '' && arg.startsWith(names.namespace)) {
    return parts.map((one) =>
      'text' in one && one.tone === 'plain' ? { ...one, text: elided(one.text, 18), tone: 'extra' as const } : one,
    );
  }
  if (/^\d+$/.test(arg)) return parts;
  return parts.map((one) => ('text' in one && one.tone === 'plain' ? { ...one, text: elided(one.text, 9) } : one));
}

/** Returns `keyParts` as text: "sess:wME6p7". */
const keyText = (key: string, sid: string | null, names: KnownNames) =>
  keyParts(key, sid, names)
    .map((part) => ('sid' in part ? sidStart(part.sid) : part.text))
    .join('');

/** Returns the start of a session id: six characters tell the few ids of a trace apart. */
export const sidStart = (sid: string) => sid.slice(0, 6);

/** Returns a reply as redis-cli prints it, short enough for an arrow: `"{\"cookie\":…}"` is {…}, `(integer) 1` is 1. */
export function shortReply(reply: string | null): string {
  if (reply === null || reply === '') return '';
  if (reply === '(nil)') return 'nil';
  const count = /^\(integer\) (-?\d+)$/.exec(reply)?.[1];
  if (count) return count;
  if (/^"?[{[]/.test(reply)) return '{…}';
  const [first = '', ...more] = reply.split('\n');
  const isList = /^\d+\) /.test(first);
  if (more.length === 0 && !isList) return elided(first, 18);
  const values = [first, ...more].map((line) => line.replace(/^\d+\) /, '').replace(/^"(.*)"$/, '$1'));
  if (values.length === 1) return isJson(values[0]!) ? '{…}' : elided(values[0]!, 18);
  const listed = values.map((value) => (value === '(nil)' ? 'nil' : value)).join(', ');
  return listed.length > 18 ? `${values.length} values` : listed;
}

/** Returns the text in a reply that redis-cli would print in quotes. */
function unquoted(reply: string | null): string {
  try {
    return String(JSON.parse(reply ?? ''));
  } catch {
    return '';
  }
}

const isJson = (arg: string) => /^[[{]/.test(arg);
