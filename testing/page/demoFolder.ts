/** For tests: the page with its recordings in a folder, which needs no server. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll } from 'vitest';
import type { Scenario } from '../../scenarios/engine/scenario.ts';
import { bundlePage } from '../../scripts/demo/bundle.ts';
import { writeDemo } from '../../scripts/demo/demo.ts';
import { record } from '../../scripts/demo/record.ts';
import { createRedisSwitch } from '../../server/redis/switch.ts';

/** Records the scenarios before the first test of a file, and removes the folder after its last one. Returns its path and its address. */
export function demoFolder(scenarios: Scenario[]): { folder: string; files: string } {
  // With what must be encoded in an address.
  const folder = mkdtempSync(join(tmpdir(), 'a demo #1 '));
  beforeAll(async () => {
    const redis = createRedisSwitch({ localPort: 1, path: '' });
    const [recordings, page] = await Promise.all([record(scenarios, redis), bundlePage()]);
    await redis.close();
    writeDemo(recordings, page, folder);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return { folder, files: pathToFileURL(folder).href };
}
