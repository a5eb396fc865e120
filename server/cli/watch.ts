import { type FSWatcher, statSync, watch as watchFolder } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** An editor writes a file in several steps. Milliseconds. */
const settlesWithin = 100;

/** What is played, with the files that it depends on. */
export type Dependencies = ReadonlyMap<string, ReadonlySet<string>>;

interface Watched {
  /** Looks up again what each scenario file depends on. */
  dependencies: () => Dependencies;
  /** Plays these scenario files. */
  play: (files: readonly string[]) => Promise<void>;
  /** Aborts when the process should end. */
  signal: AbortSignal;
}

/** Plays everything, and then what has changed or imports what has changed, until it is told to end. */
export async function watch({ dependencies, play, signal }: Watched): Promise<void> {
  let known = dependencies();
  let stamps = stampsOf(known);
  await play([...known.keys()]);
  while (!signal.aborted) {
    const changed = () => changedFiles(stamps, stampsOf(known));
    // A file may also have changed while others were played.
    await nextChange(foldersOf(known), signal, () => changed().size > 0);
    const concerned = affected(known, changed());
    known = dependencies();
    stamps = stampsOf(known);
    if (concerned.length > 0 && !signal.aborted) await play(concerned);
  }
}

/** Returns what depends on a file that has changed. */
export const affected = (dependencies: Dependencies, changed: ReadonlySet<string>): string[] =>
  [...dependencies].filter(([, files]) => [...changed].some((file) => files.has(file))).map(([scenario]) => scenario);

/** When each file was changed; null for a file that does not exist. */
type Stamps = ReadonlyMap<string, string | null>;

function stampsOf(dependencies: Dependencies): Stamps {
  const files = new Set([...dependencies.values()].flatMap((set) => [...set]));
  return new Map([...files].map((file) => [file, stampOf(file)]));
}

function stampOf(file: string): string | null {
  const found = statSync(file, { throwIfNoEntry: false });
  return found ? `${found.mtimeMs} ${found.size}` : null;
}

/** Returns the files whose stamps differ. */
export const changedFiles = (before: Stamps, now: Stamps): Set<string> =>
  new Set([...now].filter(([file, stamp]) => before.get(file) !== stamp).map(([file]) => file));

const foldersOf = (dependencies: Dependencies): Set<string> =>
  new Set([...dependencies.values()].flatMap((files) => [...files].map((file) => dirname(file))));

/** Resolves a moment after something in these folders has changed, or when the signal aborts. Folders, because editors replace files. */
async function nextChange(
  folders: ReadonlySet<string>,
  signal: AbortSignal,
  alreadyChanged: () => boolean,
): Promise<void> {
  const watchers: FSWatcher[] = [];
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
    for (const folder of folders) watchers.push(watchFolder(folder, () => resolve()).on('error', () => resolve()));
    if (alreadyChanged()) resolve();
  });
  for (const watcher of watchers) watcher.close();
  await wait(settlesWithin, undefined, { signal }).catch(() => {});
}
