/**
 * `npm run bench`: what the sandbox costs, each figure measured beside what it is compared with. It uses a Redis server of its
 * own, leaves this machine alone otherwise, and takes about three minutes. A missed aim is printed, not an error.
 */

import { startTestServer } from '../server/redis/testServer.ts';
import { catalogue } from './bench/catalogue.ts';
import { coldStart } from './bench/cold.ts';
import { delay } from './bench/delay.ts';
import { memory } from './bench/memory.ts';
import { page } from './bench/page.ts';
import { type Figure, table } from './bench/table.ts';
import { throughput } from './bench/throughput.ts';

const redis = await startTestServer();
// Inherited by the children: nobody measures with, or into, a Redis that happens to run here.
process.env.REDIS_URL = redis.url;

const measurements: [string, () => Promise<Figure[]>][] = [
  ['cold start', coldStart],
  ['catalogue', catalogue],
  ['throughput, mock', () => throughput('mock')],
  ['throughput, real', () => throughput('real')],
  ['delay, mock', () => delay('mock')],
  ['delay, real', () => delay('real')],
  ['memory, mock', () => memory('mock')],
  ['memory, real', () => memory('real')],
  ['page', page],
];

const figures: Figure[] = [];
for (const [name, measure] of measurements) {
  process.stderr.write(`${name} …\n`);
  figures.push(...(await measure()));
}
await redis.stop();
process.stdout.write(`\n${table(figures)}`);
process.exit(0);
