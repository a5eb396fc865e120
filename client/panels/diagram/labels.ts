/** What is written at an arrow, in small parts, and the same as a sentence for those who do not see it. */
import { parseSignedValue, sidOfKey } from '../../../scenarios/engine/identity.ts';
import type { ReceivedCookie, RedisCommand, RequestSent, ResponseReceived } from '../../../scenarios/engine/trace.ts';

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
  const sids = sent.flatMap(({ value }) => sidOfCookie(value));
  const kept = cookies.filter((cookie) => !cookie.sent).flatMap(({ value }) => sidOfCookie(value));
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

function setCookie({ header, name, outcome }: ReceivedCookie, request: RequestSent | undefined): Label {
  const sid = sidOfCookie(/^[^=;]*=([^;]*)/.exec(header)?.[1]?.trim() ?? '')[0];
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
  const same = came !== undefined && sidOfCookie(came.value)[0] === sid;
  return {
    parts: [say('Set-Cookie', 'extra'), ...chip, same ? say('= same id', 'same') : say('+ new id', 'new')],
    sentence: `which sets the cookie of session ${spoken(sid)}, ${same ? 'the same id as before' : 'a new id'}`,
  };
}

/** The command without what the app does not know (the namespace) and what would not fit (the record's JSON). */
export function commandLabel(command: RedisCommand, app: string, names: Names, again: boolean): Label {
  const { args, reply, error } = command;
  const name = command.name.toUpperCase();
  const [key, ...rest] = args;
  const parts = [...(key === undefined ? [] : keyParts(key, names)), ...rest.flatMap((arg) => argument(arg, names))];
  const answer = error === null ? shortReply(reply) : error;
  const line = [name, ...args.map((arg) => spokenArgument(arg, names))].join(' ');
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

/** A key as the app knows it, its session id as a chip. */
export function keyParts(key: string, { namespace, sids }: Names): Part[] {
  const name = withoutNamespace(key, namespace);
  if (sids.includes(name)) return [{ sid: name }];
  const sid = sidOfKey(name);
  return sid === null ? [say(shortened(name, 28))] : [say(name.slice(0, -sid.length), 'prefix'), { sid }];
}

/** The same for the ear: "sess:wME6p7". */
export function spokenKey(key: string, names: Names): string {
  return keyParts(key, names)
    .map((part) => ('sid' in part ? spoken(part.sid) : part.say))
    .join('');
}

/** The session ids in a cookie's value: one, or none when it is not a signed one. */
export function sidOfCookie(value: string): string[] {
  const parsed = parseSignedValue(value);
  return parsed ? [parsed.sid] : [];
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

function argument(arg: string, names: Names): Part[] {
  if (isJson(arg)) return [say('{…}', 'extra')];
  const parts = keyParts(arg, names);
  const plain = parts.every((part) => 'say' in part);
  return plain && !/^\d+$/.test(arg) ? [say(shortened(withoutNamespace(arg, names.namespace), 9))] : parts;
}

const spokenArgument = (arg: string, names: Names) => (isJson(arg) ? 'a JSON value' : spokenKey(arg, names));

const withoutNamespace = (text: string, namespace: string) =>
  text.startsWith(namespace) ? text.slice(namespace.length) : text;

const shortened = (text: string, most: number) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);
