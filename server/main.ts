/** Starts the sandbox. The only file of it that reads the environment, connects and listens. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { fileURLToPath } from 'node:url';
import { greeting } from './api/listening.ts';
import { createSite } from './api/site.ts';
import { createSandboxes } from './lab/sandboxes.ts';
import { createRedisSwitch, type RedisSwitch } from './redis/switch.ts';
import { BadRedisUrl } from './redis/target.ts';

const wrongUsage = 2;
const noInfrastructure = 3;

/** A login takes about 50 ms at this cost, which is the least that production should use. */
const bcryptCost = 10;

const host = process.env.HOST || '127.0.0.1';
const port = readPort(process.env.PORT || '3000');
const redis = openRedis(process.env.REDIS_URL);
const sandboxes = createSandboxes();

if (process.env.REDIS_URL) {
  const { available, reason } = await redis.status(true);
  if (!available) stop(noInfrastructure, reason ?? 'REDIS_URL cannot be reached.');
}

// The package holds this file as JavaScript, in dist/ as the page.
const client = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? '../dist/client' : '../client', import.meta.url));
const site = createSite({ sandboxes, redis, bcryptCost, host, client, log: console.error });
const server = createServer(site);
server.on('error', ({ code = '', message }: NodeJS.ErrnoException) => {
  if (code === 'EADDRINUSE')
    stop(noInfrastructure, `Port ${port} is in use. End the other program, or choose another port with PORT=3001.`);
  if (code === 'EACCES') stop(noInfrastructure, `Port ${port} is not allowed. Choose one above 1023 with PORT=3000.`);
  // EAI_AGAIN: without a network, names cannot be resolved.
  if (['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN'].includes(code))
    stop(wrongUsage, `HOST=${host} is not an address of this machine.`);
  stop(1, message);
});
server.listen(port, host);
await once(server, 'listening');

const { port: listening } = server.address() as AddressInfo;
process.stdout.write(`${greeting(host, listening, networkInterfaces()).join('\n')}\n`);

// Whoever reads the output may leave, as `| head` does, and the server goes on.
for (const output of [process.stdout, process.stderr]) output.on('error', () => {});

let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    // The second Ctrl-C ends the process without waiting for the cleanup.
    if (stopping) process.exit(1);
    stopping = true;
    // `void`: if the cleanup fails, the unhandled rejection ends the process with its error.
    void cleanUp().then(() => process.exit(0));
  });
}

async function cleanUp(): Promise<void> {
  await sandboxes.endAll('The server was stopped.');
  await redis.close();
  server.close();
  server.closeAllConnections();
}

function readPort(text: string): number {
  const port = Number(text);
  // Number() alone would read ' ' as 0 and 1e3 as 1000.
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

function stop(exitCode: number, message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(exitCode);
}
