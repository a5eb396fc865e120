/**
 * `npm test [-- arguments for vitest]`: installs or looks for what the tests need, then runs the checks and the build, and after
 * them the tests that belong to every run; the types are checked meanwhile. `npm run test:full` runs all tests: everything everywhere.
 *
 * Exit codes: 3 when something is missing that npm does not install, else that of the first thing that failed.
 */
import { delimiter, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseCLI, startVitest } from 'vitest/node';
import { Missing, versionOf, WrongPath } from '../server/lab/chromium/programs.ts';
import { canInstall, install, type Need } from '../testing/programs/apt.ts';
import {
  findBrowser,
  findCurl,
  findHeadlessShell,
  findRedisServer,
  findTestBrowser,
} from '../testing/programs/needs.ts';
import { GroupTimer } from './groupTimer.ts';
import { build, checks, imports, runSideBySide, types } from './sideBySide.ts';
import { inMinutes, writeTestSeconds } from './testSeconds.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const finders = { browser: findBrowser, 'redis-server': findRedisServer, curl: findCurl } satisfies Partial<
  Record<Need, () => string>
>;
type Required = keyof typeof finders;
const needs: Required[] = ['browser', 'redis-server', 'curl'];

const words = process.argv.slice(2);
const isFull = words[0] === '--full';
const vitestWords = isFull ? words.slice(1) : words;

const started = performance.now();
const secondsSinceStart = () => (performance.now() - started) / 1000;

installMissing();
installHeadlessShell();
const browser = findBrowser();
const testBrowser = findTestBrowser();
const redisServer = findRedisServer();
console.log(`Browser: ${browser}${process.platform === 'win32' ? '' : ` (${versionOf(browser)})`}`);
if (testBrowser !== browser) console.log(`Browser of most tests: ${testBrowser}`);
console.log(`Redis server: ${redisServer} (${versionOf(redisServer)})`);
if (process.platform === 'win32') {
  console.log(
    'Windows has no signals, so these tests are left out: those that freeze a Redis server or end a server from outside.',
  );
}

// The tests start servers that look for a browser and a Redis server themselves; they must find the same ones.
process.env.CHROME_PATH = browser;
process.env.TEST_BROWSER_PATH = testBrowser;
process.env.REDIS_SERVER_PATH = redisServer;
process.env.PATH = [dirname(redisServer), process.env.PATH, dirname(findCurl())].join(delimiter);

// The longest check would leave a processor idle if nothing else began before its end.
const typesChecked = runSideBySide([types], root);
// scripts/imports.test.ts looks at the imports.
const failed = await runSideBySide([build, ...checks.filter((check) => check !== types && check !== imports)], root);
if (failed !== 0) stop(failed);
const checked = secondsSinceStart();

const timer = new GroupTimer();
const { filter, options } = parseCLI(['vitest', 'run', ...vitestWords]);
const vitest = await startVitest('test', filter, {
  root,
  ...(isFull ? {} : { project: '!full*' }),
  ...options,
  reporters: [options.reporters ?? 'default', timer].flat(),
});
await vitest.close();

const typesFailed = await typesChecked;
if (typesFailed !== 0) {
  console.error('types: failed. The errors are above, between the checks and the tests.');
  process.exitCode ??= typesFailed;
}
const groups = [{ name: 'checks and build', seconds: checked }, ...timer.seconds];
console.log(`${groups.map(({ name, seconds }) => `${name} ${seconds.toFixed(0)} s`).join(', ')}.`);
console.log(`All of it took ${inMinutes(secondsSinceStart())}.`);
// A part of the tests says nothing about the whole.
if (vitestWords.length === 0 && !isFull && process.exitCode === undefined) {
  writeTestSeconds({ endedAt: new Date().toISOString(), total: secondsSinceStart(), groups });
}
process.exit();

function installMissing(): void {
  const missing = findMissing();
  if (missing.size === 0) return;
  const system = canInstall();
  if (system === null || [...missing.values()].some((error) => error instanceof WrongPath)) stop(3, missing.values());
  try {
    install([...missing.keys()], system);
  } catch (error) {
    stop(3, [error as Error, ...missing.values()]);
  }
  const still = findMissing();
  if (still.size > 0) stop(3, still.values());
}

/** The tests pass without it, but take longer. */
function installHeadlessShell(): void {
  const { TEST_BROWSER_PATH, CHROME_PATH } = process.env;
  const system = canInstall();
  if (system !== 'debian' || TEST_BROWSER_PATH || CHROME_PATH || findHeadlessShell() !== null) return;
  try {
    install(['headless-shell'], system);
  } catch (error) {
    console.warn(`${(error as Error).message} Chromium is used in its place.`);
  }
}

function findMissing(): Map<Required, Missing> {
  const missing = new Map<Required, Missing>();
  for (const need of needs) {
    try {
      finders[need]();
    } catch (error) {
      if (!(error instanceof Missing)) throw error;
      missing.set(need, error);
    }
  }
  return missing;
}

/** Ends this process, after one line for each error. */
function stop(exitCode: number, errors: Iterable<Error> = []): never {
  for (const { message } of errors) console.error(message);
  process.exit(exitCode);
}
