/** For tests: a folder for the page without a server. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll } from 'vitest';
import { createRedisSwitch, type RedisSwitch } from '../../server/redis/switch.ts';

/**
 * Fills a folder before the first test of a file, and removes it after the last one. Returns its path and its address.
 *
 * @param fill gets a mock Redis
 */
export function demoFolder(fill: (redis: RedisSwitch, folder: string) => Promise<unknown>): {
  folder: string;
  files: string;
} {
  // With what must be encoded in an address.
  const folder = mkdtempSync(join(tmpdir(), 'a demo #1 '));
  beforeAll(async () => {
    const redis = createRedisSwitch({ localPort: 1, path: '' });
    await fill(redis, folder);
    await redis.close();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return { folder, files: pathToFileURL(folder).href };
}
