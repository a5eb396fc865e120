/** What is written at an arrow, in small parts, and the same as a sentence for those who do not see it. */
import type { RedisCommand, RequestSent, ResponseReceived } from '../../../scenarios/engine/trace.ts';

/** `same` and `new` compare the id that came with the one that is set. `extra` and the `prefix` of a key may be left out where room is scarce. */
export type Tone = 'name' | 'plain' | 'dim' | 'extra' | 'prefix' | 'same' | 'new' | 'gone';
export type Part = { sid: string } | { say: string; tone: Tone };

export interface Label {
  parts: Part[];
  sentence: string;
}

/** What tells a key, a session id and any other text apart. */
export interface Names {
  namespace: string;
  sids: readonly string[];
}

export const say = (text: string, tone: Tone = 'plain'): Part => ({ say: text, tone });

/** "POST /auth/login" and the session ids of the cookies sent. `home` is the origin that goes without saying, `app` who gets it. */
export function requestLabel(request: RequestSent, actor: string, app: string, home: string): Label {
  const { method, url, cookies, note } = request;
  const target = url.startsWith(`${home}/`) ? url.slice(home.length) : url;
  const sent = cookies.filter((cookie) => cookie.sent);
  const sids = sent.flatMap(({ sid }) => sid ?? []);
  const kept = cookies.filter((cookie) => !cookie.sent).flatMap(({ sid }) => sid ?? []);
  const parts = [say(method, 'name'), say(shortened(target, 30), 'name')];
  if (sent.length > 0) parts.push(say('Cookie', 'extra'), ...sids.map((sid) => ({ sid })));
  if (kept.length > 0 && sids.length === 0) parts.push(say('cookie not sent', 'dim'));
  if (note) parts.push(say(shortened(note, 30), 'extra'));
  const carrying = sids.length > 0 ? `, with the cookie of session ${sids.map(spoken).join(' and ')}` : '';
  return { parts, sentence: `${actor} sends ${method} ${target} to ${app}${carrying}${note ? ` (${note})` : ''}` };
}

/** Status, and for each Set-Cookie the id it sets and whether that is the one the request came with. */
export function responseLabel(
  response: ResponseReceived,
  request: RequestSent | undefined,
  actor: string,
  app: string,
): Label {
  const { status, statusText, headers, cookies } = response;
  const parts = [say(`${status}`, 'name')];
  if (status >= 400) parts.push(say(statusText));
  const location = headers.find(([name]) => name.toLowerCase() === 'location')?.[1];
  if (location && status >= 300 && status < 400) parts.push(say(`to ${location}`));
  const told = cookies.map((cookie) => setCookie(cookie, request));
  return {
    parts: [...parts, ...told.flatMap((one) => one.parts)],
    sentence: [`${app} answers ${actor} with ${status} ${statusText}`.trim(), ...told.map((one) => one.sentence)].join(
      ', ',
    ),
  };
}

function setCookie(
  { name, outcome, sid }: ResponseReceived['cookies'][number],
  request: RequestSent | undefined,
): Label {
  const chip = sid ? [{ sid }] : [say(name)];
  const whose = sid ? ` of session ${spoken(sid)}` : ` ${name}`;
  if (outcome === 'removed')
    return { parts: [say('− cookie removed', 'gone')], sentence: `which removes the cookie ${name}` };
  if (outcome === 'refused') {
    return {
      parts: [say('Set-Cookie', 'extra'), ...chip, say('✕ refused', 'gone')],
      sentence: `whose cookie${whose} the browser refuses`,
    };
  }
  if (!sid) return { parts: [say('Set-Cookie', 'extra'), ...chip], sentence: `which sets the cookie ${name}` };
  const came = request?.cookies.find((cookie) => cookie.sent && cookie.name === name);
  const same = came?.sid === sid;
  return {
    parts: [say('Set-Cookie', 'extra'), ...chip, same ? say('= same id', 'same') : say('+ new id', 'new')],
    sentence: `which sets the cookie of session ${spoken(sid)}, ${same ? 'the same id as before' : 'a new id'}`,
  };
}

/** The command without what the app does not know (the namespace) and what would not fit (the record's JSON). */
export function commandLabel(command: RedisCommand, app: string, names: Names, again: boolean): Label {
  const { args, reply, error, sid } = command;
  const name = command.name.toUpperCase();
  const [key, ...rest] = args;
  const parts = [
    ...(key === undefined ? [] : keyParts(key, sid, names)),
    ...rest.flatMap((arg) => argument(arg, sid, names)),
  ];
  const answer = error === null ? shortReply(reply) : error;
  const line = [name, ...args.map((arg) => spokenArgument(arg, sid, names))].join(' ');
  return {
    parts: [
      say(name, 'name'),
      ...parts,
      ...(answer === '' ? [] : [say(error === null ? `→ ${answer}` : `✕ ${answer}`, error === null ? 'dim' : 'gone')]),
      ...(again ? [say('again', 'dim')] : []),
    ],
    sentence: `${app} sends ${line} to Redis${again ? ' again' : ''}, ${error === null ? `which answers ${answer}` : `which fails: ${error}`}`,
  };
}

/**
 * A key as the app knows it, its session id as a chip.
 * @param sid the session that the event with this key is about
 */
export function keyParts(key: string, sid: string | null, { namespace, sids }: Names): Part[] {
  const name = withoutNamespace(key, namespace);
  if (sids.includes(name)) return [{ sid: name }];
  if (sid === null || !name.endsWith(sid)) return [say(shortened(name, 28))];
  return [say(name.slice(0, -sid.length), 'prefix'), { sid }];
}

/** The same for the ear: "sess:wME6p7". */
export function spokenKey(key: string, sid: string | null, names: Names): string {
  return keyParts(key, sid, names)
    .map((part) => ('sid' in part ? spoken(part.sid) : part.say))
    .join('');
}

/** Six characters tell the few ids of a trace apart, for the ear too. */
export const spoken = (sid: string) => sid.slice(0, 6);

/** `"{\"cookie\":…}"` becomes {…}, `(integer) 1` becomes 1: what redis-cli prints, short enough for an arrow. */
export function shortReply(reply: string | null): string {
  if (reply === null || reply === '') return '';
  if (reply === '(nil)') return 'nil';
  const count = /^\(integer\) (-?\d+)$/.exec(reply)?.[1];
  if (count) return count;
  if (/^"?[{[]/.test(reply)) return '{…}';
  const [first = '', ...more] = reply.split('\n');
  return more.length > 0 ? `${more.length + 1} values` : shortened(first, 18);
}

const isJson = (arg: string) => /^[[{]/.test(arg);

function argument(arg: string, sid: string | null, names: Names): Part[] {
  if (isJson(arg)) return [say('{…}', 'extra')];
  const parts = keyParts(arg, sid, names);
  const plain = parts.every((part) => 'say' in part);
  return plain && !/^\d+$/.test(arg) ? [say(shortened(withoutNamespace(arg, names.namespace), 9))] : parts;
}

const spokenArgument = (arg: string, sid: string | null, names: Names) =>
  isJson(arg) ? 'a JSON value' : spokenKey(arg, sid, names);

const withoutNamespace = (text: string, namespace: string) =>
  text.startsWith(namespace) ? text.slice(namespace.length) : text;

const shortened = (text: string, most: number) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);
