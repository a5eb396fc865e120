import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runName } from '../../scenarios/engine/repairs.ts';
import { WrongUsage } from './errors.ts';
import type { Reporter } from './reporter.ts';

/**
 * Creates the folder if necessary, and checks that it can be written before anything is played.
 *
 * @throws WrongUsage when it cannot be written
 */
export function openTraceFolder(folder: string): string {
  writing(folder, () => {
    mkdirSync(folder, { recursive: true });
    // Permissions do not reveal that a disk is full or read-only. Writing a file does.
    const probe = join(folder, `.can-be-written-${process.pid}`);
    writeFileSync(probe, '');
    rmSync(probe);
  });
  return folder;
}

/** Returns a reporter that also writes the trace of each run to a file. Like every report, it holds no secrets. */
export function writingTraces(folder: string, reporter: Reporter): Reporter {
  return {
    ...reporter,
    played(scenario, runs) {
      for (const { trace } of runs) {
        const file = join(folder, `${scenario.slug}.${runName(trace.header)}.trace.json`);
        writing(folder, () => writeFileSync(file, `${JSON.stringify(trace)}\n`));
      }
      reporter.played(scenario, runs);
    },
  };
}

function writing(folder: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new WrongUsage(`--trace: the folder ${folder} cannot be written: ${reasons[code ?? ''] ?? message}.`);
  }
}

const reasons: Record<string, string> = {
  EACCES: 'you have no permission',
  EPERM: 'you have no permission',
  EROFS: 'it is on a read-only disk',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of its path is a file',
  EEXIST: 'there is a file of that name',
  EISDIR: 'one of the files to write is a folder',
};
