import type { Command } from 'commander';
import type { Caller } from '../caller.ts';
import { newCommand } from '../command.ts';
import { addSettings, resolveOptions } from '../options.ts';
import { type Settings, selecting } from '../settings.ts';

/** `list`: names the scenarios that `run` would play with the same words. */
export function listCommand(caller: Caller, exit: (code: number) => void): Command {
  const command = newCommand('list', { write: (text) => void caller.stdout.write(text) })
    .summary('list the scenarios')
    .description('List the scenarios in reading order.')
    .argument('[scenario...]', 'a slug, a chapter or a file');
  return addSettings(command, [...selecting, 'reporter']).action(async (wanted: string[], given: Partial<Settings>) => {
    const { commandLine } = await import('../commandLine.ts');
    exit(await commandLine({ ...resolveOptions(wanted, given), list: true }, caller));
  });
}
