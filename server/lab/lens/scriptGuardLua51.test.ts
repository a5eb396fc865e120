/** The guard of scripts in Lua 5.1 as Redis 6 has it, with `getfenv` and `setfenv`. There is no Redis 6 here, so `redis` is a stand-in. */
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { get, ways } from '../../../testing/scriptEscapes.ts';
import { createScripts } from './scriptGuard.ts';

const { error } = spawnSync('lua5.1', ['-v']);
const whyNot = error ? ' (skipped: there is no lua5.1 on the PATH: apt install lua5.1)' : '';

/**
 * Runs each script that is an argument as Redis 6 does (scripting.c): without the libraries that it does not load, and with its protection
 * of globals. Writes a line for each.
 */
const redis6 = `
local scripts, write = arg, io.write
local data = { foreign = 'a secret', ['sandbox:x:own'] = 'mine' }
local known = { keys = true, scan = true }
local function call(name, key, ...)
  name = string.lower(name)
  if name == 'get' then return data[key] or false end
  if name == 'command' then
    return { err = known[string.lower((...))] and 'ERR The command has no key arguments' or 'ERR Invalid command specified' }
  end
  if not known[name] then error('ERR unknown command', 0) end
  return { 'foreign' }
end
redis = { call = call, pcall = call, error_reply = function(text) return { err = text } end }
cjson = { encode = tostring }
io, os, package, require, module, dofile, loadfile, arg, newproxy = nil
debug = nil
local function show(value)
  if type(value) ~= 'table' then return tostring(value) end
  local text = ''
  for name, one in pairs(value) do text = text .. tostring(name) .. '=' .. show(one) .. ' ' end
  return '{' .. text .. '}'
end
KEYS, ARGV = {}, {}
local get, set = rawget, rawset
local plain, protected = { tostring = tostring, type = type, pairs = pairs }, {
  __newindex = function(_, name) error('Script attempted to create global variable ' .. tostring(name), 2) end,
  __index = function(_, name) error('Script attempted to access nonexistent global variable ' .. tostring(name), 2) end }
setmetatable(_G, protected)
for index = 1, #scripts do
  KEYS[1], ARGV[1] = 'sandbox:x:own', 'sandbox:x:'
  local script, why = loadstring(scripts[index], '@user_script')
  local ok, value = pcall(script)
  write((string.gsub(show(value), '%s+', ' ')), '\\n')
end`;

/** Runs the scripts one after the other in one Lua. Returns what each comes to. */
function run(...scripts: string[]): string[] {
  const { stdout, stderr, status } = spawnSync('lua5.1', ['-', ...scripts], { input: redis6, encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
  return stdout.trimEnd().split('\n');
}

const { guarded } = createScripts();

test.skipIf(error).each(Object.entries(ways))(`in Lua 5.1 no key of others is reached by %s${whyNot}`, (_, script) => {
  const [said, next, own, others] = run(
    guarded(script),
    guarded(`return redis.${get}`),
    guarded("return redis.call('GET', KEYS[1])"),
    "return string.sub(string.lower('AB'), 1, 1) .. tostring(1)",
  );
  expect(said).not.toMatch(/a secret|=foreign/);
  expect(next).toContain('The script uses the key "foreign".');
  expect([own, others]).toEqual(['mine', 'a1']);
});

test.skipIf(error)(`in Lua 5.1 an ordinary script works as it does without the guard${whyNot}`, () => {
  const scripts = [
    "return _G.redis.call('GET', KEYS[1])",
    'return loadstring("return redis.call(\'GET\', ...)")(KEYS[1])',
    'return getfenv(1) == _G and setfenv(function() return own end, { own = 7 })()',
    "return string.rep('ab', #ARGV + 2) .. math.floor(2.5)",
  ];
  expect(run(...scripts.map((script) => guarded(script)))).toEqual(['mine', 'mine', '7', 'abab2']);
});

test.skipIf(error)(`without the guard, the stand-in gives the key away${whyNot}`, () => {
  expect(run(`return redis.${get}`, `return getfenv(0).redis.${get}`)).toEqual(['a secret', 'a secret']);
});
