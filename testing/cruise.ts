/** For tests: dependency-cruiser with the rules of this project. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const root = fileURLToPath(new URL('..', import.meta.url));
const cruiser = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');

export interface Violation {
  from: string;
  to: string;
  rule: { name: string };
  /** The files of a cycle, which is reported at one of them only. */
  cycle?: { name: string }[];
}

interface Cruise {
  modules: { source: string; dependencies: { resolved: string; dynamic: boolean; dependencyTypes: string[] }[] }[];
  summary: { violations: Violation[] };
}

/** Runs `depcruise .` with our rules in a folder. */
export async function cruise(folder: string): Promise<Cruise> {
  const config = join(root, '.dependency-cruiser.mjs');
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [cruiser, '.', '--config', config, '--output-type', 'json'],
    { cwd: folder, maxBuffer: 1e8 },
  );
  return JSON.parse(stdout);
}
