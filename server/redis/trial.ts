/** What a sandbox does with Redis, tried once on a key of its own: a missing right would show in the middle of a lesson otherwise. */
import { randomBytes } from 'node:crypto';
import type { Redis } from 'ioredis';
import { stateIn, UnsuitableServer } from './errors.ts';

/** The key ends by itself, in case Redis stops between two commands. Milliseconds. */
const trialMs = 10_000;

/**
 * The commands of the app, of its weaknesses and of the lens, `key` standing for the key. The first ones make sure that nothing can
 * be left behind: a key of theirs has an end.
 */
const commands = [
  ...[
    ['SET', 'key', '1', 'PX', 'ms'],
    'GET',
    'TYPE',
    'PTTL',
    'TTL',
    'EXISTS',
    ['PEXPIRE', 'key', 'ms'],
    ['EXPIRE', 'key', '10'],
  ],
  ...['PERSIST', ['PEXPIRE', 'key', 'ms'], ['MGET', 'key'], ['RENAME', 'key', 'key'], 'GETDEL', 'DEL'],
  ...[['SET', 'key', '0', 'EX', '10', 'NX'], 'INCR', 'DEL'],
  ...[
    ['RPUSH', 'key', 'a', 'b'],
    ['PEXPIRE', 'key', 'ms'],
    ['LRANGE', 'key', '0', '-1'],
    'LLEN',
    ['RPOPLPUSH', 'key', 'key'],
    'RPOP',
    'DEL',
  ],
  ...[
    ['SADD', 'key', 'a'],
    ['PEXPIRE', 'key', 'ms'],
    'SMEMBERS',
    ['SISMEMBER', 'key', 'a'],
    ['SREM', 'key', 'a'],
    'DEL',
  ],
  ...[
    ['HSET', 'key', 'a', '1'],
    ['PEXPIRE', 'key', 'ms'],
    ['HGET', 'key', 'a'],
    ['HMGET', 'key', 'a'],
    'HGETALL',
    'DEL',
  ],
  ...[
    ['ZADD', 'key', '1', 'a'],
    ['PEXPIRE', 'key', 'ms'],
    ['ZRANGE', 'key', '0', '-1'],
    'ZCARD',
    ['ZREMRANGEBYRANK', 'key', '0', '0'],
  ],
  ...[['ZREM', 'key', 'a'], 'DEL'],
].map((command) => (typeof command === 'string' ? [command, 'key'] : command));

/** Tries one command after the other and returns the first one that fails, with its error; nothing when all of them work. */
const script = `
  for _, command in ipairs(cjson.decode(ARGV[1])) do
    local words = {}
    for at, word in ipairs(command) do
      words[at] = word == 'key' and KEYS[1] or word == 'ms' and ARGV[2] or word
    end
    local reply = redis.pcall(unpack(words))
    if type(reply) == 'table' and reply.err then return {command[1], reply.err} end
  end
  return {}`;

/**
 * Tries what a sandbox needs. It takes one round trip.
 * @throws UnsuitableServer when something is refused
 */
export async function tryCommands(client: Redis): Promise<void> {
  const { keyPrefix } = client.options;
  const key = keyPrefix ? 'check' : `sandbox:${randomBytes(6).toString('hex')}:check`;
  const [failed, transaction] = await Promise.all([
    client.eval(script, 1, key, JSON.stringify(commands), trialMs).catch((error: Error) => ['EVAL', error.message]),
    client
      .multi()
      .exists(key)
      .exec()
      .then(
        () => null,
        // Of a transaction that was given up, the reason is in the commands that were refused.
        (error: Error & { previousErrors?: Error[] }) => ['MULTI', (error.previousErrors?.[0] ?? error).message],
      ),
  ]);
  const [command, message] = (failed as string[]).length > 0 ? (failed as string[]) : (transaction ?? []);
  if (command !== undefined && message !== undefined) throw new UnsuitableServer(whyRefused(command, message));
}

/** Redis 7 says ACL failure in a script, older ones only that the user cannot run it there. */
const forbidden = /NOPERM|ACL failure|can't run this command|No permissions/i;

function whyRefused(command: string, message: string): string {
  const state = stateIn(message);
  if (state !== undefined) return state;
  if (/NOPERM.*\bkeys?\b/i.test(message)) return 'does not allow its user the keys sandbox:*, which a sandbox needs';
  if (forbidden.test(message))
    return `does not allow its user ${command} on the keys sandbox:*, and a sandbox needs it`;
  return `refuses ${command}, which a sandbox needs; it answers: ${message.replace(/\s+/g, ' ').replace(/\.$/, '')}`;
}
