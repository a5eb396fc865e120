/** The page without a server, from the play of its scenarios to its files. */
import type { Scenario } from '../../scenarios/engine/scenario.ts';
import type { RedisSwitch } from '../../server/redis/switch.ts';
import { bundlePage } from './bundle.ts';
import { writeDemo } from './demo.ts';
import { record } from './record.ts';

/** Records the scenarios and writes them into a folder, with the page beside them. Returns what was written. */
export async function recordDemo(scenarios: readonly Scenario[], redis: RedisSwitch, folder: string) {
  const [recordings, page] = await Promise.all([record(scenarios, redis), bundlePage()]);
  return writeDemo(recordings, page, folder);
}
