import type { Redis } from 'ioredis';
import { connectTo } from './connection.ts';
import { RedisUnavailable } from './errors.ts';
import { findServer } from './findServer.ts';
import type { GuardedServer } from './guard.ts';
import { startOwnServer } from './ownServer.ts';
import { untilSilent } from './silence.ts';
import { targetOnLoopback } from './target.ts';

/** Milliseconds; the server answers already when it is connected to. */
const connectMs = 1000;

/** A redis-server for one sandbox alone. Nobody else's keys are in it, so it may be broken, frozen and filled. */
export interface PrivateServer {
  readonly address: string;
  /** A ready connection, to be ended with `disconnect()`. Every key gets the prefix. */
  connect(keyPrefix: string): Promise<Redis>;
  /** It still takes connections (TCP does), but answers nothing. @throws Error on Windows, which cannot stop a process */
  freeze(): Promise<void>;
  thaw(): void;
  /** Ends it as a crash would. It keeps nothing on disk, so what it held is lost. */
  stop(): Promise<void>;
  /** Starts it again at the same address, empty. @throws RedisUnavailable when somebody else took the port meanwhile */
  start(): Promise<void>;
  /** Ends it for good, frozen or not; resolves when it is gone. */
  end(): Promise<void>;
}

/**
 * Starts a server with further lines of redis.conf, such as `maxmemory 4mb`.
 *
 * @param path folders where a redis-server program is looked for, as in the environment variable PATH
 * @throws RedisUnavailable when there is no such program, or it does not start
 */
export async function startPrivateServer(settings: readonly string[], path: string): Promise<PrivateServer> {
  const binary = findServer(path);
  if (!binary) {
    throw new RedisUnavailable(
      'This scenario breaks its Redis, so it starts one of its own, and there is no redis-server on the PATH to start.',
    );
  }
  let server: GuardedServer = await startOwnServer(binary, undefined, settings);
  const { port } = server;
  const target = targetOnLoopback(port);

  return {
    address: target.address,
    connect: (keyPrefix) => connectTo(target, keyPrefix, connectMs),
    async freeze() {
      if (process.platform === 'win32')
        throw new Error('Windows cannot freeze a process: play this scenario elsewhere.');
      server.signal('SIGSTOP');
      await untilSilent(port);
    },
    thaw: () => server.signal('SIGCONT'),
    stop: () => server.end(),
    async start() {
      const again = await startOwnServer(binary, port, settings);
      server = again;
      if (again.port === port) return;
      await again.end();
      throw new RedisUnavailable(`Somebody else took ${target.address} while the server was stopped.`);
    },
    end: () => server.end(),
  };
}
