import { styleText } from 'node:util';
import { type Command, Option } from 'commander';
import type { Caller } from '../caller.ts';
import { advise, newCommand } from '../command.ts';
import { exitCodes, FailedOutside, WrongUsage } from '../errors.ts';
import { importFile } from '../importFile.ts';
import { version } from '../version.ts';

const details = `
A recipe is a file of about 15 lines that says how one logs in, who is logged
in, and how one logs out. docs/check.md explains it. For your own systems only,
and never for production.

Exit code: 0 nothing fails, 1 something fails, 2 wrong usage, 3 the recipe does
not do what it says, the app does not answer, or the check was not finished.
`;

interface Given {
  reporter?: 'pretty' | 'json';
  trace?: string;
  wait?: boolean;
  rate?: number;
  budget?: number;
  iOwn?: string | true;
  redisUrl?: string;
  redisPrefix?: string;
}

/** `check`: plays black-box versions of the lessons against an app at a URL. */
export function checkCommand(caller: Caller, exit: (code: number) => void): Command {
  const option = (flags: string, help: string, advice: string, read?: (text: string) => unknown) => {
    const one = advise(new Option(flags, help), advice);
    return read ? one.argParser(read) : one;
  };
  return newCommand('check', { write: (text) => void caller.stdout.write(text) })
    .summary('check an app of your own')
    .description('Play black-box versions of the lessons against an app of your own.')
    .argument('<target>', 'a file that says how to log in to the app, such as ./shop.target.ts')
    .addOption(
      option(
        '--reporter <name>',
        'pretty, for people, or json, one JSON document [pretty]',
        'Valid values are pretty, json.',
        (text) => {
          if (text === 'pretty' || text === 'json') return text;
          throw new WrongUsage(`--reporter cannot be "${text}". Valid values are pretty, json.`);
        },
      ),
    )
    .addOption(
      option(
        '--trace <folder>',
        'write a trace of each probe to this folder; the page opens it',
        'Name a folder, such as --trace traces.',
      ),
    )
    .option('--wait', 'really wait for the timeouts that the recipe names')
    .addOption(
      option(
        '--rate <number>',
        'requests a second, or "unlimited"; only for an app on this machine [2]',
        rateAdvice,
        readRate,
      ),
    )
    .addOption(option('--budget <number>', 'the most requests [400]', budgetAdvice, readBudget))
    .option('--i-own [nonce]', 'a public address is yours; without a nonce, says how to show it')
    .addOption(
      option(
        '--redis-url <url>',
        'also watch the Redis of the app, without changing anything in it',
        'Such as redis://127.0.0.1:6379.',
      ),
    )
    .addOption(
      option('--redis-prefix <text>', 'how the keys begin that are watched [sess:]', 'Such as --redis-prefix sess:.'),
    )
    .addHelpText('after', details)
    .action(async (recipe: string, given: Given) => {
      caller.beforeScenarioFile({
        exitCode: exitCodes.infrastructureFailed,
        sentence: 'The recipe ended the process, so the check is not finished.',
      });
      // Imported here, because --help needs none of it.
      const { checkCommand } = await import('../../check/command.ts');
      try {
        exit(await checkCommand(commandOf(recipe, given, caller), outputOf(caller)));
      } catch (error) {
        if (!(error instanceof FailedOutside)) throw error;
        // Nothing was found out about the app.
        caller.stderr.write(`The recipe fails outside of its functions: ${error.message}\n`);
        exit(exitCodes.infrastructureFailed);
      }
    });
}

const commandOf = (recipe: string, given: Given, { folder, signal }: Caller) => ({
  ...{ recipe, folder, signal, load: (path: string) => importFile(path, signal), version: version() },
  ...{ reporter: given.reporter ?? ('pretty' as const), trace: given.trace ?? null },
  ...{ wait: given.wait ?? false, rate: given.rate, budget: given.budget },
  iOwn: given.iOwn === true ? '' : given.iOwn,
  redis: given.redisUrl === undefined ? null : { url: given.redisUrl, prefix: given.redisPrefix ?? 'sess:' },
});

const outputOf = ({ stdout, stderr }: Caller) => ({
  complain: (text: string) => void stderr.write(text),
  write: (text: string) => void stdout.write(text),
  columns: stdout.columns || 80,
  paint: (color: 'bold' | 'dim' | 'green' | 'red', text: string) => styleText(color, text, { stream: stdout }),
});

const rateAdvice = 'It is a number of requests a second, up to 1000, or "unlimited".';
function readRate(text: string): number {
  if (text === 'unlimited') return Number.POSITIVE_INFINITY;
  const rate = Number(text);
  if (text.trim() !== '' && rate >= 0.1 && rate <= 1000) return rate;
  throw new WrongUsage(`--rate cannot be "${text}". ${rateAdvice}`);
}

const budgetAdvice = 'It is a whole number from 1 to 10000.';
function readBudget(text: string): number {
  const budget = Number(text);
  if (/^\d+$/.test(text) && budget >= 1 && budget <= 10_000) return budget;
  throw new WrongUsage(`--budget cannot be "${text}". ${budgetAdvice}`);
}
