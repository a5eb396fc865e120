import { existsSync, mkdirSync, statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { InfrastructureFailed, WrongUsage } from './errors.ts';
import { scenarioTemplate } from './scenarioTemplate.ts';
import { createFile, whyNotWritten } from './writing.ts';

/**
 * Writes a scenario file that can be played at once. Its slug is the name of the file.
 *
 * @param path as typed
 * @param folder where a relative path begins
 * @returns what to do next, as lines
 * @throws WrongUsage when the file exists, or when its name is no slug
 */
export function writeScenario(path: string, folder: string): string {
  const file = resolve(folder, path);
  const found = statSync(file, { throwIfNoEntry: false });
  if (found?.isDirectory()) throw new WrongUsage(`${path} is a folder; name a file in it, such as my-lesson.ts.`);
  if (found) throw new WrongUsage(`${path} exists already and is left as it is. Choose another name.`);
  const slug = basename(file).replace(/\.ts$/, '');
  if (!file.endsWith('.ts') || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug)) {
    throw new WrongUsage(
      `"${basename(file)}" cannot be the name of a scenario file. It has lower-case letters, digits and hyphens, and ends in .ts: my-lesson.ts.`,
    );
  }
  try {
    mkdirSync(dirname(file), { recursive: true });
    createFile(file, scenarioTemplate(slug));
  } catch (error) {
    if (existsSync(file)) throw new WrongUsage(`${path} exists already and is left as it is. Choose another name.`);
    throw new InfrastructureFailed(`${path} cannot be written: ${whyNotWritten(error as Error)}.`);
  }
  const typed = /[/\\]/.test(path) ? path : `./${path}`;
  return `${path} is written. Play it:\n\n  npx session-sandbox run ${typed}\n\nAgain after each change: npx session-sandbox run ${typed} --watch\n`;
}
