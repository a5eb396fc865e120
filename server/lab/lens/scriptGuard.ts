/**
 * Scripts in a namespace: ioredis puts it before KEYS, but a script can name any key. So a few words of Lua stand before each
 * script, and check the keys of each command that it calls. Lines keep their numbers.
 */
import { createHash } from 'node:crypto';

/** What a script may call that has no key. */
const keyless = ['ping', 'echo', 'time'];
/** What reaches other keys, or another database, than Redis tells. */
const notTold = ['move', 'migrate', 'copy', 'sort', 'sort_ro', 'fcall', 'fcall_ro', 'eval', 'evalsha', 'command'];

/** Their only key is the first argument. They are checked without asking Redis: that costs time, and shows in MONITOR. */
export const firstIsKey =
  `append decr decrby expire expireat get getdel getex getrange getset hdel hexists hget hgetall hincrby hkeys hlen hmget hset
  hsetnx hvals incr incrby incrbyfloat lindex llen lpop lpush lrange lrem lset ltrim persist pexpire pexpireat psetex pttl rpop
  rpush sadd scard set setex setnx setrange sismember smembers spop srem strlen ttl type zadd zcard zcount zincrby zrange
  zrangebyscore zrank zrem zremrangebyrank zremrangebyscore zscore`.split(/\s+/);
/** All their arguments are keys. */
const allAreKeys = ['del', 'exists', 'mget', 'rename', 'renamenx', 'rpoplpush', 'touch', 'unlink'];

const luaSet = (names: readonly string[]) => `{${names.map((name) => `['${name}']=1`).join(',')}}`;

const guard = `local redis = (function(redis, ns)
  local free, never = ${luaSet(keyless)}, ${luaSet(notTold)}
  local first, all = ${luaSet(firstIsKey)}, ${luaSet(allAreKeys)}
  local function refusal(name, ...)
    local lower = string.lower(tostring(name))
    if free[lower] then return nil end
    local keys
    if first[lower] then keys = {(...)}
    elseif all[lower] then keys = {...}
    elseif not never[lower] then keys = redis.pcall('COMMAND', 'GETKEYS', name, ...) end
    if type(keys) == 'table' and keys.err and string.find(keys.err, 'Invalid') then return nil end
    if type(keys) ~= 'table' or keys.err then
      return 'ERR The sandbox cannot tell which keys ' .. string.upper(lower) .. ' uses here, so a script must not call it.'
    end
    for _, key in ipairs(keys) do key = tostring(key)
      if string.sub(key, 1, #ns) ~= ns then
        return 'ERR The script uses the key "' .. key .. '". In a sandbox, only what is passed as KEYS gets the namespace; pass it there.'
      end
    end
  end
  local guarded = {}
  for name, value in pairs(redis) do guarded[name] = value end
  function guarded.call(...)
    local why = refusal(...)
    if why then error(string.sub(why, 5), 0) end
    return redis.call(...)
  end
  function guarded.pcall(...)
    local why = refusal(...)
    if why then return redis.error_reply(why) end
    return redis.pcall(...)
  end
  return guarded
end)(redis, table.remove(ARGV)) `.replaceAll(/\n\s*/g, ' ');

const sha1 = (text: string) => createHash('sha1').update(text).digest('hex');

/** A script that Redis does not have: it answers NOSCRIPT. */
const unknownScript = 'f'.repeat(40);

/** The scripts of one client, as the app knows them and as they are sent. */
export function createScripts() {
  const bySource = new Map<string, string>();
  /** The guarded script's hash by the hash that the app knows, and the other way round. */
  const sent = new Map<string, string>();
  const known = new Map<string, string>();

  return {
    guarded(source: string): string {
      const there = bySource.get(source);
      if (there !== undefined) return there;
      const shebang = /^#![^\n]*\n?/.exec(source)?.[0] ?? '';
      const text = shebang + guard + source.slice(shebang.length);
      bySource.set(source, text);
      const [asKnown, asSent] = [sha1(source), sha1(text)];
      sent.set(asKnown, asSent);
      known.set(asSent, asKnown);
      return text;
    },
    /** The hash to send for a hash that the app knows. */
    sentHash: (hash: string) => sent.get(hash.toLowerCase()) ?? unknownScript,
    /** A text of Redis, with the hashes that the app knows. */
    withKnownHashes: (text: string) => text.replaceAll(/\b[0-9a-f]{40}\b/g, (hash) => known.get(hash) ?? hash),
  };
}
