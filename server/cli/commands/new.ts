import type { Command } from 'commander';
import type { Caller } from '../caller.ts';
import { newCommand } from '../command.ts';

/** `new`: writes a scenario file to start from. */
export function newScenarioCommand(caller: Caller, exit: (code: number) => void): Command {
  return newCommand('new', { write: (text) => void caller.stdout.write(text) })
    .summary('write a scenario of your own')
    .description('Write a scenario file that can be played at once, to start from.')
    .argument('<file>', 'the file to write, such as my-lesson.ts')
    .action(async (file: string) => {
      const { writeScenario } = await import('../newScenario.ts');
      caller.stdout.write(writeScenario(file, caller.folder));
      exit(0);
    });
}
