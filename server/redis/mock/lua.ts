/** Lua 5.3 in JavaScript, which is fengari. Text is bytes there, and latin1 here. */
import fengari from 'fengari';
import { preparation } from './luaPreparation.ts';
import { CommandError, type Reply } from './protocol.ts';

/** A state of Lua. */
type State = object;

const { lua, lauxlib, lualib } = fengari;

/** Kinds of values: LUA_TNIL and so on. */
const [nil, boolean, , number, text, table] = [0, 1, 2, 3, 4, 5];

export const bytes = (latin1: string) => new Uint8Array(Buffer.from(latin1, 'latin1'));
const latin1 = (value: Uint8Array) => Buffer.from(value).toString('latin1');

const textAt = (state: State, index: number) => latin1(lua.lua_tolstring!(state, index));

/** How many compiled scripts are kept. */
const mostCompiled = 100;

/** Calls a command of Redis. Throws CommandError for what Redis refuses. */
export type Call = (words: string[]) => Reply;

/** Creates a state of Lua in which scripts can call commands. */
export function createLua(call: Call, sha1: (text: string) => string) {
  const state: State = lauxlib.luaL_newstate!();
  lualib.luaL_openlibs!(state);
  const define = (name: string, run: () => number) => {
    lua.lua_pushjsfunction!(state, () => {
      try {
        return run();
      } catch (error) {
        if (!(error instanceof CommandError)) throw error;
        push(state, error);
        return lua.lua_error!(state);
      }
    });
    lua.lua_setglobal!(state, bytes(name));
  };
  define('__call', () => {
    const mayFail = lua.lua_toboolean!(state, 1);
    const words: string[] = [];
    for (let index = 2; index <= (lua.lua_gettop!(state) as number); index++) words.push(argument(state, index));
    if (words.length === 0)
      throw new CommandError('ERR Please specify at least one argument for this redis.call() call');
    try {
      push(state, call(words));
    } catch (error) {
      if (!mayFail || !(error instanceof CommandError)) throw error;
      push(state, error);
    }
    return 1;
  });
  define('__sha1hex', () => {
    push(state, sha1(textAt(state, 1)));
    return 1;
  });
  define('__encode', () => {
    const given = toJson(state, 1);
    push(state, Buffer.from(JSON.stringify(given)).toString('latin1'));
    return 1;
  });
  define('__decode', () => {
    pushJson(state, parseJson(Buffer.from(textAt(state, 1), 'latin1').toString()));
    return 1;
  });
  /** Where the functions of compiled scripts are kept, by their source. */
  const compiled = new Map<string, number>();
  load(preparation, 'preparation');
  lua.lua_pushglobaltable!(state);
  const globals = keep();
  lua.lua_call!(state, 0, 1);
  // From now on, what is compiled sees the globals, and cannot change them.
  lua.lua_rawseti!(state, lua.LUA_REGISTRYINDEX, lua.LUA_RIDX_GLOBALS);

  /** Takes a value from the stack, and returns the number under which it is kept. */
  function keep(): number {
    return lauxlib.luaL_ref!(state, lua.LUA_REGISTRYINDEX);
  }

  /** Puts the function of a script on the stack. Compiling takes longer than most scripts do. */
  function loadScript(source: string): void {
    const known = compiled.get(source);
    if (known !== undefined) return void lua.lua_rawgeti!(state, lua.LUA_REGISTRYINDEX, known);
    load(source, '@user_script');
    lua.lua_pushvalue!(state, -1);
    compiled.set(source, keep());
    const [oldest] = compiled;
    if (oldest === undefined || compiled.size <= mostCompiled) return;
    compiled.delete(oldest[0]);
    lauxlib.luaL_unref!(state, lua.LUA_REGISTRYINDEX, oldest[1]);
  }

  function load(source: string, name: string): void {
    const code = bytes(source);
    if ((lauxlib.luaL_loadbuffer!(state, code, code.length, bytes(name)) as number) === 0) return;
    const message = textAt(state, -1);
    lua.lua_settop!(state, 0);
    throw new CommandError(
      `ERR Error compiling script (new function): ${message.replace(/near <eof>$/, "near '<eof>'")}`,
    );
  }

  function setList(name: string, items: readonly string[]): void {
    lua.lua_rawgeti!(state, lua.LUA_REGISTRYINDEX, globals);
    push(state, name);
    push(state, items);
    // The globals are protected from scripts, not from Redis itself.
    lua.lua_rawset!(state, -3);
    lua.lua_settop!(state, 0);
  }

  return {
    /** @throws CommandError if it cannot be compiled */
    check(source: string): void {
      loadScript(source);
      lua.lua_settop!(state, 0);
    },
    /** @throws CommandError for what the script, or a command in it, does wrong */
    run(source: string, keys: readonly string[], args: readonly string[]): Reply {
      setList('KEYS', keys);
      setList('ARGV', args);
      loadScript(source);
      const failed = (lua.lua_pcall!(state, 0, 1, 0) as number) !== 0;
      try {
        const reply = toReply(state, -1);
        if (!failed) return reply;
        if (reply instanceof CommandError) throw new ScriptFailure(reply.message);
        throw new ScriptFailure(`ERR ${typeof reply === 'string' ? reply : String(reply)}`);
      } finally {
        lua.lua_settop!(state, 0);
      }
    },
  };
}

/** What ended a script that did not catch it. */
export class ScriptFailure extends CommandError {}

/** An argument of redis.call: text or a number. */
function argument(state: State, index: number): string {
  switch (lua.lua_type!(state, index) as number) {
    case text:
      return textAt(state, index);
    case number:
      return String(lua.lua_tonumber!(state, index));
    default:
      throw new CommandError('ERR Lua redis lib command arguments must be strings or integers');
  }
}

/** As Redis converts its replies for Lua: nil is false, a status and an error are tables. */
function push(state: State, reply: Reply): void {
  if (reply === null) lua.lua_pushboolean!(state, false);
  else if (typeof reply === 'string') lua.lua_pushlstring!(state, bytes(reply), reply.length);
  else if (typeof reply === 'number' || typeof reply === 'bigint') lua.lua_pushnumber!(state, Number(reply));
  else if (reply instanceof CommandError) pushFields(state, { err: reply.message });
  else if ('status' in reply) pushFields(state, { ok: reply.status });
  else {
    lua.lua_createtable!(state, reply.length, 0);
    for (const [index, item] of reply.entries()) {
      push(state, item);
      lua.lua_rawseti!(state, -2, index + 1);
    }
    return;
  }
  // A whole number is written without a point.
  if (typeof reply === 'number') integerOnTop(state, reply);
}

function integerOnTop(state: State, value: number): void {
  if (!Number.isInteger(value) || Math.abs(value) > 0x7fffffff) return;
  lua.lua_settop!(state, -2);
  lua.lua_pushinteger!(state, value);
}

function pushFields(state: State, fields: Record<string, string>): void {
  lua.lua_createtable!(state, 0, 1);
  for (const [name, value] of Object.entries(fields)) {
    push(state, value);
    lua.lua_setfield!(state, -2, bytes(name));
  }
}

/** As Redis converts what a script returns: numbers lose their fraction, false is nil, a list ends at its first nil. */
function toReply(state: State, index: number): Reply {
  switch (lua.lua_type!(state, index) as number) {
    case text:
      return textAt(state, index);
    case number:
      return Math.trunc(lua.lua_tonumber!(state, index));
    case boolean:
      return lua.lua_toboolean!(state, index) ? 1 : null;
    case table:
      return tableReply(state, lua.lua_absindex!(state, index));
    default:
      return null;
  }
}

function tableReply(state: State, index: number): Reply {
  for (const name of ['err', 'ok']) {
    lua.lua_pushlstring!(state, bytes(name), name.length);
    lua.lua_rawget!(state, index);
    const value = (lua.lua_type!(state, -1) as number) === text ? textAt(state, -1) : undefined;
    lua.lua_settop!(state, -2);
    if (value !== undefined) return name === 'err' ? new CommandError(value) : { status: value };
  }
  const items: Reply[] = [];
  for (let at = 1; ; at++) {
    lua.lua_rawgeti!(state, index, at);
    const ended = (lua.lua_type!(state, -1) as number) === nil;
    const item = ended ? null : toReply(state, -1);
    lua.lua_settop!(state, -2);
    if (ended) return items;
    items.push(item);
  }
}

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

function parseJson(source: string): Json {
  try {
    return JSON.parse(source) as Json;
  } catch {
    throw new CommandError('ERR Expected value but found invalid token at character 1');
  }
}

function pushJson(state: State, value: Json): void {
  // cjson.null is a light userdata.
  if (value === null) lua.lua_pushlightuserdata!(state, null);
  else if (typeof value === 'boolean') lua.lua_pushboolean!(state, value);
  else if (typeof value === 'string') push(state, Buffer.from(value).toString('latin1'));
  else if (typeof value === 'number') {
    lua.lua_pushnumber!(state, value);
    integerOnTop(state, value);
  } else pushJsonTable(state, value);
}

function pushJsonTable(state: State, value: Json[] | { [name: string]: Json }): void {
  lua.lua_createtable!(state, 0, 0);
  const entries = Array.isArray(value) ? value.map((item, at) => [at + 1, item] as const) : Object.entries(value);
  for (const [name, item] of entries) {
    if (typeof name === 'number') lua.lua_pushinteger!(state, name);
    else push(state, Buffer.from(name).toString('latin1'));
    pushJson(state, item);
    lua.lua_rawset!(state, -3);
  }
}

function toJson(state: State, index: number): Json {
  switch (lua.lua_type!(state, index) as number) {
    case text:
      return Buffer.from(textAt(state, index), 'latin1').toString();
    case number:
      return lua.lua_tonumber!(state, index);
    case boolean:
      return lua.lua_toboolean!(state, index);
    case table:
      return tableJson(state, lua.lua_absindex!(state, index));
    default:
      return null;
  }
}

function tableJson(state: State, index: number): Json {
  const entries: [name: string | number, value: Json][] = [];
  lua.lua_pushnil!(state);
  while ((lua.lua_next!(state, index) as number) !== 0) {
    const isNumber = (lua.lua_type!(state, -2) as number) === number;
    const name = isNumber
      ? (lua.lua_tonumber!(state, -2) as number)
      : Buffer.from(textAt(state, -2), 'latin1').toString();
    entries.push([name, toJson(state, -1)]);
    lua.lua_settop!(state, -2);
  }
  // Lua lists a table in any order.
  if (entries.every(([name]) => typeof name === 'number')) entries.sort(([a], [b]) => Number(a) - Number(b));
  const isList = entries.length > 0 && entries.every(([name], at) => name === at + 1);
  return isList ? entries.map(([, value]) => value) : Object.fromEntries(entries);
}
