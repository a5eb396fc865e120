import { readFileSync } from 'node:fs';

/** Returns the version of the package. */
export function version(): string {
  // The JavaScript that was built from this file stands one folder deeper.
  const project = import.meta.url.endsWith('.js') ? '../../../' : '../../';
  return JSON.parse(readFileSync(new URL(`${project}package.json`, import.meta.url), 'utf8')).version;
}
