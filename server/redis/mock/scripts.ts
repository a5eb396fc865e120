/** EVAL, EVALSHA and SCRIPT: https://redis.io/docs/latest/develop/programmability/eval-intro/ */
import { createHash } from 'node:crypto';
import { integer } from './arguments.ts';
import { isWaiting, type Run } from './command.ts';
import { createLua, ScriptFailure } from './lua.ts';
import { CommandError, ok, type Reply } from './protocol.ts';
import type { MockServer } from './shared.ts';
import { isAllowedInScripts, isRedisCommand, notInMock, requireArity } from './table.ts';

const sha1 = (text: string) => createHash('sha1').update(text, 'latin1').digest('hex');

export function scriptCommands(server: MockServer): Record<string, Run> {
  const scripts = new Map<string, string>();
  // Made for the first script: most sandboxes have none.
  let lua: ReturnType<typeof createLua> | undefined;
  const theLua = () => {
    lua ??= createLua(call, sha1);
    return lua;
  };

  function call(words: string[]): Reply {
    const name = words[0]!.toLowerCase();
    const run = server.find(name);
    if (!isRedisCommand(name)) throw new CommandError('ERR Unknown Redis command called from script');
    if (!isAllowedInScripts(name)) throw new CommandError('ERR This Redis command is not allowed from script');
    if (!run) throw notInMock(name.toUpperCase());
    try {
      requireArity(name, words.slice(1));
    } catch {
      throw new CommandError('ERR Wrong number of args calling Redis command from script');
    }
    const outcome = run(server.database, words.slice(1));
    return isWaiting(outcome) ? outcome.otherwise : outcome;
  }

  function run(source: string, hash: string, [count, ...words]: string[]): Reply {
    const keys = integer(count);
    if (keys > words.length) throw new CommandError("ERR Number of keys can't be greater than number of args");
    if (keys < 0) throw new CommandError("ERR Number of keys can't be negative");
    try {
      return theLua().run(source, words.slice(0, keys), words.slice(keys));
    } catch (error) {
      if (error instanceof ScriptFailure)
        throw new CommandError(`${error.message} script: ${hash}, on @user_script:1.`);
      throw error;
    }
  }

  function keep(source: string): string {
    const hash = sha1(source);
    if (!scripts.has(hash)) theLua().check(source);
    scripts.set(hash, source);
    return hash;
  }

  return {
    eval: (_, [source = '', ...words]) => run(source, keep(source), words),
    evalsha(_, [hash = '', ...words]) {
      const known = hash.toLowerCase();
      const source = scripts.get(known);
      if (source === undefined) throw new CommandError('NOSCRIPT No matching script. Please use EVAL.');
      return run(source, known, words);
    },
    script(_, [kind = '', ...words]) {
      switch (kind.toUpperCase()) {
        case 'LOAD':
          return keep(words[0] ?? '');
        case 'EXISTS':
          return words.map((hash) => (scripts.has(hash.toLowerCase()) ? 1 : 0));
        case 'FLUSH':
          scripts.clear();
          return ok;
        default:
          throw notInMock(`SCRIPT ${kind.toUpperCase()}`);
      }
    },
  };
}
