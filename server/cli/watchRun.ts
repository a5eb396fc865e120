import type { Caller } from './caller.ts';
import { selectWith } from './commandLine.ts';
import { filesOf } from './imports.ts';
import type { Options } from './options.ts';
import { watch } from './watch.ts';
import { count } from './words.ts';

/**
 * Plays what the options select, and then plays again what changes, until the process is told to end.
 *
 * @param configFile what every scenario depends on; null when there is none
 */
export async function watchRun(options: Options, configFile: string | null, caller: Caller): Promise<void> {
  const selected = await selectWith(options, caller);
  const dependencies = () =>
    new Map(
      selected.map((one) => {
        const files = filesOf(one);
        return [one.file, configFile === null ? files : files.add(configFile)];
      }),
    );
  await watch({
    dependencies,
    async play(files) {
      const only = files.length === selected.length ? [] : files.flatMap((file) => ['--only', file]);
      await caller.startAgain((words) => [...words.filter((word) => word !== '--watch'), ...only]);
      if (caller.signal.aborted) return;
      caller.stderr.write(`\nWatching ${count(selected.length, 'scenario')} and what they import. Ctrl-C ends it.\n`);
    },
    signal: caller.signal,
  });
}
