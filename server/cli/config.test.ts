import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parseConfig, readConfig } from './config.ts';
import { defineConfig } from './defineConfig.ts';
import { resolveOptions } from './options.ts';

const folder = mkdtempSync(join(tmpdir(), 'session-sandbox-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

const parse = (config: unknown) => parseConfig(config, 'session-sandbox.config.ts', '/project');

test('settings have the values of the command line, and paths are relative to the file', () => {
  const { wanted, given } = parse(
    defineConfig({
      scenarios: ['login', './mine.ts'],
      grep: /fix/i,
      reporter: ['pretty', 'junit=out/report.xml'],
      chapter: 'login',
      standard: ['V7.2.4'],
      trace: 'traces',
      realTime: true,
      bail: true,
      workers: 2,
    }),
  );
  expect(wanted).toEqual(['login', '/project/mine.ts']);
  expect(given).toMatchObject({
    reporter: [
      { name: 'pretty', file: null },
      { name: 'junit', file: '/project/out/report.xml' },
    ],
    chapter: ['login'],
    standard: ['V7.2.4'],
    trace: '/project/traces',
    realTime: true,
    bail: 1,
    workers: 2,
  });
  expect(given.grep?.matches('SESSION-FIXATION')).toBe(true);
});

test('the command line wins', () => {
  const { given } = parse({ reporter: ['pretty', 'tap=a.tap'], workers: 2, repeat: 3 });
  const options = resolveOptions([], { ...given, reporter: [{ name: 'json', file: null }], workers: 8 });
  expect(options).toMatchObject({ reporters: [{ name: 'json', file: null }], workers: 8, repeat: 3 });
});

test('false is as if it were not there', () => expect(parse({ realTime: false, bail: false }).given).toEqual({}));

test.each<[unknown, string]>([
  [
    { worker: 2 },
    'session-sandbox.config.ts has "worker", which is no setting. Did you mean workers? The settings are scenarios,',
  ],
  [{ watch: true }, 'session-sandbox.config.ts has "watch", which is no setting.'],
  [
    { redis: 'Real' },
    'redis in session-sandbox.config.ts cannot be "Real". Valid values are mock, real. Did you mean real?',
  ],
  [{ redis: null }, 'redis in session-sandbox.config.ts cannot be null. Valid values are mock, real.'],
  [{ realTime: 'yes' }, 'realTime in session-sandbox.config.ts must be true or false, not "yes".'],
  [
    { workers: 0 },
    'workers in session-sandbox.config.ts cannot be "0". Valid values are the whole numbers from 1 to 16.',
  ],
  [{ reporter: ['pretty', 'xml'] }, 'reporter in session-sandbox.config.ts cannot be "xml".'],
  [
    { scenarios: 'login' },
    "scenarios in session-sandbox.config.ts must be a list of slugs, chapters or files: ['login', './mine.ts'].",
  ],
  [undefined, 'session-sandbox.config.ts must hold an object of settings'],
  [[], 'session-sandbox.config.ts must hold an object of settings'],
])('%j: %s', (config, message) => expect(() => parse(config)).toThrow(message));

const { signal } = new AbortController();

describe('the file', () => {
  test('is not needed', async () =>
    expect(await readConfig(undefined, { folder, signal })).toEqual({ wanted: [], given: {}, file: null }));

  test('may be JSON', async () => {
    const file = join(folder, 'session-sandbox.config.json');
    writeFileSync(file, '{ "workers": 3 }');
    expect(await readConfig(undefined, { folder, signal })).toEqual({ wanted: [], given: { workers: 3 }, file });
    writeFileSync(file, '{ "workers": 3');
    await expect(readConfig(undefined, { folder, signal })).rejects.toThrow(
      'session-sandbox.config.json cannot be read.',
    );
  });

  test('may be a module of another name', async () => {
    writeFileSync(join(folder, 'ci.mjs'), 'export default { repeat: 5 }');
    expect((await readConfig('ci.mjs', { folder, signal })).given).toEqual({ repeat: 5 });
  });

  test('that is named must exist', () =>
    expect(readConfig('none.ts', { folder, signal })).rejects.toThrow(
      `--config: there is no file ${join(folder, 'none.ts')}.`,
    ));
});
