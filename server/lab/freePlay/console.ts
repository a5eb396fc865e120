import type { Redis } from 'ioredis';
import { renderReply } from '../lens/commands.ts';
import type { KeyWatch } from '../lens/keys.ts';
import { type Change, changeOf } from './change.ts';
import { reads, writes } from './commands.ts';
import type { KeyHand } from './keyHand.ts';
import { RefusedByHand } from './refusedByHand.ts';
import { splitLine } from './splitLine.ts';

export interface ConsoleNeeds {
  redis: Redis;
  keys: KeyWatch;
  keyHand: KeyHand;
  namespace: string;
}

/** The most keys that a SET may leave a sandbox with. */
const mostKeys = 500;

/** What Redis says of a command for another type; the mock would answer with what it has inside. */
const wrongType = new Error('WRONGTYPE Operation against a key holding the wrong kind of value');

/**
 * A line of the console. It reaches this sandbox's keys alone: whatever is typed as a key, the connection puts the namespace
 * before it.
 * @returns what does it, and resolves to the reply as redis-cli prints it
 * @throws RefusedByHand for a line that is no command the console has
 */
export function consoleDeed(line: string, needs: ConsoleNeeds): () => Promise<string> {
  const { redis, keys, keyHand, namespace } = needs;
  const bare = (key: string) => (key.startsWith(namespace) ? key.slice(namespace.length) : key);
  const words = splitLine(line);
  if (words === null)
    throw new RefusedByHand('not-allowed', 'Invalid argument(s): a quote is not closed, or a word follows it at once.');
  const [typed, ...rest] = words;
  if (typed === undefined) throw new RefusedByHand('not-allowed', `Type a command. ${whatThereIs}`);
  const name = typed.toUpperCase();
  if (name === 'KEYS') return listing(rest, keys.names, bare, namespace);
  const change = changeOf(words, bare);
  if (change) {
    requireRoom(change, keys.names());
    return async () => renderReply(await carryOut(change, keyHand));
  }
  const command = Object.hasOwn(reads, name) ? reads[name] : undefined;
  if (!command) throw new RefusedByHand('not-allowed', `This console has no ${shown(typed)}. ${whatThereIs}`);
  const [least, most] = command.words;
  if (rest.length < least || rest.length > most) throw new RefusedByHand('not-allowed', `Write ${command.usage}.`);
  const ask = command.run(name === 'EXISTS' ? rest.map(bare) : [bare(rest[0]!), ...rest.slice(1)]);
  return async () => {
    if (command.type && !(await hasType(redis, bare(rest[0]!), command.type))) return renderReply(wrongType);
    const reply = await ask(redis);
    return command.plain ? String(reply) : renderReply(reply);
  };
}

const whatThereIs = `There are ${[...Object.keys(reads), 'KEYS', ...Object.keys(writes)].join(', ')}.`;

const shown = (typed: string) => `"${typed.length > 30 ? `${typed.slice(0, 30)}…` : typed}"`;

async function hasType(redis: Redis, name: string, type: string): Promise<boolean> {
  const found = await redis.type(name);
  return found === 'none' || found === type;
}

/** KEYS, answered from the keys that are known: to search a whole database for a few is what one never does. */
function listing(words: string[], names: () => string[], bare: (key: string) => string, namespace: string) {
  const [pattern] = words;
  const prefix = pattern === undefined ? undefined : /^([^*?[\]\\]*)\*$/.exec(bare(pattern))?.[1];
  if (prefix === undefined || words.length !== 1)
    throw new RefusedByHand(
      'not-allowed',
      'Write KEYS prefix*: it lists the keys of this sandbox that begin so; KEYS * lists all.',
    );
  return async () => {
    const found = names().filter((name) => name.startsWith(prefix));
    return renderReply(found.sort().map((name) => namespace + name));
  };
}

function requireRoom(change: Change, names: string[]): void {
  if (change.command !== 'SET' || names.includes(change.key) || names.length < mostKeys) return;
  throw new RefusedByHand('too-many', `This sandbox has ${mostKeys} keys, and SET makes no more; delete some first.`);
}

/** The reply Redis would give. */
async function carryOut(change: Change, keyHand: KeyHand): Promise<string | number> {
  switch (change.command) {
    case 'DEL': {
      let deleted = 0;
      for (const key of change.keys) deleted += (await keyHand.delete(key)) ? 1 : 0;
      return deleted;
    }
    case 'SET':
      await keyHand.set(change.key, change.value, change.ttl);
      return 'OK';
    default:
      return (await keyHand.expire(change.key, change.ttl)) ? 1 : 0;
  }
}
