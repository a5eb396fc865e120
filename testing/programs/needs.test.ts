import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { Missing, versionOf } from '../../server/lab/chromium/programs.ts';
import { findBrowser, findCurl, findRedisServer, findTestBrowser } from './needs.ts';

/** A machine that has only these programs. */
function machine(platform: NodeJS.Platform, env: Record<string, string>, programs: string[]) {
  return { platform, env, starts: (path: string) => programs.includes(path) };
}

const windows = {
  PATH: 'C:\\Windows;D:\\tools',
  ProgramFiles: 'C:\\Program Files',
  'ProgramFiles(x86)': 'C:\\Program Files (x86)',
  LOCALAPPDATA: 'C:\\Users\\ann\\AppData\\Local',
};

describe('a browser is found', () => {
  test.each<[string, NodeJS.Platform, Record<string, string>, string]>([
    ['on the PATH', 'linux', { PATH: '/usr/local/bin:/usr/bin' }, '/usr/bin/chromium'],
    ['as Chrome on the PATH', 'linux', { PATH: '/usr/bin' }, '/usr/bin/google-chrome-stable'],
    ['as a snap', 'linux', { PATH: '/usr/bin' }, '/snap/bin/chromium'],
    ['in Applications', 'darwin', { PATH: '' }, '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'],
    ['at home', 'darwin', { HOME: '/Users/ann' }, '/Users/ann/Applications/Chromium.app/Contents/MacOS/Chromium'],
    ['in Program Files', 'win32', windows, 'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe'],
    ['for one user', 'win32', windows, 'C:\\Users\\ann\\AppData\\Local\\Google\\Chrome\\Application\\chrome.exe'],
    ['as Edge', 'win32', windows, 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe'],
    ['on the PATH', 'win32', windows, 'D:\\tools\\chrome.exe'],
  ])('%s (%s)', (_where, platform, env, path) => {
    expect(findBrowser(machine(platform, env, [path]))).toBe(path);
  });

  test('at CHROME_PATH, even if there is another one', () => {
    const env = { PATH: '/usr/bin', CHROME_PATH: '/opt/mine' };
    expect(findBrowser(machine('linux', env, ['/usr/bin/chromium', '/opt/mine']))).toBe('/opt/mine');
  });

  test('nowhere else when CHROME_PATH names no program that starts', () => {
    const env = { PATH: '/usr/bin', CHROME_PATH: '/opt/gone' };
    expect(() => findBrowser(machine('linux', env, ['/usr/bin/chromium']))).toThrow('CHROME_PATH is /opt/gone, which');
  });
});

describe('the browser of the tests is', () => {
  const shell = '/usr/bin/chromium-headless-shell';
  test.each<[string, Record<string, string>, string]>([
    ['the headless shell', {}, shell],
    ['the one at TEST_BROWSER_PATH', { TEST_BROWSER_PATH: '/opt/test', CHROME_PATH: '/opt/mine' }, '/opt/test'],
    ['else the one at CHROME_PATH', { CHROME_PATH: '/opt/mine' }, '/opt/mine'],
  ])('%s', (_which, env, path) => {
    const present = ['/usr/bin/chromium', shell, '/opt/mine', '/opt/test'];
    expect(findTestBrowser(machine('linux', { PATH: '/usr/bin', ...env }, present))).toBe(path);
  });

  test('the usual one where there is no headless shell', () => {
    expect(findTestBrowser(machine('linux', { PATH: '/usr/bin' }, ['/usr/bin/chromium']))).toBe('/usr/bin/chromium');
  });
});

describe('a Redis server is found', () => {
  test.each<[string, NodeJS.Platform, Record<string, string>, string]>([
    ['on the PATH', 'linux', { PATH: '/usr/bin' }, '/usr/bin/redis-server'],
    ["in Homebrew's folder", 'darwin', {}, '/opt/homebrew/bin/redis-server'],
    ['on the PATH', 'win32', windows, 'D:\\tools\\redis-server.exe'],
    ["in Chocolatey's folder", 'win32', windows, 'C:\\ProgramData\\chocolatey\\bin\\redis-server.exe'],
    ['as Memurai', 'win32', windows, 'C:\\Program Files\\Memurai\\memurai.exe'],
    ['at REDIS_SERVER_PATH', 'linux', { PATH: '/usr/bin', REDIS_SERVER_PATH: '/opt/redis' }, '/opt/redis'],
  ])('%s (%s)', (_where, platform, env, path) => {
    expect(findRedisServer(machine(platform, env, [path]))).toBe(path);
  });
});

test('curl is found on the PATH; the error says how to get it', () => {
  expect(findCurl(machine('linux', { PATH: '/opt/bin:/usr/bin' }, ['/usr/bin/curl']))).toBe('/usr/bin/curl');
  expect(findCurl(machine('win32', windows, ['D:\\tools\\curl.exe']))).toBe('D:\\tools\\curl.exe');
  expect(() => findCurl(machine('linux', {}, []))).toThrow(
    /^No curl was found: .*apt-get install curl.*CURL_PATH[^.]*\.$/,
  );
});

test.each<[NodeJS.Platform, string, string]>([
  ['linux', 'apt-get install chromium', 'apt-get install redis-server'],
  ['darwin', 'brew install --cask google-chrome', 'brew install redis'],
  ['win32', 'winget install Google.Chrome', 'choco install memurai-developer'],
  ['freebsd', 'apt-get install chromium', 'apt-get install redis-server'],
])('on %s, the error says in one sentence how to get a missing program', (platform, browser, redis) => {
  const empty = machine(platform, {}, []);
  expect(() => findBrowser(empty)).toThrow(new RegExp(`^No Chromium.*${browser}[^.]*CHROME_PATH[^.]*\\.$`));
  expect(() => findRedisServer(empty)).toThrow(new RegExp(`^No redis-server.*${redis}.*REDIS_SERVER_PATH[^.]*\\.$`));
  expect(() => findRedisServer(empty)).toThrow(Missing);
});

test('this machine has both: without them, no test is started', () => {
  expect(existsSync(findBrowser())).toBe(true);
  expect(versionOf(findRedisServer())).toMatch(/^\d+\.\d+/);
});

test('the Chromium that Playwright downloaded is found when there is no other browser', () => {
  const own = chromium.executablePath();
  expect(findBrowser(machine(process.platform, {}, [own]))).toBe(own);
});

test('a program that cannot be run has no version', () => {
  expect(versionOf('/nowhere/redis-server')).toBeNull();
});
