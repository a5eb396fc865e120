/** A real browser leaves nothing behind, however the run ends. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startProcess } from '../../testing/commandLineRuns.ts';
import { hasSignals } from '../../testing/redisServer.ts';

let folder: string;
beforeEach(() => {
  // A browser's socket has a long name, and a path may not be longer than that of the system's own folder.
  folder = mkdtempSync(join(tmpdir(), 'left-'));
  vi.stubEnv('TMPDIR', folder);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Returns what is in the folder for temporary files, but for the cache of the loader. */
const leftFiles = () => readdirSync(folder).filter((name) => !name.startsWith('tsx-') && name !== 'node-compile-cache');

/** Returns the processes whose command names the folder, as a browser's does. Only where there is /proc. */
const leftProcesses = () =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(`${folder}/session-sandbox-chromium-`);
      } catch {
        return false;
      }
    });

const start = (...words: string[]) => startProcess([...words, '--variant', 'protected', '--browser', 'chromium']);

const untilPlaying = () =>
  vi.waitFor(() => expect(leftProcesses().length).toBeGreaterThan(3), { timeout: 60_000, interval: 20 });

async function expectNothingLeft(): Promise<void> {
  await vi.waitFor(() => expect(leftProcesses()).toEqual([]), { timeout: 10_000, interval: 50 });
  expect(leftFiles()).toEqual([]);
}

const canLook = process.platform === 'linux';

test.skipIf(!canLook)('after a run that holds', async () => {
  expect(await start('session-fixation').ended).toMatchObject({ code: 0 });
  await expectNothingLeft();
});

test.skipIf(!canLook)('after a scenario file that ends the process', async () => {
  const file = join(folder, '..', `${folder.split('/').at(-1)}-exits.ts`);
  const usual = new URL('../../scenarios/session-fixation.ts', import.meta.url).href;
  const exiting = [
    `import usual from '${usual}';`,
    'const [first, ...others] = usual.steps;',
    'export default { ...usual, steps: [{ ...first, act: () => process.exit(0) }, ...others] };',
  ];
  writeFileSync(file, exiting.join('\n'));
  try {
    expect(await start(file).ended).toMatchObject({ code: 1, stderr: expect.stringContaining('ended the process') });
    await expectNothingLeft();
  } finally {
    rmSync(file);
  }
});

test.skipIf(!canLook || !hasSignals)('after its browser was killed: exit code 3 and a sentence', async () => {
  const { ended } = start('idle-timeout', '--real-time');
  await untilPlaying();
  for (const pid of leftProcesses()) {
    try {
      process.kill(Number(pid), 'SIGKILL');
    } catch {}
  }
  expect(await ended).toMatchObject({
    code: 3,
    stderr: expect.stringMatching(/^(Chromium \d+ ended during the run|.+ does not start)/),
  });
  await expectNothingLeft();
});

test.skipIf(!canLook || !hasSignals)('after two times Ctrl-C while the browser starts', async () => {
  const { child, ended } = start('session-fixation');
  await vi.waitFor(() => expect(leftProcesses()).not.toEqual([]), { timeout: 60_000, interval: 5 });
  child.kill('SIGINT');
  await new Promise((resolve) => setTimeout(resolve, 20));
  child.kill('SIGINT');
  expect(await ended).toMatchObject({ code: 130 });
  await expectNothingLeft();
});

test.skipIf(!canLook || !hasSignals).each([[1], [2]])('after %i times Ctrl-C', async (times) => {
  const { child, ended } = start('idle-timeout', '--real-time');
  await untilPlaying();
  for (let time = 0; time < times; time++) {
    child.kill('SIGINT');
    // Two signals of a kind at once are one.
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  expect(await ended).toMatchObject({ code: 130 });
  await expectNothingLeft();
});
