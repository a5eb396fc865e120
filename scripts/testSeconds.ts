/**
 * How long each group of tests took in the last whole `npm test`, and where that is written down for `npm run bench`. Seconds are those
 * of a clock on the wall.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface TestSeconds {
  /** When the tests ended: an ISO 8601 date. */
  endedAt: string;
  /** The whole command, from its start to its end. */
  total: number;
  groups: { name: string; seconds: number }[];
}

const file = fileURLToPath(new URL('../dist/test-seconds.json', import.meta.url));

export function writeTestSeconds(seconds: TestSeconds): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(seconds, null, 2));
}

/** Returns null when `npm test` has not been run to its end here. */
export function readTestSeconds(): TestSeconds | null {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
}

/** "3 min 24 s" */
export function inMinutes(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
