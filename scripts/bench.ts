/**
 * `npm run bench`: what the sandbox costs, each figure measured beside what it is compared with. It uses a Redis server of its
 * own, leaves this machine alone otherwise, and takes about three minutes. A missed aim is printed, not an error;
 * what cannot be measured is one (exit code 1), after all the others.
 */

import { startTestServer } from '../testing/redisServer.ts';
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
  try {
    figures.push(...(await measure()));
  } catch (error) {
    // What else was measured is worth its three minutes.
    process.exitCode = 1;
    console.error(`${name} could not be measured:`, error);
  }
}
await redis.stop();
process.stdout.write(`\n${table(figures)}`);
process.exit();
