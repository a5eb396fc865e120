/** Writing what must not be lost: the report and the traces. */
import { closeSync, fstatSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { Writable } from 'node:stream';

/** Writes all of a text. A disk that is nearly full may take only a part of it at a time, without an error. */
function writeAll(file: number, text: string | Buffer): void {
  const bytes = Buffer.from(text);
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
}

/** Replaces a file as a whole: when this throws, the file is as it was before. */
export function replaceFile(name: string, text: string): void {
  const draft = `${name}.${process.pid}.part`;
  try {
    const file = openSync(draft, 'w');
    try {
      writeAll(file, text);
    } finally {
      closeSync(file);
    }
    renameSync(draft, name);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/** Writes a file that did not exist, whole or not at all. Throws when it does exist. */
export function createFile(name: string, text: string): void {
  const file = openSync(name, 'wx');
  try {
    writeAll(file, text);
  } catch (error) {
    rmSync(name, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
}

type Output = Writable & { columns?: number; fd: number };

/** Standard output, and whether everything that was written has arrived. */
export interface Report {
  stream: Writable & { columns?: number };
  /** Resolves when everything is written, to why something is not; to null when all of it is. */
  finished(): Promise<NodeJS.ErrnoException | null>;
}

export function reportTo(output: Output): Report {
  let failure: NodeJS.ErrnoException | null = null;
  const stream = leadsToFile(output.fd) ? fileStream(output.fd) : output;
  // The run continues when it fails, because its answers still matter.
  stream.on('error', (error) => {
    failure ??= error;
  });
  return {
    stream,
    async finished() {
      await new Promise((resolve) => stream.end(resolve));
      return failure;
    },
  };
}

/** A terminal, a pipe and a socket report their own errors. */
function leadsToFile(file: number): boolean {
  try {
    const found = fstatSync(file);
    return found.isFile() || (found.isCharacterDevice() && !process.stdout.isTTY);
  } catch {
    return false;
  }
}

const fileStream = (file: number): Writable =>
  new Writable({
    // A failed write must not end the stream: what follows would be an error of its own.
    autoDestroy: false,
    write(chunk, _, done) {
      done(errorOf(() => writeAll(file, chunk)));
    },
    final(done) {
      // Some disks report only here that they are full.
      const error = errorOf(() => fsyncSync(file));
      done(error && ['EINVAL', 'ENOTSUP', 'EROFS'].includes(error.code ?? '') ? null : error);
    },
  });

function errorOf(work: () => void): NodeJS.ErrnoException | null {
  try {
    work();
    return null;
  } catch (error) {
    return error as NodeJS.ErrnoException;
  }
}

const reasons: Record<string, string> = {
  EACCES: 'you have no permission',
  EPERM: 'you have no permission',
  EROFS: 'it is on a read-only disk',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk is full',
  EFBIG: 'it would be larger than a file may be',
  ENOTDIR: 'a part of its path is a file',
  EEXIST: 'there is a file of that name',
  EISDIR: 'one of the files to write is a folder',
  ENOENT: 'it does not exist any more',
  EPIPE: 'its reader has left',
  EIO: 'the disk reports an error',
};

/** Returns why something could not be written, as the rest of a sentence. */
export const whyNotWritten = ({ code, message }: NodeJS.ErrnoException): string => reasons[code ?? ''] ?? message;
