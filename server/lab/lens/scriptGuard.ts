/**
 * Keeps Lua scripts within a namespace. The names in KEYS get it, but a script can use any name. So each script begins with Lua code
 * that checks the keys of every command that the script calls. It is one line, so that the lines of the script keep their numbers.
 */
import { createHash } from 'node:crypto';

/** Commands without a key that a script may call. */
const keyless = ['ping', 'echo', 'time'];
/** Commands that reach keys or databases which COMMAND GETKEYS does not report. */
const notTold = ['move', 'migrate', 'copy', 'sort', 'sort_ro', 'fcall', 'fcall_ro', 'eval', 'evalsha', 'command'];

/** Commands whose only key is the first argument. For them Redis is not asked: that takes time, and shows in MONITOR. */
export const firstIsKey =
  `append decr decrby expire expireat get getdel getex getrange getset hdel hexists hget hgetall hincrby hkeys hlen hmget hset
  hsetnx hvals incr incrby incrbyfloat lindex llen lpop lpush lrange lrem lset ltrim persist pexpire pexpireat psetex pttl rpop
  rpush sadd scard set setex setnx setrange sismember smembers spop srem strlen ttl type zadd zcard zcount zincrby zrange
  zrangebyscore zrank zrem zremrangebyrank zremrangebyscore zscore`.split(/\s+/);
/** Commands whose arguments are all keys. */
const allAreKeys = ['del', 'exists', 'mget', 'rename', 'renamenx', 'rpoplpush', 'touch', 'unlink'];

/** Text in which a script finds a word between spaces. A Lua table would be made anew in every run. */
const words = (names: readonly string[]) => `' ${names.join(' ')} '`;

/**
 * The script sees the guarded `redis`, and every way to its globals (_G, load, getfenv) leads to the guarded ones. While the script runs,
 * the guard uses no globals, because other scripts may have changed them. Three engines need three ways: Lua 5.1 of Redis 6 sets
 * the environment of a function by `setfenv`; Redis 7 took that away, so there the names are local variables, also in what the
 * script compiles; Lua 5.3 of the mock has its environment in the name _ENV.
 */
const guard = `local _ENV, redis, _G, load, loadstring = (function(G, ns)
  local redis, error, type, tostring, ipairs, setmetatable, getmetatable, rawequal =
    G.redis, G.error, G.type, G.tostring, G.ipairs, G.setmetatable, G.getmetatable, G.rawequal
  local lower, upper, sub, find = G.string.lower, G.string.upper, G.string.sub, G.string.find
  local compile, getfenv, setfenv = G.loadstring, G.rawget(G, 'getfenv'), G.rawget(G, 'setfenv')
  local call, pcall, reply = redis.call, redis.pcall, redis.error_reply
  local free, never = ${words(keyless)}, ${words(notTold)}
  local first, all = ${words(firstIsKey)}, ${words(allAreKeys)}
  local function refusal(name, ...)
    local word = lower(tostring(name))
    local function among(text) return find(text, ' ' .. word .. ' ', 1, true) end
    if among(free) then return nil end
    local keys
    if among(first) then keys = {(...)}
    elseif among(all) then keys = {...}
    elseif not among(never) then keys = pcall('COMMAND', 'GETKEYS', name, ...) end
    if type(keys) == 'table' and keys.err and find(keys.err, 'Invalid') then return nil end
    if type(keys) ~= 'table' or keys.err then
      return 'ERR The sandbox cannot tell which keys ' .. upper(word) .. ' uses here, so a script must not call it.'
    end
    for _, key in ipairs(keys) do key = tostring(key)
      if sub(key, 1, #ns) ~= ns then
        return 'ERR The script uses the key "' .. key .. '". In a sandbox, only what is passed as KEYS gets the namespace; pass it there.'
      end
    end
  end
  local env, own, guarded = {}, {}, setmetatable({}, {__index = redis, __metatable = false})
  function guarded.call(...)
    local why = refusal(...)
    if why then error(sub(why, 5), 0) end
    return call(...)
  end
  function guarded.pcall(...)
    local why = refusal(...)
    if why then return reply(why) end
    return pcall(...)
  end
  own.redis, own._G = guarded, env
  local is51, load = G._VERSION == 'Lua 5.1', G.load
  local function inside(text, name)
    if sub(text, 1, 1) == '\\27' then return nil, 'attempt to load a binary chunk' end
    if not is51 then return compile(text, name, 't', env) end
    local loaded, why = compile(text, name)
    if loaded == nil then return nil, why end
    if setfenv then return setfenv(loaded, env) end
    loaded, why = compile('local redis, _G, load, loadstring = ... return function(...) ' .. text .. '\\n end', name or text)
    if loaded == nil then return nil, why end
    return loaded(guarded, env, own.load, own.loadstring)
  end
  function own.loadstring(text, name)
    if type(text) ~= 'string' then return compile(text, name) end
    return inside(text, name)
  end
  function own.load(pieces, name)
    if type(pieces) == 'string' and not is51 then return inside(pieces, name) end
    if type(pieces) ~= 'function' then return load(pieces, name) end
    local text = ''
    while true do
      local piece = pieces()
      if piece == nil or piece == '' then return inside(text, name or '=(load)') end
      text = text .. piece
    end
  end
  function own.getmetatable(value)
    if type(value) == 'table' then return getmetatable(value) end
    return nil
  end
  if setfenv then
    function own.getfenv(from)
      local level = from or 1
      if type(level) == 'number' and level > 0 then level = level + 1 end
      local found = getfenv(level)
      if rawequal(found, G) then return env end
      return found
    end
    function own.setfenv(to, given)
      if to == 0 then error('A script of the sandbox must not change the globals of Redis.', 0) end
      if type(to) == 'number' then to = to + 1 end
      return setfenv(to, given)
    end
    setfenv(2, env)
  end
  local rawget = G.rawget
  setmetatable(env, {__metatable = false,
    __index = function(_, name)
      local value = own[name]
      if value ~= nil then return value end
      value = rawget(G, name)
      if value == nil then
        error("Script attempted to access nonexistent global variable '" .. tostring(name) .. "'", 2)
      end
      if type(value) == 'table' and name ~= 'KEYS' and name ~= 'ARGV' then
        local library = value
        value = setmetatable({}, {__metatable = false,
          __index = function(_, field) return library[field] end,
          __newindex = function() error('Attempt to modify a readonly table', 2) end})
        own[name] = value
      end
      return value
    end,
    __newindex = function() error('Attempt to modify a readonly table', 2) end})
  return env, guarded, env, own.load, own.loadstring
end)(_G, table.remove(ARGV)) `.replaceAll(/\n\s*/g, ' ');

const sha1 = (text: string) => createHash('sha1').update(text).digest('hex');

/** The hash of no script: Redis replies NOSCRIPT. */
const unknownScript = 'f'.repeat(40);

/** The scripts of one client, as the app knows them and as they are sent. */
export function createScripts() {
  const bySource = new Map<string, string>();
  /** The hash of the guarded script by the hash that the app knows, and the reverse. */
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
    /** Replaces the hashes in a text of Redis by those that the app knows. */
    withKnownHashes: (text: string) => text.replaceAll(/\b[0-9a-f]{40}\b/g, (hash) => known.get(hash) ?? hash),
  };
}
