import type { Command } from 'commander';
import type { Caller } from './caller.ts';
import { newCommand, Printed } from './command.ts';
import { checkCommand } from './commands/check.ts';
import { listCommand } from './commands/list.ts';
import { newScenarioCommand } from './commands/new.ts';
import { runCommand } from './commands/run.ts';
import { serveCommand } from './commands/serve.ts';
import { workshopCommand } from './commands/workshop.ts';
import { exitCodes, FailedOutside, Stopped, WrongUsage } from './errors.ts';
import { version } from './version.ts';
import { didYouMean } from './words.ts';

/**
 * Runs `session-sandbox` with these words, and writes its report and its errors.
 *
 * @returns the exit code
 */
export const program = (words: readonly string[], caller: Caller): Promise<number> =>
  execute(caller, async (exit) => {
    const output = { write: (text: string) => void caller.stdout.write(text) };
    const program = newCommand('session-sandbox', output)
      .description('Watch session-based authentication work and fail. Without a command, the page is served.')
      .version(version(), '-V, --version', 'show the version')
      .helpCommand('help [command]', 'show the help of a command')
      .addHelpText('after', `\n${exitCodesText}`);
    const commands = [runCommand, listCommand, checkCommand, newScenarioCommand, workshopCommand];
    for (const create of commands) program.addCommand(create(caller, exit));
    program.addCommand(serveCommand(caller, exit), { isDefault: true });
    requireCommand(words, program);
    await program.parseAsync(words, { from: 'user' });
  });

/** Runs the command line of `npm run scenarios`: the command `run` alone. */
export const scenarioProgram = (words: readonly string[], caller: Caller): Promise<number> =>
  execute(caller, async (exit) => {
    const command = runCommand(caller, exit).name('npm run scenarios --');
    await command.parseAsync(words, { from: 'user' });
  });

const exitCodesText = `Exit code: 0 everything holds, 1 an answer is not the expected one,
2 wrong usage, 3 the infrastructure failed (no Redis, no port, a full disk).
`;

/** A first word that is no command would reach the default command, which takes no words. */
function requireCommand([first = '-']: readonly string[], program: Command): void {
  const names = program.commands.map((command) => command.name());
  if (first.startsWith('-') || first === 'help' || names.includes(first)) return;
  const meant = didYouMean(first, names) || ` To play a scenario: session-sandbox run ${first}.`;
  throw new WrongUsage(`There is no command "${first}".${meant} The commands are ${names.join(', ')}.`);
}

async function execute(caller: Caller, work: (exit: (code: number) => void) => Promise<void>): Promise<number> {
  let exitCode: number = exitCodes.everythingHolds;
  try {
    await work((code) => {
      exitCode = code;
    });
    return exitCode;
  } catch (error) {
    if (error instanceof Printed) return exitCodes.everythingHolds;
    const { message, advice, exitCode } = error instanceof Stopped ? error : new FailedOutside(error);
    caller.stderr.write(`${[message, ...advice].join('\n')}\n`);
    return exitCode;
  }
}
