import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { scenarios } from '../../scenarios/index.ts';
import { ownScenario } from '../../testing/commandLine.ts';
import { hasSignals, startTestServer, type TestServer } from '../../testing/redisServer.ts';
import { freePort } from '../redis/guard.ts';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));
const project = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'session-sandbox-headless-'));
let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({ password: 'hunter2' });
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

/** As a terminal would start it, but for the terminal itself: colours and INIT_CWD of this one are not handed on. */
function start(words: string[], environment: Record<string, string> = {}) {
  const { NO_COLOR: _, FORCE_COLOR: __, INIT_CWD: ___, REDIS_URL: ____, ...inherited } = process.env;
  const child = spawn(process.execPath, ['--import', 'tsx', main, ...words], {
    cwd: project,
    env: { ...inherited, ...environment },
  });
  const said = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text) => {
    said.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    said.stderr += text;
  });
  const ended = once(child, 'close').then(([code]) => ({ ...said, code: code as number }));
  return { child, said, ended };
}

const run = (words: string[], environment?: Record<string, string>) => start(words, environment).ended;

function write(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

/** A session id has 32 characters, a signature 43. */
const wholeId = /[\w-]{32}/;
const passwords = ['rabbit-hole-7', 'hunter2'];

function expectNoSecrets({ stdout, stderr }: { stdout: string; stderr: string }): void {
  for (const text of [stdout, stderr]) {
    expect(text).not.toMatch(wholeId);
    for (const password of passwords) expect(text).not.toContain(password);
  }
}

describe('exit code 0: everything holds', () => {
  // All of them are played by scripts/readme.test.ts.
  test('scenarios in the order asked for, as JSON and nothing else', async () => {
    const slugs = ['rolling-refresh', 'session-fixation'];
    const ended = await run(['--reporter', 'json', ...slugs]);
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    const { redis, holds, ms, scenarios: played } = JSON.parse(ended.stdout);
    expect({ redis, holds }).toEqual({ redis: 'mock', holds: true });
    expect(ms).toBeGreaterThan(0);
    expect(played.map(({ slug }: { slug: string }) => slug)).toEqual(slugs);
    expectNoSecrets(ended);
  });

  test('one scenario on a real Redis, for people', async () => {
    const ended = await run(['idle-timeout', '--redis', 'real'], { REDIS_URL: server.url });
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(ended.stdout).toContain(`Redis: real, 127.0.0.1:${server.port}.`);
    expect(ended.stdout).toMatch(/✓ 1 scenario, 2 runs, 10 asks, all hold \(.+\)\n$/);
    expectNoSecrets(ended);
  });

  test('a scenario of one’s own, with other hashes, of one variant; what it prints stays out of the report', async () => {
    const file = write('own.ts', ownScenario({ slug: 'own', first: 'console.log("from the scenario");' }));
    const ended = await run([file, '--variant', 'protected', '--bcrypt-cost', '5', '--reporter=json']);
    expect(ended).toMatchObject({ code: 0, stderr: 'from the scenario\n' });
    expect(Object.keys(JSON.parse(ended.stdout).scenarios[0].variants)).toEqual(['protected']);
  });

  test('--trace writes what was played, to a folder seen from where npm was called', async () => {
    const words = ['session-fixation', '--variant', 'protected', '--trace', 'traces', '--reporter', 'json'];
    const ended = await run(words, { INIT_CWD: folder });
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(ended.stdout).scenarios).toHaveLength(1);
    expect(readdirSync(join(folder, 'traces'))).toEqual(['session-fixation.protected.trace.json']);
    const written = readFileSync(join(folder, 'traces', 'session-fixation.protected.trace.json'), 'utf8');
    // An id has 32 characters, a signature 43; a basket's name is longer than the one, and no secret.
    expect(written).not.toMatch(/(sess:|s%3A)[\w-]{7}|(?<![\w-])([\w-]{32}|[\w-]{43})(?![\w-])/);
    for (const password of passwords) expect(written).not.toContain(password);
    const { version, events } = JSON.parse(written);
    expect(version).toBe(2);
    expect(events.at(-1)).toMatchObject({ type: 'step-ended' });
  });

  test('a bad REDIS_URL does not matter to the mock', async () => {
    expect(await run(['session-fixation'], { REDIS_URL: 'nonsense' })).toMatchObject({ code: 0 });
  });

  test('--list and --help', async () => {
    const [listed, helped, asJson] = await Promise.all([
      run(['--list']),
      run(['--help']),
      run(['--list', '--reporter', 'json', 'idle-timeout']),
    ]);
    expect(listed).toMatchObject({ code: 0, stderr: '' });
    expect(listed.stdout.split('\n').map((line) => line.split(' ')[0])).toEqual([
      ...scenarios.map(({ slug }) => slug),
      '',
    ]);
    expect(helped).toMatchObject({ code: 0, stderr: '' });
    expect(helped.stdout).toContain('--bcrypt-cost');
    expect(Math.max(...helped.stdout.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(80);
    expect(JSON.parse(asJson.stdout)).toMatchObject([{ slug: 'idle-timeout', chapter: 'lifetime' }]);
  });
});

describe('exit code 1', () => {
  test('an ask does not hold', async () => {
    const file = write('wrong.ts', ownScenario({ slug: 'wrong', expected: 'perhaps' }));
    const [pretty, json] = await Promise.all([run([file]), run([file, '--reporter', 'json'])]);
    expect(pretty).toMatchObject({ code: 1, stderr: '' });
    expect(pretty.stdout).toMatch(/question {2}Is her cookie sent again\?\n {4}expected {2}perhaps\n {4}actual {4}yes/);
    expect(pretty.stdout).toContain('1 does not hold');
    expect(json).toMatchObject({ code: 1, stderr: '' });
    expect(JSON.parse(json.stdout)).toMatchObject({
      holds: false,
      scenarios: [{ variants: { vulnerable: { holds: true }, protected: { holds: false } } }],
    });
    expectNoSecrets(pretty);
    expectNoSecrets(json);
  });

  test('something failed that no step waits for', async () => {
    const first = 'void Promise.reject(new Error("dropped")); await new Promise((done) => setTimeout(done, 100));';
    const ended = await run([write('dropped.ts', ownScenario({ slug: 'dropped', first })), '--reporter', 'json']);
    expect(ended.code).toBe(1);
    expect(ended.stderr).toMatch(/^An error occurred outside of every step: dropped\nAn act must return or await/);
    expect(JSON.parse(ended.stdout)).toMatchObject({ holds: false, error: expect.stringContaining('dropped') });
  });

  test.each([
    ['as it is loaded', 'leaves-early', (text: string) => `process.exit(0);${text}`],
    [
      'in a step',
      'leaves-later',
      (text: string) => text.replace('await alice.get', 'process.exit(0); await alice.get'),
    ],
  ])('a scenario file ends the process %s: that is not 0, whatever it says', async (_, slug, leaving) => {
    const ended = await run([write(`${slug}.ts`, leaving(ownScenario({ slug })))]);
    expect(ended.code).toBe(1);
    expect(ended.stderr).toBe('The run is incomplete: a scenario file ended the process.\n');
  });
});

describe('exit code 2: wrong usage, and nothing is played', () => {
  test.each([
    [['session-fixation', 'idletimeout'], 'There is no scenario "idletimeout". Did you mean idle-timeout?'],
    [['--variant='], '--variant cannot be "". Valid values are vulnerable, protected, both.'],
    [['./missing.ts', '--reporter', 'json'], 'There is no file'],
    [['./scenarios/'], 'is a folder; name the file of a scenario.'],
    [['.'], 'is a folder; name the file of a scenario.'],
  ])('%j', async (words, sentence) => {
    const ended = await run(words);
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toContain(sentence);
    expect(ended.stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  test('a folder for traces that cannot be written', async () => {
    const file = write('no-folder', '');
    const ended = await run(['session-fixation', '--trace', file]);
    expect(ended).toEqual({
      code: 2,
      stdout: '',
      stderr: `--trace: the folder ${file} cannot be written: there is a file of that name.\n`,
    });
  });

  test('a scenario whose weakness does not exist', async () => {
    const ended = await run([write('weak.ts', ownScenario({ slug: 'weak', weakness: 'none' })), '--reporter', 'json']);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toMatch(/^Scenario "weak": there is no weakness "none".* there are .*cookie-not-renewed,/);
    expect(JSON.parse(ended.stdout)).toMatchObject({ holds: false, scenarios: [] });
  });
});

describe('exit code 3: the infrastructure failed', () => {
  test('nothing listens where REDIS_URL leads', async () => {
    const environment = { REDIS_URL: `redis://:hunter2@127.0.0.1:${await freePort()}` };
    const ended = await run(['session-fixation', '--redis', 'real'], environment);
    expect(ended).toMatchObject({ code: 3, stdout: '' });
    expect(ended.stderr).toMatch(
      /^There is no real Redis: 127\.0\.0\.1:\d+ refuses connections: nothing listens there\.\n/,
    );
    expect(ended.stderr.trimEnd().split('\n')).toHaveLength(4);
    expectNoSecrets(ended);
  });

  test('REDIS_URL is malformed; JSON is still one document', async () => {
    const environment = { REDIS_URL: 'http://:hunter2@redis.example' };
    const ended = await run(['session-fixation', '--redis', 'real', '--reporter', 'json'], environment);
    expect(ended.code).toBe(3);
    expect(ended.stderr).toMatch(/^REDIS_URL has a protocol other than redis: and rediss:/);
    expect(JSON.parse(ended.stdout)).toEqual({
      redis: 'real',
      holds: false,
      ms: expect.any(Number),
      scenarios: [],
      error: ended.stderr.trimEnd(),
    });
    expectNoSecrets(ended);
  });

  test('Redis is lost in the middle', async () => {
    const doomed = await startTestServer();
    const words = ['idle-timeout', '--redis', 'real', '--real-time', '--reporter', 'json'];
    const { ended } = start(words, { REDIS_URL: doomed.url });
    await untilPlaying(doomed.url);
    await doomed.stop();
    const { code, stdout, stderr } = await ended;
    expect(code).toBe(3);
    expect(stderr).toMatch(/^Redis was lost during the run: .* nothing listens there\.\n$/);
    expect(JSON.parse(stdout)).toMatchObject({ holds: false, error: stderr.trimEnd() });
  });
});

test.skipIf(!hasSignals)('Ctrl-C ends it with 130, and nothing of ours is left in Redis', async () => {
  const words = ['idle-timeout', '--redis', 'real', '--real-time'];
  const { child, ended } = start(words, { REDIS_URL: server.url });
  await untilPlaying(server.url);
  child.kill('SIGINT');
  expect(await ended).toMatchObject({ code: 130, stderr: 'Interrupted (SIGINT).\n' });
  expect(await keysAt(server.url)).toEqual([]);
});

test.skipIf(!hasSignals)('Ctrl-C ends it also when a step waits for what never comes', async () => {
  const first = 'console.log("waiting"); await new Promise(() => {});';
  const { child, said, ended } = start([write('stuck.ts', ownScenario({ slug: 'stuck', first }))]);
  await vi.waitFor(() => expect(said.stderr).toContain('waiting'), { timeout: 15_000 });
  child.kill('SIGINT');
  expect(await ended).toMatchObject({ code: 130, stderr: expect.stringMatching(/Interrupted \(SIGINT\)\.\n$/) });
});

test.skipIf(!hasSignals)('Ctrl-C pressed twice ends it at once, with 130 as well', async () => {
  const first = 'console.log("waiting"); await new Promise(() => {});';
  const { child, said, ended } = start([write('stuck-twice.ts', ownScenario({ slug: 'stuck-twice', first }))]);
  await vi.waitFor(() => expect(said.stderr).toContain('waiting'), { timeout: 15_000 });
  child.kill('SIGINT');
  await new Promise((resolve) => setTimeout(resolve, 300));
  child.kill('SIGINT');
  expect(await ended).toMatchObject({ code: 130, stderr: expect.not.stringContaining('ended the process') });
});

test('a reader who leaves early, as head does, is no reason for a stack trace', async () => {
  const { child, said, ended } = start(['session-fixation']);
  child.stdout.destroy();
  expect((await ended).code).toBe(0);
  expect(said.stderr).toBe('');
});

test.each([
  ['without a terminal there are none', {}, false],
  ['FORCE_COLOR brings them', { FORCE_COLOR: '1' }, true],
  ['NO_COLOR keeps them away', { NO_COLOR: '1' }, false],
])('colours: %s', async (_, environment, coloured) => {
  const { stdout } = await run(['session-fixation'], environment);
  expect(stdout.includes('\u001b[')).toBe(coloured);
  expect(stdout).toContain('✓');
});

async function keysAt(url: string): Promise<string[]> {
  const observer = new Redis(url);
  const keys = await observer.keys('*');
  observer.disconnect();
  return keys;
}

async function untilPlaying(url: string): Promise<void> {
  await vi.waitFor(async () => expect(await keysAt(url)).toContainEqual(expect.stringContaining(':sess:')), {
    timeout: 15_000,
    interval: 50,
  });
}
