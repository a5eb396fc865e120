import type { Command } from 'commander';
import type { Caller } from '../caller.ts';
import { newCommand } from '../command.ts';
import { addSettings, resolveOptions } from '../options.ts';
import { type Settings, selecting } from '../settings.ts';

/** The reporters of a configuration are for runs, and write files. */
const listing = [...selecting, 'config', 'reporter'] as const;

/** `list`: names the scenarios that `run` would play with the same words. */
export function listCommand(caller: Caller, exit: (code: number) => void): Command {
  const command = newCommand('list', { write: (text) => void caller.stdout.write(text) })
    .summary('list the scenarios')
    .description('List the scenarios in reading order.')
    .argument('[scenario...]', 'a slug, a chapter or a file');
  return addSettings(command, listing).action(async (wanted: string[], typed: Partial<Settings>) => {
    const { readConfig } = await import('../config.ts');
    const config = await readConfig(typed.config, caller);
    const selected = Object.fromEntries(
      selecting.map((name) => [name, config.given[name]]).filter(([, value]) => value),
    );
    const { commandLine } = await import('../commandLine.ts');
    const options = resolveOptions(wanted.length > 0 ? wanted : config.wanted, { ...selected, ...typed });
    exit(await commandLine({ ...options, list: true }, caller));
  });
}
