import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Trace } from '../../scenarios/engine/trace.ts';
import { playedScenario } from '../../testing/playedScenario.ts';
import { blocks } from '../readmeBlocks.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'session-sandbox-installed-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const npm = join(process.execPath, process.platform === 'win32' ? '../node_modules/npm/bin/npm-cli.js' : '../npm');
const execute = promisify(execFile);

async function inFolder(cwd: string, ...words: string[]) {
  // npm tells its own settings to what it starts, and they would name this project.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(npm_|INIT_CWD|VITEST)/i.test(name)),
  );
  const ran = await execute(process.execPath, words, { cwd, env }).catch((error) => error);
  return { code: ran.code ?? 0, stdout: String(ran.stdout), stderr: String(ran.stderr) };
}

const installed = (...words: string[]) =>
  inFolder(folder, join(folder, 'node_modules/session-sandbox/dist/server/cli/bin.js'), ...words);

// Installs what `npm ci` has fetched for this project; only what is missing comes from the registry.
beforeAll(async () => {
  const packed = await inFolder(root, npm, 'pack', '--json', '--silent', '--pack-destination', folder);
  expect(packed.code, packed.stderr).toBe(0);
  const archive = /session-sandbox-[\d.]+\.tgz/.exec(packed.stdout)![0];
  const words = ['install', '--prefer-offline', '--no-audit', '--no-fund', `./${archive}`];
  const { code, stderr } = await inFolder(folder, npm, ...words);
  expect(code, stderr).toBe(0);
}, 300_000);

test('it says its version, and lists the scenarios', async () => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  expect(await installed('--version')).toMatchObject({ code: 0, stdout: `${version}\n` });
  expect((await installed('list')).stdout).toContain('session-fixation');
});

test('it has the agendas of workshops', async () => {
  // The agenda is read first.
  const { code, stderr } = await installed('workshop', '--agenda', '90-minutes', '--port', 'http');
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('--port must be a number') });
});

test('it plays a scenario of its own, and names the lines of the app', async () => {
  const { code, stdout } = await installed('run', 'session-fixation', '--reporter', 'json', '--trace', 'traces');
  expect([code, JSON.parse(stdout).holds]).toEqual([0, true]);
  const { events } = JSON.parse(readFileSync(join(folder, 'traces/session-fixation.vulnerable.trace.json'), 'utf8'));
  const places = events.flatMap(({ code }: { code?: { file: string; line: number } }) => code ?? []);
  expect(places.length).toBeGreaterThan(10);
  for (const { file, line } of places) {
    // The published code has the lines of the source, which the page shows.
    expect(readFileSync(join(root, file), 'utf8').split('\n')[line - 1], `${file}:${line}`).toMatch(/\S/);
  }
});

/** Which line of the app each event is attributed to. A report does not wait for the end of the sandbox. */
const attributed = (trace: Trace) =>
  trace.events
    .filter(({ type }) => type !== 'ended')
    .map((event) => `${event.type} ${'code' in event && event.code ? `${event.code.file}:${event.code.line}` : ''}`);

// A stack of the package leads through the bundled express: the one with its own router, and Express 4 with another one.
test.each(['session-fixation', 'async-errors'])('%s has the lines that it has from source', async (slug) => {
  await installed('run', slug, '--variant', 'vulnerable', '--trace', 'traces');
  const trace = JSON.parse(readFileSync(join(folder, `traces/${slug}.vulnerable.trace.json`), 'utf8')) as Trace;
  expect(attributed(trace).toSorted()).toEqual(attributed(await playedScenario(slug, 'vulnerable')).toSorted());
});

test('it plays the scenario of the README from a folder of its own, and a type error in it is found', async () => {
  const source = blocks('ts')[0]!.replace('./engine/scenario.ts', 'session-sandbox');
  writeFileSync(join(folder, 'old-cookie.ts'), source);
  const { code, stdout, stderr } = await installed('run', './old-cookie.ts');
  expect(code, stdout + stderr).toBe(0);

  const compilerOptions = { module: 'nodenext', target: 'es2022', strict: true, noEmit: true, types: [] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['old-cookie.ts'] }));
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  expect(await inFolder(folder, compiler)).toMatchObject({ code: 0, stdout: '' });
  writeFileSync(join(folder, 'old-cookie.ts'), source.replace("'victim'", "'victimm'"));
  expect((await inFolder(folder, compiler)).stdout).toContain('Did you mean \'"victim"\'');
});

test('what is missing, wrong or broken is said without a stack', async () => {
  writeFileSync(join(folder, 'broken.ts'), 'export default {');
  for (const words of [
    ['run', 'no-such-scenario'],
    ['run', './broken.ts'],
    ['run', './nowhere.ts'],
    ['check', './nowhere.ts'],
  ]) {
    const { code, stderr } = await installed(...words);
    expect([words.join(' '), code]).toEqual([words.join(' '), 2]);
    expect(stderr).not.toMatch(/^\s+at /m);
  }
});
