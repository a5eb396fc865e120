import type { Command } from 'commander';
import type { Caller } from '../caller.ts';
import { newCommand } from '../command.ts';
import { WrongUsage } from '../errors.ts';

/** `check`: plays black-box versions of the lessons against an app at a URL. */
export function checkCommand(caller: Caller, _exit: (code: number) => void): Command {
  return newCommand('check', { write: (text) => void caller.stdout.write(text) })
    .summary('check an app of your own')
    .description('Play black-box versions of the lessons against an app of your own.')
    .argument('<target>', 'a file that says how to log in to the app')
    .action(async () => {
      throw new WrongUsage('This version cannot check an app yet.');
    });
}
