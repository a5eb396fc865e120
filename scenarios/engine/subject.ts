/**
 * What a scenario is about among the keys and commands of Redis. Everything else is bookkeeping: it is there and can be opened,
 * but is drawn as "+3 throttle". Pure.
 */
import { faultSpans } from './faultSpans.ts';
import { keyName } from './identity.ts';
import { isAbout, startsWith } from './keyPattern.ts';
import type { Exchange } from './read.ts';
import type { RedisCommand, RequestSent, TraceEvent, TraceHeader } from './trace.ts';

/** What a key or a command is about. */
export interface Topic {
  /** Whether the scenario is about it. */
  subject: boolean;
  /** What people call it: "throttle", "list of sessions", "basket". */
  group: string;
}

/** The subject of a scenario that names none. */
export const sessionRecords = 'sess:';

const groups: [pattern: string, group: string, meaning: string][] = [
  [sessionRecords, 'session record', 'what the shop knows about one session'],
  ['throttle:', 'throttle', 'counts wrong passwords and codes, so that nobody can try many'],
  ['limit:', 'request limit', 'counts requests of one kind from one network'],
  ['user:*:sessions', 'list of sessions', 'the sessions of one user, so that they can be shown and ended'],
  ['user:*:orders', 'orders', 'what a user has ordered'],
  ['user:*:revoked', 'revoked devices', 'the devices whose sessions were ended'],
  ['basket:', 'basket', 'what somebody wants to buy'],
  ['remember:', 'remembered device', 'a device that stays logged in'],
  ['remember-replaced:', 'replaced token', 'the token before the current one of a device that stays logged in'],
  ['user:*:remembered', 'list of remembered devices', 'the devices of one user that stay logged in'],
  ['reset:', 'password reset', 'a link in a mail that sets a new password'],
  ['confirm:', 'e-mail to confirm', 'a link in a mail that proves who gets it'],
  ['*:sess:', 'session record', 'what the shop knows about one session'],
];

const neverStored = 'session never stored';
const checkOfStream = 'check of a stream';

const meanings = new Map([
  ...groups.map(([, group, meaning]) => [group, meaning] as const),
  [neverStored, 'express-session begins one for each visitor, and stores it only when there is something to keep'],
  [checkOfStream, 'whether the session of an open response still exists'],
]);

/** Returns what the keys and commands of a group are for: "counts wrong passwords …"; null for a group that only one scenario has. */
export const meaningOfGroup = (group: string): string | null => meanings.get(group) ?? null;

/** Whether a cookie holds the token of keys that the scenario is about: `__Host-remember` that of `remember:…`. */
export const isTokenOf = (cookie: string, subject: readonly string[]): boolean =>
  subject.includes(`${withoutPrefix(cookie)}:`);

/** "remember" of `__Host-remember`. */
export const withoutPrefix = (cookie: string): string => cookie.replace(/^__(Host-Http|Host|Secure|Http)-/, '');

/** Commands without a key that are about the next one. */
const prepares = new Set(['multi', 'time', 'watch']);

/** Commands that name no key and have no neighbor that does. */
const other: Topic = { subject: false, group: 'other' };

/** @param name the key without the sandbox's namespace */
export function topicOfKey(name: string, subject: readonly string[]): Topic {
  const group = groups.find(([pattern]) => startsWith(name, pattern))?.[1] ?? name.split(':')[0]!;
  return { subject: isAbout(name, subject), group };
}

/**
 * Returns the topic of each command of one exchange, by the command's id. A command with several keys is about the subject if one
 * of them is. A command without a key, such as EXEC or PING, has the topic of the command before it, or else of the next one.
 * MULTI and WATCH have that of the next one, which they prepare, and so has TIME, which it stores.
 */
export function topicsOfCommands(
  commands: readonly RedisCommand[],
  { namespace, scenario }: Pick<TraceHeader, 'namespace' | 'scenario'>,
): Map<number, Topic> {
  const own = commands.map(({ args }) => {
    const topics = args
      .filter((arg) => namespace !== '' && arg.startsWith(namespace))
      .map((key) => topicOfKey(keyName(key, namespace), scenario.subject));
    return topics.find(({ subject }) => subject) ?? topics[0];
  });
  return new Map(
    commands.map(({ id, name }, index) => {
      const before = own.slice(0, index + 1).findLast((topic) => topic !== undefined);
      const after = own.slice(index).find((topic) => topic !== undefined);
      return [id, (prepares.has(name.toLowerCase()) ? (after ?? before) : (before ?? after)) ?? other];
    }),
  );
}

/**
 * Returns the topics of the commands that are bookkeeping and went well, by the command's id. A command that failed, took long,
 * or was disturbed on its way to Redis is always shown, whatever it is about.
 *
 * @param events all events up to the moment that is shown
 */
export function bookkeeping(
  exchanges: readonly Exchange[],
  events: readonly TraceEvent[],
  header: Pick<TraceHeader, 'namespace' | 'scenario'>,
): Map<number, Topic> {
  const disturbances = faultSpans(events);
  const stored = new Set(events.flatMap((event) => (event.type === 'key' && event.sid !== null ? [event.sid] : [])));
  const isDisturbed = ({ name, seq }: RedisCommand, start: number) =>
    disturbances.some(({ fault, from, to }) => {
      const command = 'command' in fault ? fault.command : null;
      return (command === null || command === name.toLowerCase()) && from < seq && to > start;
    });
  return new Map(
    exchanges.flatMap((exchange) => {
      const { request, commands } = exchange;
      const topics = topicsOfCommands(commands, header);
      return commands
        .filter((command) => command.error === null && command.ms < longMs && !isDisturbed(command, request.seq))
        .map((command) => [command.id, besideTheStory(command, exchange, stored) ?? topics.get(command.id)!] as const)
        .filter(([, topic]) => !topic.subject);
    }),
  );
}

/**
 * A new session that the request never stored: `regenerate()` deletes the one it finds, and express-session has made one for a visitor
 * without a cookie.
 */
const unsaved: Topic = { subject: false, group: neverStored };

/** A stream is checked from time to time while it is open, whatever else happens. */
const streamChecked: Topic = { subject: false, group: checkOfStream };

const besideTheStory = (
  command: RedisCommand,
  { request, stream }: Exchange,
  stored: ReadonlySet<string>,
): Topic | null =>
  isOfUnsaved(command, request) && !stored.has(command.sid!)
    ? unsaved
    : stream && command.step === null
      ? streamChecked
      : null;

const isOfUnsaved = ({ name, reply, sid }: RedisCommand, request: RequestSent) =>
  name.toLowerCase() === 'del' && reply === '(integer) 0' && sid !== null && sid !== request.sid;

/** Commands usually take less than 5 ms, and on a machine that is very busy a few hundred. */
const longMs = 2000;

/**
 * Something to show, or neighbors in a list that are folded into one line, with its label and what the groups in the label are.
 */
export type Folded<Item> = { item: Item } | { folded: [Item, ...Item[]]; label: string; meaning: string };

/**
 * Folds the neighbors in a list that are bookkeeping.
 *
 * @param topicOf returns null for an item that is always shown
 * @param runOf items fold together only when this returns the same for them: their request
 */
export function foldNeighbors<Item>(
  items: readonly Item[],
  topicOf: (item: Item) => Topic | null,
  runOf: (item: Item) => unknown,
): Folded<Item>[] {
  const result: Folded<Item>[] = [];
  for (const item of items) {
    const last = result.at(-1);
    if (topicOf(item) === null) result.push({ item });
    else if (last && 'folded' in last && runOf(last.folded[0]) === runOf(item)) last.folded.push(item);
    else result.push({ folded: [item], label: '', meaning: '' });
  }
  return result.map((one) => {
    if ('item' in one) return one;
    const topics = one.folded.map(topicOf);
    return { ...one, label: foldLabel(topics), meaning: foldMeaning(topics) };
  });
}

/** Returns "+3 throttle", or "+3 throttle, +1 basket". */
export function foldLabel(topics: readonly (Topic | null)[]): string {
  const counts = new Map<string, number>();
  for (const topic of topics) if (topic) counts.set(topic.group, (counts.get(topic.group) ?? 0) + 1);
  return [...counts].map(([group, count]) => `+${count} ${group}`).join(', ');
}

/** Returns a line for each group: "throttle: counts wrong passwords …". */
function foldMeaning(topics: readonly (Topic | null)[]): string {
  const names = new Set(topics.flatMap((topic) => topic?.group ?? []));
  return [...names].flatMap((group) => (meaningOfGroup(group) ? `${group}: ${meaningOfGroup(group)}` : [])).join('\n');
}
