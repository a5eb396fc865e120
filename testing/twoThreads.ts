/** For tests: the second thread of the command line, while this thread is busy. */
import { afterEach, beforeEach } from 'vitest';
import type { Cast } from '../scenarios/engine/cast.ts';
import type { Scenario } from '../scenarios/engine/scenario.ts';
import firstLogin from '../scenarios/first-login.ts';
import type { Setting } from '../server/cli/play.ts';
import { startSecondThread } from '../server/cli/secondThread.ts';
import { people } from '../server/lab/deployment/people.ts';
import { createRedisSwitch, type RedisSwitch } from '../server/redis/switch.ts';

let redis: RedisSwitch;
let second: Awaited<ReturnType<typeof startSecondThread>> | undefined;
let release: (() => void) | undefined;
let busy: Promise<unknown>;

/** What this thread plays with. */
export async function settingHere(signal = new AbortController().signal): Promise<Setting> {
  return { store: 'mock', pace: 'jump', users: await people(4), redis, signal };
}

/** Nothing can be played with it in this thread, so what holds was played in the other one. */
export async function settingThere(signal?: AbortSignal): Promise<Setting> {
  return { ...(await settingHere(signal)), redis: null as never };
}

/** A scenario of one step. */
export const acting = (act: (cast: Cast) => unknown): Scenario => ({
  ...firstLogin,
  slug: 'own',
  steps: [{ title: 'Own', purpose: '', narration: '', act }],
});

/** One run in this thread that does not end: the next one belongs into the other. */
export async function startBusy(repair: string | null = null) {
  const started = await startSecondThread({ repair, bcryptCost: 4 });
  second = started;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await new Promise<void>((playing) => {
    const setting = settingHere();
    const hold = acting(() => {
      playing();
      return held;
    });
    busy = setting.then((found) => started.play(hold, 'protected', found));
  });
  return started;
}

/** For each test of the file: a Redis of this thread before it, and an end of both threads' work after it. */
export function endBothThreads(): void {
  beforeEach(() => {
    redis = createRedisSwitch({});
  });
  afterEach(async () => {
    release?.();
    await busy;
    await second?.close();
    second = undefined;
    await redis.close();
  });
}
