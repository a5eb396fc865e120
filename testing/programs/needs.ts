/** Finds the programs that the tests need and npm does not install: a browser, a Redis server and curl. */
import { chromium } from 'playwright-core';
import { findBrowser as findAnyBrowser } from '../../server/lab/chromium/findBrowser.ts';
import { findProgram, type HowToGet, onPath, thisMachine } from '../../server/lab/chromium/programs.ts';
import { curlPlaces, redisPlaces } from './places.ts';

export const findBrowser = (machine = thisMachine): string => findAnyBrowser(chromium, machine);

/**
 * Returns the path of the browser in which tests open pages: the value of TEST_BROWSER_PATH or CHROME_PATH, else the headless shell of
 * Chromium, else what findBrowser() finds. The shell has no windows: a test that opens many tabs takes a third of the processor time.
 *
 * @throws {Missing} when there is none, {WrongPath} when there is none at CHROME_PATH
 */
export function findTestBrowser(machine = thisMachine): string {
  const { TEST_BROWSER_PATH, CHROME_PATH } = machine.env;
  if (TEST_BROWSER_PATH) return TEST_BROWSER_PATH;
  return (CHROME_PATH ? null : findHeadlessShell(machine)) ?? findBrowser(machine);
}

export function findHeadlessShell(machine = thisMachine): string | null {
  return onPath(machine, ['chromium-headless-shell', 'chrome-headless-shell']).find(machine.starts) ?? null;
}

/**
 * Returns the path of a Redis server: the value of REDIS_SERVER_PATH, or one on the PATH or in the usual places.
 *
 * @throws {Missing} when there is none, {WrongPath} when there is none at REDIS_SERVER_PATH
 */
export function findRedisServer(machine = thisMachine): string {
  return findProgram('REDIS_SERVER_PATH', machine, redisPlaces(machine), howToGetRedis);
}

/**
 * Returns the path of curl: the value of CURL_PATH, or one on the PATH.
 *
 * @throws {Missing} when there is none, {WrongPath} when there is none at CURL_PATH
 */
export function findCurl(machine = thisMachine): string {
  return findProgram('CURL_PATH', machine, curlPlaces(machine), howToGetCurl);
}

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
