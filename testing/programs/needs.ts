/** What the tests need and npm does not install: a browser, a Redis server, and curl. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { browserPlaces, curlPlaces, type Machine, redisPlaces } from './places.ts';

/** The machine lacks what the tests need. The message is one sentence that says how to get it. */
export class Missing extends Error {
  override name = 'Missing';
}

/** CHROME_PATH, REDIS_SERVER_PATH or CURL_PATH names nothing that can be started: installing something would not help. */
export class WrongPath extends Missing {
  override name = 'WrongPath';
}

interface SearchedMachine extends Machine {
  /** Whether there is a program at that path and it can be started. */
  starts(path: string): boolean;
}

const thisMachine: SearchedMachine = {
  platform: process.platform,
  env: process.env,
  // Ubuntu has a /usr/bin/chromium-browser that only says where to get one, so a program counts when it tells its version.
  // Not on Windows: there a browser asked for its version opens a window.
  starts: (path) => existsSync(path) && (process.platform === 'win32' || versionOf(path) !== null),
};

/**
 * The path of a Chromium, Chrome or Edge: the one in CHROME_PATH, else on the PATH or in the usual places, else the one
 * that Playwright once downloaded.
 *
 * @throws {Missing} when there is none, {WrongPath} when there is none where CHROME_PATH says
 */
export function findBrowser(machine = thisMachine): string {
  return find('CHROME_PATH', machine, [...browserPlaces(machine), ...playwrightsOwn()], howToGetBrowser);
}

/**
 * The path of a Redis server: the one in REDIS_SERVER_PATH, else on the PATH or in the usual places.
 *
 * @throws {Missing} when there is none, {WrongPath} when there is none where REDIS_SERVER_PATH says
 */
export function findRedisServer(machine = thisMachine): string {
  return find('REDIS_SERVER_PATH', machine, redisPlaces(machine), howToGetRedis);
}

/**
 * The path of curl: the one in CURL_PATH, else on the PATH.
 *
 * @throws {Missing} when there is none, {WrongPath} when there is none where CURL_PATH says
 */
export function findCurl(machine = thisMachine): string {
  return find('CURL_PATH', machine, curlPlaces(machine), howToGetCurl);
}

/** What the program answers to `--version`, shortened to the number; null when it cannot be run. */
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
      `${variable} is ${wanted}, where no program can be started: correct it, or unset it to have the usual places searched.`,
    );
  }
  const found = places.find((place) => machine.starts(place));
  if (found !== undefined) return found;
  const { what, linux, darwin, win32 } = howToGet;
  const how = { darwin, win32 }[machine.platform as string] ?? linux;
  throw new Missing(`${what} was found: get one with ${how}, or set ${variable} to the path of yours.`);
}

/** Where `playwright-core install chromium` puts one; nowhere on a system it has no build for. */
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
