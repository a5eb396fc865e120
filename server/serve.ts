/** Serves the page: what `server/main.ts` and the command `serve` have in common. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { fileURLToPath } from 'node:url';
import { addressHere, greeting } from './api/listening.ts';
import { createSite } from './api/site.ts';
import { createSandboxes } from './lab/sandboxes.ts';
import { createRedisSwitch, type RedisSwitch } from './redis/switch.ts';
import { BadRedisUrl } from './redis/target.ts';

const wrongUsage = 2;
const noInfrastructure = 3;

/** A login takes about 50 ms at this cost, which is the least that production should use. */
const bcryptCost = 10;

interface ServeSettings {
  host: string;
  /** As typed. */
  port: string;
  redisUrl: string | undefined;
  /** How the user sets them, for messages: `PORT=3001` or `--port 3001`. */
  written: Record<'host' | 'port', (value?: string) => string>;
  /** Called when the server fails later on. */
  onFailure: (problem: CannotServe) => void;
}

interface Serving {
  /** The address of the page on this machine. */
  address: string;
  /** Where it listens, as lines for people. */
  greeting: string[];
  /** Ends every sandbox and closes every connection. */
  stop(): Promise<void>;
}

/** Thrown when nothing can be served. The message is a sentence for people. */
export class CannotServe extends Error {
  override name = 'CannotServe';
  readonly exitCode: number;

  constructor(exitCode: number, message: string) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** @throws CannotServe */
export async function serve(settings: ServeSettings): Promise<Serving> {
  const { host, redisUrl } = settings;
  const port = readPort(settings);
  const redis = openRedis(redisUrl);
  const sandboxes = createSandboxes();
  if (redisUrl) {
    const { available, reason } = await redis.status(true);
    if (!available) throw new CannotServe(noInfrastructure, reason ?? 'REDIS_URL cannot be reached.');
  }

  // The JavaScript that was built from this file is in dist/, too.
  const built = import.meta.url.endsWith('.js') ? '../client' : '../dist/client';
  const client = fileURLToPath(new URL(built, import.meta.url));
  const server = createServer(createSite({ sandboxes, redis, bcryptCost, host, client, log: console.error }));
  const listening = once(server, 'listening');
  server.listen(port, host);
  await listening.catch((error) => {
    throw cannotListen(error, port, settings);
  });
  server.on('error', (error) => settings.onFailure(cannotListen(error, port, settings)));

  const { port: bound } = server.address() as AddressInfo;
  return {
    address: addressHere(host, bound),
    greeting: greeting(host, bound, networkInterfaces()),
    async stop() {
      await sandboxes.endAll('The server was stopped.');
      await redis.close();
      server.close();
      server.closeAllConnections();
    },
  };
}

function cannotListen(
  { code = '', message }: NodeJS.ErrnoException,
  port: number,
  { host, written }: ServeSettings,
): CannotServe {
  if (code === 'EADDRINUSE') {
    const other = written.port('3001');
    return new CannotServe(
      noInfrastructure,
      `Port ${port} is in use. End the other program, or choose another port with ${other}.`,
    );
  }
  if (code === 'EACCES') {
    const other = written.port('3000');
    return new CannotServe(noInfrastructure, `Port ${port} is not allowed. Choose one above 1023 with ${other}.`);
  }
  // EAI_AGAIN: without a network, names cannot be resolved.
  if (['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN'].includes(code))
    return new CannotServe(wrongUsage, `${written.host(host)} is not an address of this machine.`);
  return new CannotServe(1, message);
}

function readPort({ port: text, written }: ServeSettings): number {
  const port = Number(text);
  // Number() alone would read ' ' as 0 and 1e3 as 1000.
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new CannotServe(wrongUsage, `${written.port()} must be a number from 0 to 65535, not "${text}".`);
}

function openRedis(url: string | undefined): RedisSwitch {
  try {
    return createRedisSwitch({ url });
  } catch (error) {
    if (error instanceof BadRedisUrl) throw new CannotServe(wrongUsage, error.message);
    throw error;
  }
}
