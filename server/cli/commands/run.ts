import type { Command } from 'commander';
import type { Caller } from '../caller.ts';
import { newCommand } from '../command.ts';
import { addSettings, resolveOptions } from '../options.ts';
import { type Settings, settings } from '../settings.ts';

const details = `
Without a scenario, all are played. A file is a scenario of your own: a path
with a slash or ending in .ts or .js, whose default export is scenario({ … }).

Exit code: 0 everything holds, 1 an answer is not the expected one,
2 wrong usage, 3 the infrastructure failed (no Redis, no port, a full disk), or
nobody read the whole report.

docs/command-line.md describes the reports, the configuration and all options.
For a script, keep npm itself quiet:
  npm run -s scenarios -- session-fixation --reporter json
`;

/** `run`: plays scenarios and reports on them. */
export function runCommand(caller: Caller, exit: (code: number) => void): Command {
  const command = newCommand('run', { write: (text) => void caller.stdout.write(text) })
    .summary('play scenarios and check the answers')
    .description('Play the scenarios against real HTTP servers and check the answers.')
    .argument('[scenario...]', 'a slug, a chapter or a file')
    .addHelpText('after', details);
  return addSettings(command, Object.keys(settings) as (keyof Settings)[]).action(
    async (wanted: string[], typed: Partial<Settings>) => {
      // Imported here, because --help needs none of it.
      const { readConfig } = await import('../config.ts');
      const config = await readConfig(typed.config, caller);
      const options = resolveOptions(wanted.length > 0 ? wanted : config.wanted, { ...config.given, ...typed });
      if (options.watch) {
        const { watchRun } = await import('../watchRun.ts');
        await watchRun(options, config.file, caller);
        return;
      }
      const { commandLine } = await import('../commandLine.ts');
      exit(await commandLine(options, caller));
    },
  );
}
