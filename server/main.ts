/** The only file of the server that reads the environment, connects and listens. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { createSite } from './api/site.ts';
import { createSandboxes } from './lab/sandboxes.ts';

import { createRedisSwitch, type RedisSwitch } from './redis/switch.ts';
import { BadRedisUrl } from './redis/target.ts';

const wrongUsage = 2;
const noInfrastructure = 3;

/** Enough for a demonstration, and what production should have at least: about 50 ms a login. */
const bcryptCost = 10;

const host = process.env.HOST || '127.0.0.1';
const port = readPort(process.env.PORT || '3000');
const redis = openRedis(process.env.REDIS_URL);
const sandboxes = createSandboxes();

if (process.env.REDIS_URL) {
  const { available, reason } = await redis.status();
  if (!available) stop(noInfrastructure, reason ?? 'REDIS_URL cannot be reached.');
}

const client = fileURLToPath(new URL('../dist/client', import.meta.url));
const site = createSite({ sandboxes, redis, bcryptCost, host, client, log: console.error });
const server = createServer(site);
server.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EADDRINUSE')
    stop(noInfrastructure, `Port ${port} is in use: end the other program, or choose another port with PORT=3001.`);
  // The last one is said without a network.
  if (['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN'].includes(error.code ?? ''))
    stop(wrongUsage, `HOST=${host} is not an address of this machine.`);
  if (error.code === 'EACCES')
    stop(noInfrastructure, `Port ${port} may not be used here: choose one above 1023 with PORT=3000.`);
  stop(1, error.message);
});
server.listen(port, host);
await once(server, 'listening');

const shown = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
const { port: listening } = server.address() as AddressInfo;
process.stdout.write(`Session Sandbox: http://${shown}:${listening}  (mock Redis; the page switches to a real one)\n`);

let leaving = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, async () => {
    // Pressed twice: they mean it.
    if (leaving) process.exit(1);
    leaving = true;
    await sandboxes.endAll('The server was stopped.');
    await redis.close();
    server.close();
    server.closeAllConnections();
    process.exit(0);
  });
}

function readPort(text: string): number {
  const port = Number(text);
  // Not by Number() alone, which takes ' ' for 0 and 1e3 for a thousand.
  if (!/^\d+$/.test(text) || port > 65_535) stop(wrongUsage, `PORT must be a number from 0 to 65535, not "${text}".`);
  return port;
}

function openRedis(url: string | undefined): RedisSwitch {
  try {
    return createRedisSwitch({ url });
  } catch (error) {
    if (error instanceof BadRedisUrl) stop(wrongUsage, error.message);
    throw error;
  }
}

function stop(code: number, sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(code);
}
