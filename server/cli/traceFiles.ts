import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runName } from '../../scenarios/engine/repairs.ts';
import { InfrastructureFailed, WrongUsage } from './errors.ts';
import type { Reporter } from './reporter.ts';
import { replaceFile, whyNotWritten } from './writing.ts';

/**
 * Creates the folder if necessary, and checks that it can be written before anything is played.
 *
 * @throws WrongUsage when it cannot be written
 */
export function openTraceFolder(folder: string): string {
  writing(
    folder,
    () => {
      mkdirSync(folder, { recursive: true });
      // Permissions do not reveal that a disk is full or read-only. Writing a file does.
      const probe = join(folder, `.can-be-written-${process.pid}`);
      writeFileSync(probe, '');
      rmSync(probe);
    },
    WrongUsage,
  );
  return folder;
}

/** Returns a reporter that also writes the trace of each run to a file, whole or not at all. Like every report, it holds no secrets. */
export function writingTraces(folder: string, reporter: Reporter): Reporter {
  return {
    ...reporter,
    played(scenario, runs) {
      for (const { trace } of runs) {
        const file = join(folder, `${scenario.slug}.${runName(trace.header)}.trace.json`);
        writing(folder, () => replaceFile(file, `${JSON.stringify(trace)}\n`), InfrastructureFailed);
      }
      reporter.played(scenario, runs);
    },
  };
}

function writing(folder: string, work: () => void, Failed: typeof WrongUsage | typeof InfrastructureFailed): void {
  try {
    work();
  } catch (error) {
    throw new Failed(`--trace: the folder ${folder} cannot be written: ${whyNotWritten(error as Error)}.`);
  }
}
