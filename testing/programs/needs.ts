/** Finds the programs that the tests need and npm does not install: a browser, a Redis server and curl. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { browserPlaces, curlPlaces, type Machine, redisPlaces } from './places.ts';

/** A program is missing. The message is one sentence that says how to get it. */
export class Missing extends Error {
  override name = 'Missing';
}

/** CHROME_PATH, REDIS_SERVER_PATH or CURL_PATH names no program that starts, so installing one would not help. */
export class WrongPath extends Missing {
  override name = 'WrongPath';
}

interface SearchedMachine extends Machine {
  /** Whether there is a program at that path that starts. */
  starts(path: string): boolean;
}

const thisMachine: SearchedMachine = {
  platform: process.platform,
  env: process.env,
  // A program must print its version, because the /usr/bin/chromium-browser of Ubuntu only prints where to get a browser. On Windows,
  // a browser opens a window instead.
  starts: (path) => existsSync(path) && (process.platform === 'win32' || versionOf(path) !== null),
};

/**
 * Returns the path of a Chromium, Chrome or Edge: the value of CHROME_PATH, or one on the PATH, in the usual places, or downloaded by
 * Playwright.
 *
 * @throws {Missing} when there is none, {WrongPath} when there is none at CHROME_PATH
 */
export function findBrowser(machine = thisMachine): string {
  return find('CHROME_PATH', machine, [...browserPlaces(machine), ...playwrightsOwn()], howToGetBrowser);
}

/**
 * Returns the path of a Redis server: the value of REDIS_SERVER_PATH, or one on the PATH or in the usual places.
 *
 * @throws {Missing} when there is none, {WrongPath} when there is none at REDIS_SERVER_PATH
 */
export function findRedisServer(machine = thisMachine): string {
  return find('REDIS_SERVER_PATH', machine, redisPlaces(machine), howToGetRedis);
}

/**
 * Returns the path of curl: the value of CURL_PATH, or one on the PATH.
 *
 * @throws {Missing} when there is none, {WrongPath} when there is none at CURL_PATH
 */
export function findCurl(machine = thisMachine): string {
  return find('CURL_PATH', machine, curlPlaces(machine), howToGetCurl);
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

function find(variable: string, machine: SearchedMachine, places: string[], howToGet: HowToGet): string {
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

/** Returns where `playwright-core install chromium` puts a browser; nothing on a system without a build. */
function playwrightsOwn(): string[] {
  try {
    return [chromium.executablePath()];
  } catch {
    return [];
  }
}

interface HowToGet {
  what: string;
  linux: string;
  darwin: string;
  win32: string;
}

const howToGetBrowser: HowToGet = {
  what: 'No Chromium, Chrome or Edge',
  linux:
    '"sudo apt-get install chromium" (Debian), "sudo dnf install chromium" (Fedora) or "sudo snap install chromium" (Ubuntu)',
  darwin: '"brew install --cask google-chrome"',
  win32: '"winget install Google.Chrome" or "choco install googlechrome"',
};

const howToGetRedis: HowToGet = {
  what: 'No redis-server',
  linux: '"sudo apt-get install redis-server" (Debian, Ubuntu) or "sudo dnf install redis" (Fedora)',
  darwin: '"brew install redis"',
  win32: '"winget install Memurai.MemuraiDeveloper" or "choco install memurai-developer"',
};

const howToGetCurl: HowToGet = {
  what: 'No curl',
  linux: '"sudo apt-get install curl" (Debian, Ubuntu) or "sudo dnf install curl" (Fedora)',
  darwin: '"brew install curl"',
  win32: '"winget install cURL.cURL"',
};
