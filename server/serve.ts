/** Serves the page: what `server/main.ts` and the command `serve` have in common. */
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { fileURLToPath } from 'node:url';
import { SandboxError } from '../scenarios/engine/errors.ts';
import type { Scenario } from '../scenarios/engine/scenario.ts';
import { createListeners } from './api/listeners.ts';
import { addressHere, greeting, urlOf } from './api/listening.ts';
import { recordOnce } from './api/recordedRun.ts';
import { createSite } from './api/site.ts';
import { createSandboxes } from './lab/sandboxes.ts';
import { createShares } from './lab/shares.ts';
import { createRedisSwitch, type RedisSwitch } from './redis/switch.ts';
import { BadRedisUrl } from './redis/target.ts';
import { startWorkers } from './workers/workers.ts';
import { lanAddresses } from './workshop/addresses.ts';
import { isLoopback } from './workshop/loopback.ts';
import { createWorkshops, type Workshops } from './workshop/workshops.ts';

const wrongUsage = 2;
const noInfrastructure = 3;

/** A login takes about 50 ms at this cost, which is the least that production should use. */
const bcryptCost = 10;

interface ServeSettings {
  host: string;
  /** As typed. */
  port: string;
  redisUrl: string | undefined;
  /** What is on offer. Default: all scenarios of this project. Workers offer these only. */
  scenarios?: readonly Scenario[] | undefined;
  /** Names of this machine, besides its address, at which neighbors reach a workshop. */
  hostNames?: readonly string[];
  /** How many processes share the sandboxes of other people than the one at this machine. Default: this one has them all. */
  workers?: number;
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
  port: number;
  workshops: Workshops;
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
  const shares = createShares();
  const sandboxes = createSandboxes({ shares });
  if (redisUrl) {
    const { available, reason } = await redis.status(true);
    if (!available) throw new CannotServe(noInfrastructure, reason ?? 'REDIS_URL cannot be reached.');
  }

  // The JavaScript that was built from this file is in dist/, too.
  const built = import.meta.url.endsWith('.js') ? '../client' : '../dist/client';
  const client = fileURLToPath(new URL(built, import.meta.url));
  const { hostNames = [], workers: count = 0, scenarios } = settings;
  const workshops = createWorkshops(sandboxes, { addresses: lanAddresses, open: openTo });
  const log = console.error;
  const workers =
    count === 0
      ? null
      : await startWorkers({ count, shares, log, bcryptCost, host, redis: { url: redisUrl } }).catch((error: Error) => {
          throw new CannotServe(1, error.message);
        });
  const recordedRun = recordOnce({ sandboxes, redis, bcryptCost });
  const site = createSite({
    ...{ sandboxes, redis, workshops, bcryptCost, recordedRun, host, hostNames, client, log, elsewhere: workers },
    ...(scenarios && { scenarios }),
  });
  const listeners = createListeners(site);
  const cannot = (error: unknown) => cannotListen(error as NodeJS.ErrnoException, port, settings);
  const first = await listeners
    .listen(host, port, (error) => settings.onFailure(cannot(error)))
    .catch(async (error) => {
      await workers?.stop();
      throw cannot(error);
    });
  // The first page shows it at once, also to who opens it first. If this fails, the page asks for it again.
  recordedRun().catch(() => {});

  async function openTo(address: string) {
    const at = urlOf(address, first.port).slice('http://'.length);
    if (isIP(address) === 0 || everywhere.includes(address)) {
      const message = `"${address}" is not an address of one machine. Write one such as 192.168.1.5.`;
      throw refusal(new CannotServe(wrongUsage, message));
    }
    const isOpen = host === address || everywhere.includes(host) || (isLoopback(host) && isLoopback(address));
    if (isOpen) return { at, close: async () => {} };
    const cannot = (error: unknown) => cannotOpen(error as NodeJS.ErrnoException, at, address, settings);
    const second = await listeners
      .listen(address, first.port, (error) => settings.onFailure(cannot(error)))
      .catch((error) => {
        throw refusal(cannot(error));
      });
    return { at, close: async () => second.close() };
  }

  return {
    address: addressHere(host, first.port),
    greeting: greeting(host, first.port, networkInterfaces()),
    port: first.port,
    workshops,
    async stop() {
      await workshops.end();
      await workers?.stop();
      await sandboxes.endAll('The server was stopped.');
      await redis.close();
      listeners.closeAll();
    },
  };
}

const everywhere = ['0.0.0.0', '::'];

/** What the API answers. */
const refusal = (problem: CannotServe) =>
  Object.assign(new SandboxError('bad-request', problem.message), { cause: problem });

function cannotOpen(
  error: NodeJS.ErrnoException,
  at: string,
  address: string,
  { written }: ServeSettings,
): CannotServe {
  if (error.code === 'EADDRNOTAVAIL')
    return new CannotServe(
      wrongUsage,
      `${address} is not an address of this machine. Is it still in the same network?`,
    );
  if (error.code === 'EADDRINUSE') {
    const other = written.port('3001');
    return new CannotServe(
      noInfrastructure,
      `Another program listens at ${at}. End it, or choose another port with ${other}.`,
    );
  }
  return new CannotServe(1, error.message);
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
