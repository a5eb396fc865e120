/**
 * `npm run build:demo [slug …]`: records the scenarios in the lab and writes dist/demo, the page with the recordings as a folder of
 * static files. It works on any web server below any path, and from a disk.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { scenarios } from '../../scenarios/index.ts';
import { createRedisSwitch } from '../../server/redis/switch.ts';
import { recordDemo } from './recordDemo.ts';

const dist = join(fileURLToPath(new URL('../..', import.meta.url)), 'dist');
const wanted = process.argv.slice(2);
const unknown = wanted.filter((slug) => !scenarios.some((scenario) => scenario.slug === slug));
if (unknown.length > 0) {
  console.error(`There is no scenario ${unknown.join(', ')}. npm run scenarios -- --list shows all.`);
  process.exit(2);
}
const chosen = wanted.length === 0 ? scenarios : scenarios.filter(({ slug }) => wanted.includes(slug));

const redis = createRedisSwitch({});
// Threads and connections of the lab do not keep the process alive while a run waits for them.
const alive = setInterval(() => {}, 1000);
try {
  const { catalogue, sizes } = await recordDemo(chosen, redis, join(dist, 'demo'));
  console.log(`dist/demo: ${catalogue.scenarios.length} scenarios, ${sizes.runs} recordings.`);
  console.log(`${sizes.recordings} of recordings and ${sizes.page} of page after gzip; ${sizes.most} the largest.`);
  for (const [slug, why] of Object.entries(catalogue.missing)) console.log(`${slug}: ${why}`);
} finally {
  clearInterval(alive);
  await redis.close();
}
