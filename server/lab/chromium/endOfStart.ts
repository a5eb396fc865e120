import { readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

/** In milliseconds. */
const between = 250;

/**
 * Rejects when a browser that starts has ended: Playwright waits for its first page then, until its time is over. Never settles
 * otherwise. Known by the lock that Chromium writes into its profile on Linux and macOS, a link that names the process.
 *
 * @param profile the folder of the profile
 * @param started aborts when nobody waits any more
 */
export async function endOfStart(profile: string, started: AbortSignal): Promise<never> {
  for (let browser: number | null = null; ; browser ??= lockedBy(profile)) {
    if (browser !== null && !isAlive(browser)) throw new Error('it ended while it started');
    // Rejects when it is aborted, which ends this.
    await setTimeout(between, undefined, { signal: started, ref: false });
  }
}

/** @returns the id of the process; null before there is a lock, and where the system knows no such link */
function lockedBy(profile: string): number | null {
  try {
    return Number(/-(\d+)$/.exec(readlinkSync(join(profile, 'SingletonLock')))?.[1]) || null;
  } catch {
    return null;
  }
}

function isAlive(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch {
    return false;
  }
}
