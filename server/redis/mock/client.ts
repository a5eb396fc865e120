import { wrongNumber } from './arguments.ts';
import { type Commands, isWaiting, type Run, type Waiting } from './command.ts';
import { connectionCommands } from './connectionCommands.ts';
import { CommandError, encodeReply, ok, type Reply } from './protocol.ts';
import type { MockServer } from './shared.ts';
import { isRedisCommand, notInMock, requireArity, unknownCommand } from './table.ts';

/** What a client may send while it waits for messages. */
const subscriberCommands = ['subscribe', 'psubscribe', 'unsubscribe', 'punsubscribe', 'ping', 'quit', 'reset'];

/** These are carried out at once between MULTI and EXEC; all others are queued. */
const transactionCommands = ['multi', 'exec', 'discard', 'watch', 'quit', 'reset'];

/** One connection of the mock: its transaction, what it watches, what it is subscribed to, and whether it waits for a key. */
export function createClient(server: MockServer, id: number, send: (text: string) => void, replaced: Commands) {
  const reply = (value: Reply) => send(encodeReply(value));
  let queue: { run: Run; args: string[] }[] | null = null;
  /** Whether a command could not be queued, so that EXEC refuses. */
  let spoiled = false;
  const watched = new Set<string>();
  let watchedChanged = false;
  let stopWatching: (() => void) | undefined;
  const subscriptions = { channels: new Set<string>(), patterns: new Set<string>() };
  /** What was sent while the client waits for a key. */
  let later: string[][] = [];
  let waiting: { end(): void } | null = null;

  function receiveMessage(channel: string, message: string, pattern: string | null): void {
    reply(pattern === null ? ['message', channel, message] : ['pmessage', pattern, channel, message]);
  }

  const subscribed = () => subscriptions.channels.size + subscriptions.patterns.size;

  function find(name: string, words: string[]): Run {
    const run = Object.hasOwn(own, name) ? own[name] : server.find(name);
    if (!run) throw isRedisCommand(name) ? notInMock(name.toUpperCase()) : unknownCommand(words);
    requireArity(name, words.slice(1));
    if (subscribed() > 0 && !subscriberCommands.includes(name))
      throw new CommandError(
        `ERR Can't execute '${name}': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are allowed in this context`,
      );
    return run;
  }

  function execute(words: string[]): void {
    const name = (words[0] ?? '').toLowerCase();
    try {
      const run = find(name, words);
      if (queue && !transactionCommands.includes(name)) {
        queue.push({ run, args: words.slice(1) });
        reply({ status: 'QUEUED' });
        return;
      }
      const outcome = run(server.database, words.slice(1));
      if (isWaiting(outcome)) wait(outcome);
      else if (outcome !== alreadySent) reply(outcome);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      if (queue && !transactionCommands.includes(name)) spoiled = true;
      reply(error);
    }
    server.serveWaiting();
  }

  function wait({ retry, seconds }: Waiting): void {
    const timer = seconds > 0 ? setTimeout(() => over(null), seconds * 1000).unref() : undefined;
    const stop = server.waitFor(() => {
      const found = retry();
      if (found === undefined) return false;
      over(found);
      return true;
    });
    const end = () => {
      clearTimeout(timer);
      stop();
      waiting = null;
    };
    waiting = { end };
    function over(found: Reply) {
      end();
      reply(found);
      const held = later;
      later = [];
      for (const words of held) receive(words);
    }
  }

  function receive(words: string[]): void {
    if (waiting) later.push(words);
    else execute(words);
  }

  function endTransaction(): void {
    queue = null;
    spoiled = false;
    unwatch();
  }

  function unwatch(): void {
    watched.clear();
    watchedChanged = false;
    stopWatching?.();
    stopWatching = undefined;
  }

  /** Redis sends one reply for each channel. */
  function change(kind: 'subscribe' | 'unsubscribe' | 'psubscribe' | 'punsubscribe', given: string[]) {
    const isPattern = kind.startsWith('p');
    const names = isPattern ? subscriptions.patterns : subscriptions.channels;
    const all = given.length > 0 || kind.endsWith('subscribe') === false ? given : [...names];
    const { channels } = server;
    for (const name of all) {
      if (kind === 'subscribe') channels.subscribe(name, receiveMessage);
      else if (kind === 'psubscribe') channels.subscribeToPattern(name, receiveMessage);
      else if (kind === 'unsubscribe') channels.unsubscribe(name, receiveMessage);
      else channels.unsubscribeFromPattern(name, receiveMessage);
      if (kind.includes('un')) names.delete(name);
      else names.add(name);
      reply([kind, name, subscribed()]);
    }
    if (all.length === 0) reply([kind, null, subscribed()]);
    return alreadySent;
  }

  const own: Record<string, Run> = {
    ...replaced,
    ...connectionCommands(server, id),
    multi() {
      if (queue) throw new CommandError('ERR MULTI calls can not be nested');
      queue = [];
      return ok;
    },
    exec(database) {
      if (!queue) throw new CommandError('ERR EXEC without MULTI');
      const [commands, refused] = [queue, spoiled];
      // A key that is due counts as changed.
      for (const key of watched) database.has(key);
      const changed = watchedChanged;
      endTransaction();
      if (refused) throw new CommandError('EXECABORT Transaction discarded because of previous errors.');
      if (changed) return null;
      return commands.map(({ run, args }) => runNow(run, args));
    },
    discard() {
      if (!queue) throw new CommandError('ERR DISCARD without MULTI');
      endTransaction();
      return ok;
    },
    watch(database, keys) {
      if (queue) throw new CommandError('ERR WATCH inside MULTI is not allowed');
      for (const key of keys) {
        database.has(key);
        watched.add(key);
      }
      stopWatching ??= database.onChange((key) => {
        if (watched.has(key)) watchedChanged = true;
      });
      return ok;
    },
    unwatch() {
      unwatch();
      return ok;
    },
    subscribe: (_, names) => change('subscribe', names),
    psubscribe: (_, names) => change('psubscribe', names),
    unsubscribe: (_, names) => change('unsubscribe', names),
    punsubscribe: (_, names) => change('punsubscribe', names),
    ping(_, [text, ...more]) {
      if (more.length > 0) throw wrongNumber('ping');
      return subscribed() > 0 ? ['pong', text ?? ''] : (text ?? { status: 'PONG' });
    },
  };

  /** Within a transaction nobody waits, and an error is a reply like others. */
  function runNow(run: Run, args: string[]): Reply {
    try {
      const outcome = run(server.database, args);
      return isWaiting(outcome) ? outcome.otherwise : outcome;
    } catch (error) {
      if (error instanceof CommandError) return error;
      throw error;
    }
  }

  return {
    receive,
    close(): void {
      waiting?.end();
      unwatch();
      for (const name of subscriptions.channels) server.channels.unsubscribe(name, receiveMessage);
      for (const name of subscriptions.patterns) server.channels.unsubscribeFromPattern(name, receiveMessage);
    },
  };
}

/** The replies are sent already. */
const alreadySent: Reply = { status: '' };
