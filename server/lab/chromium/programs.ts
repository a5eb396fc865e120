/** Finds a program that npm does not install. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { posix, win32 } from 'node:path';

/** What decides where the programs of a machine are. */
export interface Machine {
  platform: NodeJS.Platform;
  env: Record<string, string | undefined>;
}

export interface SearchedMachine extends Machine {
  /** Whether there is a program at that path that starts. */
  starts(path: string): boolean;
}

export const thisMachine: SearchedMachine = {
  platform: process.platform,
  env: process.env,
  // A program must print its version, because the /usr/bin/chromium-browser of Ubuntu only prints where to get a browser. On Windows,
  // a browser opens a window instead.
  starts: (path) => existsSync(path) && (process.platform === 'win32' || versionOf(path) !== null),
};

/** A program is missing. The message is one sentence that says how to get it. */
export class Missing extends Error {
  override name = 'Missing';
}

/** The variable that should name the program, such as CHROME_PATH, names none that starts, so installing one would not help. */
export class WrongPath extends Missing {
  override name = 'WrongPath';
}

/** What a missing program is called, and how to get it on each platform. */
export interface HowToGet {
  what: string;
  linux: string;
  darwin: string;
  win32: string;
}

/**
 * Returns the path of a program: the value of the variable, or the first of the places at which a program starts.
 *
 * @throws {Missing} when there is none, {WrongPath} when the variable names none
 */
export function findProgram(variable: string, machine: SearchedMachine, places: string[], howToGet: HowToGet): string {
  const wanted = machine.env[variable];
  if (wanted) {
    if (machine.starts(wanted)) return wanted;
    throw new WrongPath(
      `${variable} is ${wanted}, which is not a program that starts. Correct it, or unset it to search the usual places.`,
    );
  }
  const found = places.find((place) => machine.starts(place));
  if (found !== undefined) return found;
  const { what, linux, darwin, win32 } = howToGet;
  const how = { darwin, win32 }[machine.platform as string] ?? linux;
  throw new Missing(`${what} was found: install one with ${how}, or set ${variable} to its path.`);
}

/** Returns the number in what the program prints for `--version`; null when it cannot be run. */
export function versionOf(path: string): string | null {
  try {
    const answer = execFileSync(path, ['--version'], {
      encoding: 'utf8',
      timeout: 20_000,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return /\d+(\.\d+)+/.exec(answer)?.[0] ?? answer.trim();
  } catch {
    return null;
  }
}

export function onPath(machine: Machine, names: string[]): string[] {
  const { delimiter } = pathsOf(machine);
  return inFolders(machine, (machine.env.PATH ?? '').split(delimiter), names);
}

/** Returns the first program in every folder, then the second, and so on: an earlier name is preferred in whichever folder it is. */
export function inFolders(machine: Machine, folders: (string | undefined)[], programs: string[]): string[] {
  const { join } = pathsOf(machine);
  const known = folders.filter((folder) => folder);
  return programs.flatMap((program) => known.map((folder) => join(folder!, program)));
}

function pathsOf({ platform }: Machine): typeof posix {
  return platform === 'win32' ? win32 : posix;
}
