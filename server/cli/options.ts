import { parseArgs } from 'node:util';
import type { Pace, StoreKind, Variant } from '../../scenarios/engine/trace.ts';
import { WrongUsage } from './errors.ts';
import { didYouMean } from './text.ts';

export const reporters = ['pretty', 'json'] as const;
export type ReporterName = (typeof reporters)[number];

const stores = ['mock', 'real'] as const;
const variants = ['vulnerable', 'protected', 'both'] as const;

/** bcrypt accepts costs from 4. At cost 15 a login takes seconds, and a request has ten. */
const bcryptCosts = { least: 4, most: 15 };

export interface Options {
  /** Slugs and paths of scenario files as typed, each once. Empty means all scenarios. */
  wanted: string[];
  store: StoreKind;
  variants: Variant[];
  /** A repair of the scenario to play in place of the fix, as typed; null for none. */
  repair: string | null;
  reporter: ReporterName;
  pace: Pace;
  bcryptCost: number;
  /** The folder for the traces as typed; null when no traces are written. */
  trace: string | null;
  /** What to print instead of playing. */
  instead: 'list' | 'help' | null;
}

/** At most 80 columns wide. */
export const help = `Play the scenarios against real HTTP servers and check the answers.

  npm run scenarios -- [slug or file …] [options]

Without a slug, all scenarios are played. A file is a scenario of your own: a
path with a slash or ending in .ts, whose default export is scenario({ … }).

  --redis mock|real        where sessions are stored; real is REDIS_URL, else
                           127.0.0.1:6379, else a redis-server we start  [mock]
  --variant vulnerable|protected|both
                           the app with the weakness, or without it      [both]
  --repair name            a repair of the scenario in place of the fix: does it
                           hold? It is a file in server/weaknesses
  --reporter pretty|json   a table for people, or one JSON document    [pretty]
  --real-time              wait in real time instead of jumping
  --bcrypt-cost 4…15       how slow password hashes are; answers are the same
                           with every cost                                  [4]
  --trace folder           write the trace of each run to this folder, as a file
                           that the page opens: <slug>.<variant>.trace.json
  --list                   list the scenarios instead of playing them
  --help                   show this help

Exit code: 0 everything holds, 1 an answer is not the expected one,
2 wrong usage, 3 the infrastructure failed (no Redis, no port, a full disk), or
nobody read the whole report.

For a script, keep npm itself quiet:
  npm run -s scenarios -- session-fixation --reporter json
`;

const accepted = {
  redis: { type: 'string' },
  variant: { type: 'string' },
  repair: { type: 'string' },
  reporter: { type: 'string' },
  'real-time': { type: 'boolean' },
  'bcrypt-cost': { type: 'string' },
  trace: { type: 'string' },
  list: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

type Name = keyof typeof accepted;
const names = Object.keys(accepted) as Name[];

/**
 * Parses the arguments of the command. If an option is given twice, the last one counts.
 *
 * @throws WrongUsage for an option that does not exist, or an invalid value
 */
export function parseOptions(args: readonly string[]): Options {
  // Not strict, because the error messages of parseArgs do not list what is valid. The tokens are enough to do that.
  const { tokens } = parseArgs({
    args: [...args],
    options: accepted,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const options: Options = {
    wanted: [],
    store: 'mock',
    variants: ['vulnerable', 'protected'],
    repair: null,
    reporter: 'pretty',
    pace: 'jump',
    bcryptCost: bcryptCosts.least,
    trace: null,
    instead: null,
  };
  for (const token of tokens) {
    if (token.kind === 'positional') options.wanted.push(token.value);
    if (token.kind === 'option') set(options, requireName(token.name, token.rawName), token.value);
  }
  const typed = tokens.some((token) => token.kind === 'option' && token.name === 'variant');
  if (options.repair !== null && typed && options.variants.includes('vulnerable')) {
    throw new WrongUsage('--repair takes the place of the fix. Leave out --variant, or choose --variant protected.');
  }
  const variants: Variant[] = options.repair === null ? options.variants : ['protected'];
  return { ...options, variants, wanted: [...new Set(options.wanted)] };
}

function set(options: Options, name: Name, value: string | undefined): void {
  if (accepted[name].type === 'boolean' && value !== undefined) {
    throw new WrongUsage(`--${name} takes no value; it got "${value}".`);
  }
  switch (name) {
    case 'redis':
      options.store = oneOf(name, value, stores);
      return;
    case 'variant': {
      const variant = oneOf(name, value, variants);
      options.variants = variant === 'both' ? ['vulnerable', 'protected'] : [variant];
      return;
    }
    case 'repair':
      if (!value || value.startsWith('-')) {
        throw new WrongUsage(`--repair ${problem(value)}. Name one, such as --repair login-empties-session.`);
      }
      options.repair = value;
      return;
    case 'reporter':
      options.reporter = oneOf(name, value, reporters);
      return;
    case 'real-time':
      options.pace = 'real';
      return;
    case 'bcrypt-cost':
      options.bcryptCost = requireCost(value);
      return;
    case 'trace':
      // A value that starts with a dash is the next option: the folder is missing.
      if (!value || value.startsWith('-')) {
        throw new WrongUsage(`--trace ${problem(value)}. Name a folder, such as --trace traces.`);
      }
      options.trace = value;
      return;
    case 'list':
      options.instead ??= 'list';
      return;
    case 'help':
      options.instead = 'help';
  }
}

function requireName(name: string, typed: string): Name {
  const known = names.find((candidate) => candidate === name);
  if (known) return known;
  const options = names.map((candidate) => `--${candidate}`);
  throw new WrongUsage(
    `There is no option ${typed}.${didYouMean(typed, options)} The options are ${options.join(', ')}.`,
  );
}

function oneOf<const Value extends string>(name: Name, value: string | undefined, valid: readonly Value[]): Value {
  const found = valid.find((candidate) => candidate === value);
  if (found !== undefined) return found;
  throw new WrongUsage(`--${name} ${problem(value)}. Valid values are ${valid.join(', ')}.`);
}

function requireCost(value: string | undefined): number {
  const { least, most } = bcryptCosts;
  const cost = /^\d{1,2}$/.test(value ?? '') ? Number(value) : Number.NaN;
  if (cost >= least && cost <= most) return cost;
  throw new WrongUsage(`--bcrypt-cost ${problem(value)}. Valid values are the whole numbers from ${least} to ${most}.`);
}

const problem = (value: string | undefined) => (value === undefined ? 'needs a value' : `cannot be "${value}"`);
