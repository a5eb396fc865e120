import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = process.platform === 'win32' ? ['redis-server.exe', 'memurai.exe'] : ['redis-server'];

/**
 * The first Redis server program in the folders of `path` (as in the environment variable PATH), or null.
 */
export function findServer(path: string): string | null {
  const candidates = path
    .split(delimiter)
    .filter((folder) => folder !== '')
    .flatMap((folder) => names.map((name) => join(folder, name)));
  return candidates.find(isProgram) ?? null;
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
