/**
 * `npm run bench`: measures what the sandbox costs, each figure beside what it is compared with, and shows how long the last `npm test`
 * took. It uses a Redis server of its own and takes about six minutes. A missed aim is printed and is no error. A measurement that
 * fails is one: the exit code is 1, after all others.
 */

import { startTestServer } from '../testing/redisServer.ts';
import { catalogue } from './bench/catalogue.ts';
import { coldStart } from './bench/cold.ts';
import { delay } from './bench/delay.ts';
import { memory } from './bench/memory.ts';
import { page } from './bench/page.ts';
import { room } from './bench/room.ts';
import { type Figure, table } from './bench/table.ts';
import { tests } from './bench/tests.ts';
import { throughput } from './bench/throughput.ts';
import { watched } from './bench/watched.ts';

const redis = await startTestServer();
// The children inherit it, so that no measurement uses a Redis that happens to run on this machine.
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
  ['watched sandboxes', watched],
  ['room of 1', () => room(1)],
  ['room of 50', () => room(50)],
  ['room of 200', () => room(200)],
  ['room of 200, 1 worker', () => room(200, 1)],
  ['room of 200, 2 workers', () => room(200, 2)],
  ['page', page],
  ['tests', tests],
];

const figures: Figure[] = [];
for (const [name, measure] of measurements) {
  process.stderr.write(`${name} …\n`);
  try {
    figures.push(...(await measure()));
  } catch (error) {
    // The other figures took minutes and are still printed.
    process.exitCode = 1;
    console.error(`${name} could not be measured:`, error);
  }
}
await redis.stop();
process.stdout.write(`\n${table(figures)}`);
process.exit();
