import { rmSync, statSync, writeFileSync } from 'node:fs';
import { InfrastructureFailed, WrongUsage } from './errors.ts';
import type { Output, Reporter } from './reporter.ts';
import { replaceFile, whyNotWritten } from './writing.ts';

/** Keeps what is written until the end. A reader of the file finds all of it, or what was there before. */
export function inFile(path: string, typed: string, make: (output: Output) => Reporter): Reporter {
  let text = '';
  const reporter = make({
    write: (more) => {
      text += more;
    },
    columns: 100,
    paint: (_, painted) => painted,
  });
  return {
    ...reporter,
    finished(outcome) {
      reporter.finished(outcome);
      try {
        replaceFile(path, text);
      } catch (error) {
        throw new InfrastructureFailed(`The report ${typed} cannot be written: ${whyNotWritten(error as Error)}.`);
      }
    },
  };
}

/** Before anything is played. Permissions do not reveal a read-only or full disk. Writing a file does. */
export function requireWritable(path: string, typed: string): void {
  const probe = `${path}.${process.pid}.part`;
  try {
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' });
    writeFileSync(probe, '');
    rmSync(probe);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'its folder does not exist' : whyNotWritten(error as Error);
    throw new WrongUsage(`--reporter: the file ${typed} cannot be written: ${why}.`);
  }
}
