import { parseArgs } from 'node:util';
import type { Pace, StoreKind, Variant } from '../../scenarios/engine/trace.ts';
import { WrongUsage } from './errors.ts';
import { nearest } from './nearest.ts';

export const reporters = ['pretty', 'json'] as const;
export type ReporterName = (typeof reporters)[number];

const stores = ['mock', 'real'] as const;
const variants = ['vulnerable', 'protected', 'both'] as const;

/** The costs bcrypt takes begin at 4; a login at 15 takes seconds, and ten seconds are all a request has. */
const bcryptCosts = { least: 4, most: 15 };

export interface Options {
  /** Slugs and paths of scenario files as they were typed, each once. None means all scenarios. */
  wanted: string[];
  store: StoreKind;
  variants: Variant[];
  reporter: ReporterName;
  pace: Pace;
  bcryptCost: number;
  /** The folder to write each run's trace to, as it was typed; null: none is written. */
  trace: string | null;
  /** What to do instead of playing. */
  instead: 'list' | 'help' | null;
}

const accepted = {
  redis: { type: 'string' },
  variant: { type: 'string' },
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
 * What the words after the command mean. Of an option given twice the last one counts.
 *
 * @throws WrongUsage for an option that does not exist, or a value that it cannot have
 */
export function parseOptions(words: readonly string[]): Options {
  // Not strict: the messages of parseArgs do not list what is valid. Its tokens are all that is needed to say it.
  const { tokens } = parseArgs({
    args: [...words],
    options: accepted,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const options: Options = {
    wanted: [],
    store: 'mock',
    variants: ['vulnerable', 'protected'],
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
  return { ...options, wanted: [...new Set(options.wanted)] };
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
      // A word with a dash is the next option: the folder was forgotten.
      if (!value || value.startsWith('-'))
        throw new WrongUsage(`--trace ${got(value)}. Name a folder, such as --trace traces.`);
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
  const meant = nearest(name, names);
  const list = names.map((candidate) => `--${candidate}`).join(', ');
  throw new WrongUsage(
    `There is no option ${typed}.${meant ? ` Did you mean --${meant}?` : ''} The options are ${list}.`,
  );
}

function oneOf<const Value extends string>(name: Name, value: string | undefined, valid: readonly Value[]): Value {
  const found = valid.find((candidate) => candidate === value);
  if (found !== undefined) return found;
  throw new WrongUsage(`--${name} ${got(value)}. Valid values are ${valid.join(', ')}.`);
}

function requireCost(value: string | undefined): number {
  const { least, most } = bcryptCosts;
  const cost = /^\d{1,2}$/.test(value ?? '') ? Number(value) : Number.NaN;
  if (cost >= least && cost <= most) return cost;
  throw new WrongUsage(`--bcrypt-cost ${got(value)}. Valid values are the whole numbers from ${least} to ${most}.`);
}

const got = (value: string | undefined) => (value === undefined ? 'needs a value' : `cannot be "${value}"`);
