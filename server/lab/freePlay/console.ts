/** The Redis console: the lines a learner types, answered as redis-cli would. */
import type { Redis } from 'ioredis';
import { longestTime } from '../../../scenarios/engine/actions.ts';
import { SandboxError } from '../../../scenarios/engine/errors.ts';
import { keyName } from '../../../scenarios/engine/identity.ts';
import { renderReply } from '../lens/commands.ts';
import type { KeyWatch } from '../lens/keys.ts';
import { reads, whole, writes } from './consoleCommands.ts';
import type { KeyEditor } from './keyEditor.ts';

export interface ConsoleNeeds {
  redis: Redis;
  keys: KeyWatch;
  keyEditor: KeyEditor;
  namespace: string;
}

/** The most keys that SET may create in a sandbox. */
const mostKeys = 500;

/** What Redis answers when a key has another type. The mock would answer with its internal data. */
const wrongType = new Error('WRONGTYPE Operation against a key holding the wrong kind of value');

/**
 * Parses a line of the console. It can reach this sandbox's keys only: the connection puts the namespace before every key.
 * @returns a function that carries the line out and resolves to the reply as redis-cli prints it
 * @throws SandboxError for a line that the console does not support
 */
export function prepareConsoleLine(line: string, needs: ConsoleNeeds): () => Promise<string> {
  const { redis, keys, keyEditor, namespace } = needs;
  const nameOf = (key: string) => keyName(key, namespace);
  const words = splitLine(line);
  if (words === null)
    throw notAllowed('Invalid argument(s): a quote is not closed, or a word follows a quote without a space.');
  const [typed, ...rest] = words;
  if (typed === undefined) throw notAllowed(`Type a command. ${knownCommands}`);
  const name = typed.toUpperCase();
  if (name === 'KEYS') return prepareListing(rest, keys.names, nameOf, namespace);
  const change = parseChange(words, nameOf);
  if (change) {
    requireRoom(change, keys.names());
    return async () => renderReply(await applyChange(change, keyEditor));
  }
  const command = Object.hasOwn(reads, name) ? reads[name] : undefined;
  if (!command) throw notAllowed(`This console has no ${quoted(typed)}. ${knownCommands}`);
  const [least, most] = command.words ?? [1, 1];
  if (rest.length < least || rest.length > most) throw notAllowed(`Write ${command.usage}.`);
  command.check?.(rest);
  const key = nameOf(rest[0]!);
  const others = name === 'EXISTS' ? rest.slice(1).map(nameOf) : rest.slice(1);
  return async () => {
    if (command.type && !(await hasType(redis, key, command.type))) return renderReply(wrongType);
    const reply = await command.ask(redis, key, ...others);
    return command.plain ? String(reply) : renderReply(reply);
  };
}

const knownCommands = `It has ${[...Object.keys(reads), 'KEYS', ...Object.keys(writes)].join(', ')}.`;

const quoted = (typed: string) => `"${typed.length > 30 ? `${typed.slice(0, 30)}…` : typed}"`;

const notAllowed = (message: string) => new SandboxError('not-allowed', message);

async function hasType(redis: Redis, name: string, type: string): Promise<boolean> {
  const found = await redis.type(name);
  return found === 'none' || found === type;
}

/** Answers KEYS from the known keys. The real command searches the whole database and blocks it meanwhile. */
function prepareListing(words: string[], names: () => string[], nameOf: (key: string) => string, namespace: string) {
  const [pattern] = words;
  const prefix = pattern === undefined ? undefined : /^([^*?[\]\\]*)\*$/.exec(nameOf(pattern))?.[1];
  if (prefix === undefined || words.length !== 1)
    throw notAllowed('Write KEYS prefix*: it lists this sandbox’s keys with that prefix. KEYS * lists all of them.');
  return async () => {
    const found = names().filter((name) => name.startsWith(prefix));
    return renderReply(found.sort().map((name) => namespace + name));
  };
}

/** What a line of the console changes. Names are without the namespace. `ttl` in ms; null: none; undefined: the one it has. */
export type Change =
  | { command: 'DEL'; keys: string[] }
  | { command: 'SET'; key: string; value: string; ttl: number | null | undefined }
  | { command: 'EXPIRE' | 'PEXPIRE'; key: string; ttl: number }
  | { command: 'PERSIST'; key: string; ttl: null };

/**
 * Parses the words of a line that changes something.
 * @param nameOf removes the namespace from a key
 * @returns null for a command that changes nothing
 * @throws SandboxError when the arguments are wrong
 */
export function parseChange([typed = '', ...words]: string[], nameOf: (key: string) => string): Change | null {
  const command = typed.toUpperCase();
  const usage = Object.hasOwn(writes, command) ? writes[command] : undefined;
  if (usage === undefined) return null;
  const wrong = () => notAllowed(`Write ${usage}.`);
  const [key, value, ...more] = words;
  if (key === undefined) throw wrong();
  switch (command) {
    case 'DEL':
      return { command, keys: words.map(nameOf) };
    case 'SET':
      if (value === undefined) throw wrong();
      return { command, key: nameOf(key), value, ttl: parseLifetime(more, wrong) };
    case 'PERSIST':
      if (words.length !== 1) throw wrong();
      return { command, key: nameOf(key), ttl: null };
    case 'EXPIRE':
    case 'PEXPIRE':
      if (words.length !== 2) throw wrong();
      return { command, key: nameOf(key), ttl: limited(whole(value) * (command === 'EXPIRE' ? 1000 : 1)) };
    default:
      return null;
  }
}

function parseLifetime(words: string[], wrong: () => SandboxError): number | null | undefined {
  const [option, amount] = words;
  if (option === undefined) return null;
  const name = option.toUpperCase();
  if (name === 'KEEPTTL' && words.length === 1) return undefined;
  if ((name !== 'EX' && name !== 'PX') || words.length !== 2) throw wrong();
  const ttl = limited(whole(amount) * (name === 'EX' ? 1000 : 1));
  if (ttl < 1) throw notAllowed('SET takes a time to live above 0. EXPIRE with 0 deletes a key.');
  return ttl;
}

function limited(ms: number): number {
  if (ms <= longestTime) return ms;
  throw notAllowed('A time to live is at most a year here.');
}

function requireRoom(change: Change, names: string[]): void {
  if (change.command !== 'SET' || names.includes(change.key) || names.length < mostKeys) return;
  throw new SandboxError('limit-reached', `This sandbox has ${mostKeys} keys, the most that SET allows. Delete some.`);
}

/** Resolves to the reply that Redis would give. */
async function applyChange(change: Change, keyEditor: KeyEditor): Promise<string | number> {
  switch (change.command) {
    case 'DEL': {
      let deleted = 0;
      for (const key of change.keys) deleted += (await keyEditor.delete(key)) ? 1 : 0;
      return deleted;
    }
    case 'SET':
      await keyEditor.set(change.key, change.value, change.ttl);
      return 'OK';
    case 'PERSIST':
      return (await keyEditor.persist(change.key)) ? 1 : 0;
    default:
      return (await keyEditor.expire(change.key, change.ttl)) ? 1 : 0;
  }
}

/**
 * Splits a line into words by the quoting rules of redis-cli: spaces separate words; "…" knows \n, \r, \t, \b, \a, \xHH and \
 * before any other character; '…' knows only \'. \x80 to \xff are refused: a line is text, and is sent as UTF-8. Returns null when a quote is not closed, or a word follows a quote without
 * a space.
 */
export function splitLine(line: string): string[] | null {
  const words: string[] = [];
  let rest = line.trimStart();
  while (rest !== '') {
    let word = '';
    let inQuotes = false;
    while (rest !== '' && !/^\s/.test(rest)) {
      // After a closing quote comes a space or the end.
      if (inQuotes) return null;
      const part = /^"(?:[^"\\]|\\.)*"|^'(?:[^'\\]|\\.)*'|^[^\s"']+/s.exec(rest)?.[0];
      if (part === undefined) return null;
      inQuotes = /^["']/.test(part);
      word += inQuotes ? unquote(part) : part;
      rest = rest.slice(part.length);
    }
    words.push(word);
    rest = rest.trimStart();
  }
  return words;
}

const controls: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', a: '\x07' };

function unquote(part: string): string {
  const inside = part.slice(1, -1);
  if (part.startsWith("'")) return inside.replaceAll("\\'", "'");
  return inside.replace(/\\(?:x([0-9a-f]{2})|(.))/gis, (_, hex: string | undefined, character: string) =>
    hex === undefined ? (controls[character] ?? character) : asciiCharacter(hex),
  );
}

function asciiCharacter(hex: string): string {
  const code = Number.parseInt(hex, 16);
  if (code < 0x80) return String.fromCharCode(code);
  throw notAllowed(`This console sends text, and \\x${hex} is a byte that is no text by itself. Write the character.`);
}
