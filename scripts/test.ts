/**
 * `npm test [-- arguments for vitest]`: what the tests need, then every check, the build, and every test, once.
 *
 * Exit codes: 3 when something is missing that npm does not install, else that of the first step that failed.
 */
import { spawnSync } from 'node:child_process';
import { delimiter, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { canInstall, install, type Need } from '../testing/programs/apt.ts';
import { findBrowser, findCurl, findRedisServer, Missing, versionOf, WrongPath } from '../testing/programs/needs.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const finders: Record<Need, () => string> = { browser: findBrowser, 'redis-server': findRedisServer, curl: findCurl };
const needs: Need[] = ['browser', 'redis-server', 'curl'];

function findMissing(): Map<Need, Missing> {
  const missing = new Map<Need, Missing>();
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

/** Ends this process with one line per error. */
function stop(exitCode: number, errors: Iterable<Error> = []): never {
  for (const { message } of errors) console.error(message);
  process.exit(exitCode);
}

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

/** Tools are run by their JavaScript, not by name: on Windows `npm` is a batch file, which only a shell can start. */
function step(script: string, args: string[]): void {
  const { status, signal } = spawnSync(process.execPath, [script, ...args], { cwd: root, stdio: 'inherit' });
  if (status !== 0) stop(status ?? 1, signal ? [new Error(`${script} was ended by ${signal}.`)] : []);
}

const npm = process.env.npm_execpath;
if (npm === undefined)
  stop(2, [new Error('Start the tests with "npm test": only npm knows where it is, and two of its scripts are run.')]);

installMissing();
const browser = findBrowser();
const redisServer = findRedisServer();
console.log(`Browser: ${browser}${process.platform === 'win32' ? '' : ` (${versionOf(browser)})`}`);
console.log(`Redis server: ${redisServer} (${versionOf(redisServer)})`);

if (process.platform === 'win32')
  console.log(
    'Left out on Windows, which has no signals: tests that freeze a Redis server or end a server from outside.',
  );

// What the tests start looks for a browser and a server by itself: it shall find these.
process.env.CHROME_PATH = browser;
process.env.REDIS_SERVER_PATH = redisServer;
process.env.PATH = [dirname(redisServer), process.env.PATH, dirname(findCurl())].join(delimiter);

step(npm, ['run', '--silent', 'check']);
step(npm, ['run', '--silent', 'build']);
step('node_modules/vitest/vitest.mjs', ['run', ...process.argv.slice(2)]);
