import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { WrongUsage } from './errors.ts';
import type { Reporter } from './reporter.ts';

/**
 * A folder that traces can be written to; made where there is none.
 * @throws WrongUsage when it cannot be written, before anything was played for nothing
 */
export function openTraceFolder(folder: string): string {
  writing(folder, () => {
    mkdirSync(folder, { recursive: true });
    // Permissions do not tell of a disk that is full or read-only; a file does.
    const probe = join(folder, `.can-be-written-${process.pid}`);
    writeFileSync(probe, '');
    rmSync(probe);
  });
  return folder;
}

/** The reporter, and beside it a file for each run: its trace, with session ids shortened as in every report. */
export function writingTraces(folder: string, reporter: Reporter): Reporter {
  return {
    ...reporter,
    played(scenario, runs) {
      for (const { variant, trace } of runs) {
        const file = join(folder, `${scenario.slug}.${variant}.trace.json`);
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
    throw new WrongUsage(
      `--trace: the folder ${folder} cannot be written: ${reasonOf(error as NodeJS.ErrnoException)}.`,
    );
  }
}

const reasons: Record<string, string> = {
  EACCES: 'you have no permission',
  EPERM: 'you have no permission',
  EROFS: 'it is on a disk that is read-only',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of its path is a file',
  EEXIST: 'there is a file of that name',
  EISDIR: 'one of the files to write is a folder',
};

const reasonOf = ({ code, message }: NodeJS.ErrnoException) => reasons[code ?? ''] ?? message;
