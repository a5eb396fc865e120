import type { Redis } from 'ioredis';
import { connectTo } from './connection.ts';
import { RedisUnavailable } from './errors.ts';
import type { KeyNotices } from './notices.ts';
import { findServer, startOwnServer } from './ownServer.ts';
import { targetOnLoopback } from './target.ts';
import { type TrackedNotices, trackKeys } from './tracking.ts';

/** Milliseconds. The server answers already when a sandbox connects to it. */
const connectMs = 1000;

/** A redis-server for one sandbox only. It holds nobody else's keys, so it may be broken, frozen and filled. */
export interface PrivateServer {
  readonly address: string;
  /** Returns the command that opens redis-cli there. */
  cli(): string;
  /** Returns a ready connection that adds the prefix to every key. The caller ends it with `disconnect()`. */
  connect(keyPrefix: string): Promise<Redis>;
  /** Tells which keys with that prefix change. */
  notices(prefix: string): Promise<KeyNotices>;
  /** Stops the process, so that it accepts connections and answers nothing. @throws Error on Windows, which cannot do that */
  freeze(): Promise<void>;
  /** Lets a frozen server continue. */
  thaw(): void;
  /** Ends it as a crash would. It keeps nothing on disk, so its data is lost. */
  stop(): Promise<void>;
  /** Starts it again at the same address, empty. @throws RedisUnavailable when another program has taken the port */
  start(): Promise<void>;
  /** Ends it for good, frozen or not. */
  end(): Promise<void>;
}

/**
 * Starts a server with more lines of redis.conf, such as `maxmemory 4mb`.
 *
 * @param path folders to search for a redis-server program, as in the environment variable PATH
 * @throws RedisUnavailable when there is no such program, or it does not start
 */
export async function startPrivateServer(settings: readonly string[], path: string): Promise<PrivateServer> {
  const binary = findServer(path);
  if (!binary) {
    throw new RedisUnavailable(
      'This scenario breaks its Redis, so it starts one of its own, and there is no redis-server on the PATH to start.',
    );
  }
  let server = await startOwnServer(binary, undefined, settings);
  const { port } = server;
  const { password } = server;
  const target = targetOnLoopback(port, password);
  const tracked: TrackedNotices[] = [];

  return {
    address: target.address,
    cli: () => target.cli?.() ?? '',
    connect: (keyPrefix) => connectTo(target, keyPrefix, connectMs),
    async notices(prefix) {
      const notices = await trackKeys(() => connectTo(target, '', connectMs), prefix);
      tracked.push(notices);
      return notices;
    },
    freeze: () => server.freeze(),
    thaw: () => server.thaw(),
    stop: () => server.end(),
    async start() {
      server = await startOwnServer(binary, port, settings, password ?? undefined);
      if (server.port === port) return;
      await server.end();
      throw new RedisUnavailable(`Another program took ${target.address} while the server was stopped.`);
    },
    end() {
      for (const notices of tracked) notices.close();
      return server.end();
    },
  };
}
