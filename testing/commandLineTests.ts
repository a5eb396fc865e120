/** For tests: what the command line must do, whether a test calls it or starts it as a process. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { scenarios } from '../scenarios/index.ts';
import { freePort } from '../server/redis/guard.ts';
import { ownScenario } from './commandLine.ts';
import { type Ended, type Run, startProcess } from './commandLineRuns.ts';
import { startTestServer, type TestServer } from './redisServer.ts';

const passwords = ['rabbit-hole-7', 'hunter2'];
/** A session id has 32 characters. */
const wholeSessionId = /[\w-]{32}/;

/** Defines the tests. `run` runs the command line to its end. */
export function testCommandLine(run: Run): void {
  const folder = mkdtempSync(join(tmpdir(), 'session-sandbox-command-line-'));
  let server: TestServer;

  beforeAll(async () => {
    server = await startTestServer({ password: 'hunter2' });
  });
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  function write(name: string, content: string): string {
    const file = join(folder, name);
    writeFileSync(file, content);
    return file;
  }

  describe('exit code 0: everything holds', () => {
    test('the scenarios are played in the order of the command, and the report is JSON and nothing else', async () => {
      const slugs = ['rolling-refresh', 'session-fixation'];
      const ended = await run(['--reporter', 'json', ...slugs]);
      expect(ended).toMatchObject({ code: 0, stderr: '' });
      const { redis, holds, ms, scenarios: played } = JSON.parse(ended.stdout);
      expect({ redis, holds }).toEqual({ redis: 'mock', holds: true });
      expect(ms).toBeGreaterThan(0);
      expect(played.map(({ slug }: { slug: string }) => slug)).toEqual(slugs);
      expectNoSecrets(ended);
    });

    test('a scenario is played on a real Redis, and the report is for people', async () => {
      const ended = await run(['idle-timeout', '--redis', 'real'], { redisUrl: server.url });
      expect(ended).toMatchObject({ code: 0, stderr: '' });
      expect(ended.stdout).toContain(`Redis: real, 127.0.0.1:${server.port}.`);
      expect(ended.stdout).toMatch(/✓ 1 scenario, 2 runs, 10 asks, all hold \(.+\)\n$/);
      expectNoSecrets(ended);
    });

    test('a scenario file is played against one variant, with hashes of another cost', async () => {
      const file = write('own.ts', ownScenario({ slug: 'own' }));
      const ended = await run([file, '--variant', 'protected', '--bcrypt-cost', '5', '--reporter=json']);
      expect(ended).toMatchObject({ code: 0, stderr: '' });
      expect(Object.keys(JSON.parse(ended.stdout).scenarios[0].variants)).toEqual(['protected']);
    });

    test('--trace writes the trace of each run into a folder, relative to where the command was typed', async () => {
      const words = ['session-fixation', '--variant', 'protected', '--trace', 'traces', '--reporter', 'json'];
      const ended = await run(words, { folder });
      expect(ended).toMatchObject({ code: 0, stderr: '' });
      expect(JSON.parse(ended.stdout).scenarios).toHaveLength(1);
      expect(readdirSync(join(folder, 'traces'))).toEqual(['session-fixation.protected.trace.json']);
      const written = readFileSync(join(folder, 'traces', 'session-fixation.protected.trace.json'), 'utf8');
      // A session id has 32 characters, a signature 43. The name of a basket is longer than the former, and no secret.
      expect(written).not.toMatch(/(sess:|s%3A)[\w-]{7}|(?<![\w-])([\w-]{32}|[\w-]{43})(?![\w-])/);
      for (const password of passwords) expect(written).not.toContain(password);
      const { version, events } = JSON.parse(written);
      expect(version).toBe(2);
      expect(events.at(-1)).toMatchObject({ type: 'step-ended' });
    });

    test('on the mock, a malformed REDIS_URL does not matter', async () => {
      expect(await run(['session-fixation'], { redisUrl: 'nonsense' })).toMatchObject({ code: 0 });
    });

    test('--list names every scenario', async () => {
      const listed = await run(['--list']);
      expect(listed).toMatchObject({ code: 0, stderr: '' });
      const names = listed.stdout.split('\n').map((line) => line.split(' ')[0]);
      expect(names).toEqual([...scenarios.map(({ slug }) => slug), '']);
      const asJson = await run(['--list', '--reporter', 'json', 'idle-timeout']);
      expect(JSON.parse(asJson.stdout)).toMatchObject([{ slug: 'idle-timeout', chapter: 'lifetime' }]);
    });

    test('--help names every option, in lines that fit a terminal', async () => {
      const helped = await run(['--help']);
      expect(helped).toMatchObject({ code: 0, stderr: '' });
      expect(helped.stdout).toContain('--bcrypt-cost');
      expect(Math.max(...helped.stdout.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(80);
    });
  });

  test('exit code 1: an ask does not hold', async () => {
    const file = write('wrong.ts', ownScenario({ slug: 'wrong', expected: 'perhaps' }));
    const pretty = await run([file]);
    expect(pretty).toMatchObject({ code: 1, stderr: '' });
    expect(pretty.stdout).toMatch(/question {2}Is her cookie sent again\?\n {4}expected {2}perhaps\n {4}actual {4}yes/);
    expect(pretty.stdout).toContain('1 does not hold');
    expectNoSecrets(pretty);
    const json = await run([file, '--reporter', 'json']);
    expect(json).toMatchObject({ code: 1, stderr: '' });
    expect(JSON.parse(json.stdout)).toMatchObject({
      holds: false,
      scenarios: [{ variants: { vulnerable: { holds: true }, protected: { holds: false } } }],
    });
    expectNoSecrets(json);
  });

  describe('exit code 2: the command is wrong, and nothing is played', () => {
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

    test('the folder for traces cannot be written', async () => {
      const file = write('no-folder', '');
      expect(await run(['session-fixation', '--trace', file])).toEqual({
        code: 2,
        stdout: '',
        stderr: `--trace: the folder ${file} cannot be written: there is a file of that name.\n`,
      });
    });

    test('the weakness of a scenario file does not exist', async () => {
      const file = write('weak.ts', ownScenario({ slug: 'weak', weakness: 'none' }));
      const ended = await run([file, '--reporter', 'json']);
      expect(ended.code).toBe(2);
      expect(ended.stderr).toMatch(/^Scenario "weak": there is no weakness "none".* there are .*cookie-not-renewed,/);
      expect(JSON.parse(ended.stdout)).toMatchObject({ holds: false, scenarios: [] });
    });
  });

  describe('exit code 3: the infrastructure failed', () => {
    test('nothing listens at REDIS_URL', async () => {
      const redisUrl = `redis://:hunter2@127.0.0.1:${await freePort()}`;
      const ended = await run(['session-fixation', '--redis', 'real'], { redisUrl });
      expect(ended).toMatchObject({ code: 3, stdout: '' });
      expect(ended.stderr).toMatch(
        /^There is no real Redis: 127\.0\.0\.1:\d+ refuses connections: nothing listens there\.\n/,
      );
      expect(ended.stderr.trimEnd().split('\n')).toHaveLength(4);
      expectNoSecrets(ended);
    });

    test('REDIS_URL is malformed, and the report is still one JSON document', async () => {
      const words = ['session-fixation', '--redis', 'real', '--reporter', 'json'];
      const ended = await run(words, { redisUrl: 'http://:hunter2@redis.example' });
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

    test('Redis is lost during the run', async () => {
      const doomed = await startTestServer();
      const words = ['idle-timeout', '--redis', 'real', '--real-time', '--reporter', 'json'];
      const running = run(words, { redisUrl: doomed.url });
      await untilPlaying(doomed.url);
      await doomed.stop();
      const { code, stdout, stderr } = await running;
      expect(code).toBe(3);
      expect(stderr).toMatch(/^Redis was lost during the run: .* nothing listens there\.\n$/);
      expect(JSON.parse(stdout)).toMatchObject({ holds: false, error: stderr.trimEnd() });
    });
  });
}

function expectNoSecrets({ stdout, stderr }: Ended): void {
  for (const written of [stdout, stderr]) {
    expect(written).not.toMatch(wholeSessionId);
    for (const password of passwords) expect(written).not.toContain(password);
  }
}

export async function keysAt(url: string): Promise<string[]> {
  const observer = new Redis(url);
  const keys = await observer.keys('*');
  observer.disconnect();
  return keys;
}

/** Resolves when a scenario has stored a session in that Redis. */
export async function untilPlaying(url: string): Promise<void> {
  await vi.waitFor(async () => expect(await keysAt(url)).toContainEqual(expect.stringContaining(':sess:')), {
    timeout: 30_000,
    interval: 50,
  });
}

/** A file that takes nothing, as on a full disk. Only Linux has it. */
const fullDisk = '/dev/full';
export const canFillDisk = existsSync(fullDisk);

export async function expectFullDisk(words: readonly string[]): Promise<void> {
  const { ended } = startProcess(words, { output: fullDisk });
  expect(await ended).toEqual({ code: 3, stdout: '', stderr: 'The report cannot be written: the disk is full.\n' });
}
