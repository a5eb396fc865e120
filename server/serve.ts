/** Serves the page: what `server/main.ts` and the command `serve` have in common. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { fileURLToPath } from 'node:url';
import { greeting, isLoopback } from './api/listening.ts';
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
  /** Names of this machine, besides its address, at which neighbors reach a workshop. */
  hostNames?: readonly string[];
  /** How the user sets them, for messages: `PORT=3001` or `--port 3001`. */
  written: Record<'host' | 'port', (value?: string) => string>;
  /** Called when the server fails later on. */
  onFailure: (problem: CannotServe) => void;
}

interface Serving {
  /** Where it listens, as lines for people. */
  greeting: string[];
  port: number;
  /**
   * Listens on another address of this machine, too, at the same port. An address that it listens on already needs nothing.
   *
   * @throws CannotServe
   */
  openTo(address: string): Promise<{ close(): Promise<void> }>;
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
  const { hostNames = [] } = settings;
  const site = createSite({ sandboxes, redis, bcryptCost, host, hostNames, client, log: console.error });
  const servers = new Set<Server>();

  async function listen(at: string, atPort: number, cannot: (error: NodeJS.ErrnoException) => CannotServe) {
    const server = createServer(site);
    const listening = once(server, 'listening');
    server.listen(atPort, at);
    await listening.catch((error) => {
      throw cannot(error);
    });
    server.on('error', (error) => settings.onFailure(cannot(error)));
    servers.add(server);
    return server;
  }
  function close(server: Server): void {
    servers.delete(server);
    server.close();
    server.closeAllConnections();
  }

  const first = await listen(host, port, (error) => cannotListen(error, port, settings));
  const { port: listensAt } = first.address() as AddressInfo;
  const reachedAt = (address: string) =>
    host === address || ['0.0.0.0', '::'].includes(host) || (isLoopback(host) && isLoopback(address));

  return {
    greeting: greeting(host, listensAt, networkInterfaces()),
    port: listensAt,
    async openTo(address) {
      if (isIP(address) === 0 || ['0.0.0.0', '::'].includes(address))
        throw new CannotServe(
          wrongUsage,
          `"${address}" is not one address. Name one of this machine, such as 192.168.1.5.`,
        );
      if (reachedAt(address)) return { close: async () => {} };
      const second = await listen(address, listensAt, (error) => cannotOpenTo(address, error, listensAt, settings));
      return { close: async () => close(second) };
    },
    async stop() {
      await sandboxes.endAll('The server was stopped.');
      await redis.close();
      for (const server of servers) close(server);
    },
  };
}

function cannotOpenTo(address: string, error: NodeJS.ErrnoException, port: number, settings: ServeSettings) {
  if (error.code === 'EADDRNOTAVAIL')
    return new CannotServe(
      wrongUsage,
      `${address} is not an address of this machine. Is it still in the same network?`,
    );
  return cannotListen(error, port, settings);
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
