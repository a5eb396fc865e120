/** Changes commands and replies so that an app sees only its namespace, as if Redis held nothing else. */
import { exists, getKeyIndexes } from '@ioredis/commands';
import { Command, type Redis, ReplyError } from 'ioredis';
import { createNames } from './names.ts';
import { createScripts, firstIsKey } from './scriptGuard.ts';
import { type Sent, unchanged } from './sending.ts';

/** What the app called, if something else is sent: for the trace. */
export interface Shown {
  name: string;
  args: Sent['args'];
}

type Prepared = { view: (raw: unknown) => unknown; shown: () => Shown | undefined } | { refused: Error };

/** Commands about the whole server or about other databases. Several sandboxes share the server, so none may send them. */
const refused = new Set(
  `acl asking auth bgrewriteaof bgsave cluster config debug failover fcall fcall_ro function hello latency migrate module
  monitor move pfdebug pfselftest psync readonly readwrite replconf replicaof reset restore-asking save shutdown slaveof
  slowlog swapdb sync wait`.split(/\s+/),
);

const clientKinds = ['ID', 'GETNAME', 'SETNAME', 'SETINFO', 'INFO'];

/** The subcommands that have a key. It follows the subcommand, where ioredis does not look for it. */
const keyedKinds: Record<string, RegExp> = {
  object: /^(encoding|freq|idletime|refcount)$/i,
  memory: /^usage$/i,
  xgroup: /^(create|createconsumer|delconsumer|destroy|setid)$/i,
  xinfo: /^(consumers|groups|stream)$/i,
};

const deleteMatching = `for _, key in ipairs(redis.call('KEYS', ARGV[1])) do redis.call('UNLINK', key) end
return redis.status_reply('OK')`;

const oneKeyFirst = new Set(firstIsKey);

function keyIndexes(name: string, args: Sent['args']): number[] {
  // ioredis takes longer to find the key, and almost all commands of a session app are among these.
  if (oneKeyFirst.has(name)) return args.length > 0 ? [0] : [];
  return exists(name) ? getKeyIndexes(name, args.map(String)) : [];
}

/** Puts the namespace before the keys among the arguments, and notes which they are. */
export function addNamespace(command: Sent, add: (key: Sent['args'][number]) => string | Buffer): void {
  const name = command.name.toLowerCase();
  const indexes = keyIndexes(name, command.args);
  command.keys = [];
  for (const index of indexes) {
    const key = command.args[index];
    // Redis refuses a call with too few arguments.
    if (key === undefined) continue;
    const added = add(key);
    command.args[index] = added;
    command.keys.push(added);
  }
}

/**
 * Prepares the commands of one connection.
 *
 * @param redis the connection. The namespace is taken off the messages that it receives.
 */
export function inNamespace(redis: Redis, namespace: string) {
  const names = createNames(namespace);
  const scripts = createScripts();
  names.stripMessages(redis);

  const refusal = (message: string): Prepared => ({ refused: new ReplyError(message) });
  const sentenceFor = (what: string) =>
    `ERR The sandbox does not pass on ${what}: it reaches beyond the sandbox's own keys, and others use the same Redis.`;
  const notHere = (what: string) => refusal(sentenceFor(what));
  const asIs = (view: (raw: unknown) => unknown): Prepared => ({ view, shown: () => undefined });
  const untouched = asIs(unchanged);

  /** Sends another command in place of the one that was called. */
  function instead(command: Sent, name: string, args: Sent['args'], view: (raw: unknown) => unknown): Prepared {
    const shown = { name: command.name, args: command.args };
    command.name = name;
    command.args = args;
    return { view, shown: () => shown };
  }

  function listing(command: Sent, view: (found: unknown[]) => unknown): Prepared {
    if (command.args.length > 0) return untouched;
    return instead(command, 'keys', [names.pattern('*')], (raw) => (Array.isArray(raw) ? view(raw) : raw));
  }

  function flush(command: Sent): Prepared {
    const words = command.args.map(String);
    if (words.length > 1 || (words.length === 1 && !/^a?sync$/i.test(words[0]!))) return refusal('ERR syntax error');
    return instead(command, 'eval', [deleteMatching, '0', names.pattern('*')], unchanged);
  }

  function scan(command: Sent): Prepared {
    const { args } = command;
    let matches = false;
    for (let index = 1; index + 1 < args.length; index += 2) {
      if (String(args[index]).toUpperCase() !== 'MATCH') continue;
      args[index + 1] = names.pattern(args[index + 1]!);
      matches = true;
    }
    if (!matches && args.length % 2 === 1) args.push('MATCH', names.pattern('*'));
    return asIs((raw) => (Array.isArray(raw) ? [raw[0], names.stripAll(raw[1])] : raw));
  }

  /** EVAL and EVALSHA. For a command of `defineCommand`, ioredis chooses between the two only when it writes. */
  function script(command: Sent): Prepared {
    const [, count, ...rest] = command.args;
    if (count === undefined || !(Number(count) >= 0 && Number(count) <= rest.length)) return untouched;
    const writeAsGiven = Object.getPrototypeOf(command).toWritable as Sent['toWritable'];
    let shown: Shown | undefined;
    command.toWritable = (socket) => {
      if (shown) [command.name, command.args] = [shown.name, [...shown.args]];
      writeAsGiven.call(command, socket);
      shown = { name: command.name, args: [...command.args] };
      const [source] = command.args;
      const isHash = /^evalsha/i.test(command.name);
      command.args[0] = isHash ? scripts.sentHash(String(source)) : scripts.guarded(String(source));
      command.args.push(namespace);
      return Command.prototype.toWritable.call(command as unknown as Command, socket);
    };
    const { reject } = command;
    command.reject = (error) => {
      error.message = scripts.withKnownHashes(error.message);
      reject.call(command, error);
    };
    return { view: unchanged, shown: () => shown };
  }

  function scriptAdministration(command: Sent): Prepared {
    const [kind = '', ...rest] = command.args.map(String);
    switch (kind.toUpperCase()) {
      case 'LOAD':
        if (rest.length !== 1) return untouched;
        return instead(command, 'script', [kind, scripts.guarded(rest[0]!)], (raw) =>
          raw instanceof Buffer ? Buffer.from(scripts.withKnownHashes(String(raw))) : raw,
        );
      case 'EXISTS':
        return instead(command, 'script', [kind, ...rest.map(scripts.sentHash)], unchanged);
      default:
        return notHere(`SCRIPT ${kind.toUpperCase()}`);
    }
  }

  function pubsub(command: Sent): Prepared {
    const [kind = '', ...rest] = command.args;
    switch (String(kind).toUpperCase()) {
      case 'CHANNELS':
        command.args = [kind, names.pattern(rest[0] ?? '*'), ...rest.slice(1)];
        return asIs(names.stripAll);
      case 'NUMSUB':
        command.args = [kind, ...rest.map(names.add)];
        return asIs(names.stripEveryOther);
      default:
        return notHere(`PUBSUB ${String(kind).toUpperCase()}`);
    }
  }

  function client(command: Sent): Prepared {
    const kind = String(command.args[0] ?? '').toUpperCase();
    return clientKinds.includes(kind) ? untouched : notHere(`CLIENT ${kind}`);
  }

  function renamed(
    rename: (arg: string | Buffer | number) => string | Buffer,
    from = 0,
    to = Number.POSITIVE_INFINITY,
  ) {
    return (command: Sent): Prepared => {
      command.args = command.args.map((arg, index) => (index >= from && index < to ? rename(arg) : arg));
      return untouched;
    };
  }

  function keyedKind(command: Sent): Prepared {
    const [kind = ''] = command.args.map(String);
    if (keyedKinds[command.name.toLowerCase()]!.test(kind)) return renamed(names.add, 1, 2)(command);
    return notHere(`${command.name.toUpperCase()} ${kind.toUpperCase()}`);
  }

  /** Refuses a form of a command that names a key or a database where no namespace is added. */
  function unless(reaches: (words: string[]) => boolean, what: string) {
    return (command: Sent): Prepared =>
      reaches(command.args.map((arg) => String(arg).toUpperCase())) ? notHere(what) : untouched;
  }
  const storesTwice = unless(
    (words) => words.filter((word) => word === 'STORE' || word === 'STOREDIST').length > 1,
    'more than one STORE',
  );

  const rules: Record<string, (command: Sent) => Prepared> = {
    keys(command) {
      if (command.args.length !== 1) return untouched;
      command.args = [names.pattern(command.args[0]!)];
      return asIs(names.stripAll);
    },
    scan,
    dbsize: (command) => listing(command, (found) => found.length),
    randomkey: (command) =>
      listing(command, (found) => names.strip(found[Math.floor(Math.random() * found.length)]) ?? null),
    flushdb: flush,
    flushall: flush,
    eval: script,
    eval_ro: script,
    evalsha: script,
    evalsha_ro: script,
    script: scriptAdministration,
    publish: renamed(names.add, 0, 1),
    spublish: renamed(names.add, 0, 1),
    subscribe: renamed(names.add),
    ssubscribe: renamed(names.add),
    unsubscribe: renamed(names.add),
    sunsubscribe: renamed(names.add),
    psubscribe: renamed(names.pattern),
    punsubscribe: renamed(names.pattern),
    pubsub,
    client,
    object: keyedKind,
    memory: keyedKind,
    xgroup: keyedKind,
    xinfo: keyedKind,
    select: unless(([index]) => index !== '0', 'SELECT of another database'),
    copy: unless(
      (words) => words.some((word, index) => word === 'DB' && words[index + 1] !== '0'),
      'COPY to a database',
    ),
    // In SORT, the first asterisk stands for the element, and nothing escapes it.
    sort: unless(
      (words) => namespace.includes('*') && words.some((word) => /^(BY|GET)$/.test(word)),
      'SORT by a pattern',
    ),
    georadius: storesTwice,
    georadiusbymember: storesTwice,
    blpop: () => asIs(names.stripFirst),
    brpop: () => asIs(names.stripFirst),
    bzpopmin: () => asIs(names.stripFirst),
    bzpopmax: () => asIs(names.stripFirst),
    lmpop: () => asIs(names.stripFirst),
    blmpop: () => asIs(names.stripFirst),
    zmpop: () => asIs(names.stripFirst),
    bzmpop: () => asIs(names.stripFirst),
    xread: () => asIs(names.stripFirstOfEach),
    xreadgroup: () => asIs(names.stripFirstOfEach),
  };

  return {
    sentenceFor,
    /** Changes a command before it is sent, and returns how its reply is changed before the app gets it. */
    prepare(command: Sent): Prepared {
      const name = command.name.toLowerCase();
      if (!exists(name) || refused.has(name)) return notHere(command.name.toUpperCase());
      addNamespace(command, names.add);
      return rules[name]?.(command) ?? untouched;
    },
  };
}
