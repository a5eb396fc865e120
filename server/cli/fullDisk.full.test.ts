/** A disk of 1 MB that is really full, with what the command line writes to it. Only root can mount one. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { startProcess } from '../../testing/commandLineRuns.ts';
import { writeScenario } from './newScenario.ts';

const disk = mkdtempSync(join(tmpdir(), 'session-sandbox-disk-'));
const whyNot = mountDisk();
afterAll(() => {
  if (whyNot === null) spawnSync('umount', [disk]);
  rmSync(disk, { recursive: true });
});
afterEach(() => {
  for (const name of readdirSync(disk)) rmSync(join(disk, name), { recursive: true });
});

/** Returns why there is no such disk here; null when there is one. */
function mountDisk(): string | null {
  if (process.platform !== 'linux') return 'a tmpfs is mounted on Linux only';
  const { status, stderr, error } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk]);
  return status === 0 ? null : `no tmpfs can be mounted: ${error?.message ?? String(stderr).trim()}`;
}

/** Fills the disk but for so many bytes. */
function fill(left: number): void {
  const rest = join(disk, 'rest');
  writeFileSync(rest, '.'.repeat(left));
  try {
    for (let count = 0; ; count++) writeFileSync(join(disk, `full-${count}`), '.'.repeat(4096));
  } catch (error) {
    expect((error as NodeJS.ErrnoException).code).toBe('ENOSPC');
  }
  rmSync(rest);
}

const others = () => readdirSync(disk).filter((name) => !name.startsWith('full-'));

describe.skipIf(whyNot !== null)(`on a full disk${whyNot === null ? '' : ` (skipped: ${whyNot})`}`, () => {
  test('a report in a file is not written, the one before stays, and the exit code is 3', async () => {
    const file = join(disk, 'report.json');
    writeFileSync(file, 'the report of yesterday');
    fill(0);
    const { code, stderr, stdout } = await startProcess([
      'session-fixation',
      '--reporter',
      'pretty',
      '--reporter',
      `json=${file}`,
    ]).ended;
    expect([code, stderr]).toEqual([3, `The report ${file} cannot be written: the disk is full.\n`]);
    expect(stdout).toContain('all hold');
    expect(others()).toEqual(['report.json']);
    expect(readFileSync(file, 'utf8')).toBe('the report of yesterday');
  });

  test('a report on standard output is cut, and the exit code is 3', async () => {
    const output = join(disk, 'out.json');
    fill(0);
    const { code, stderr } = await startProcess(['session-fixation', '--reporter', 'json'], { output }).ended;
    expect([code, stderr]).toEqual([3, 'The report cannot be written: the disk is full.\n']);
  });

  test('no trace is left cut, and the exit code is 3', async () => {
    const folder = join(disk, 'traces');
    mkdirSync(folder);
    // A part of a trace fits.
    fill(16_384);
    const { code, stderr } = await startProcess(['session-fixation', '--trace', folder]).ended;
    expect([code, stderr]).toEqual([3, `--trace: the folder ${folder} cannot be written: the disk is full.\n`]);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('a new scenario is written whole or not at all', () => {
    fill(0);
    expect(() => writeScenario('my-lesson.ts', disk)).toThrow('my-lesson.ts cannot be written: the disk is full.');
    expect(others()).toEqual([]);
  });
});
