import type { Command } from 'commander';
import type { Caller } from '../caller.ts';
import { newCommand } from '../command.ts';
import { addSettings, resolve } from '../options.ts';
import type { Settings } from '../settings.ts';

/** `list`: names the scenarios. */
export function listCommand(caller: Caller, exit: (code: number) => void): Command {
  const command = newCommand('list', { write: (text) => void caller.stdout.write(text) })
    .summary('list the scenarios')
    .description('List the scenarios in reading order.')
    .argument('[scenario...]', 'a slug or a file');
  return addSettings(command, ['reporter']).action(async (wanted: string[], given: Partial<Settings>) => {
    const { commandLine } = await import('../commandLine.ts');
    exit(await commandLine({ ...resolve(wanted, given), list: true }, caller));
  });
}
