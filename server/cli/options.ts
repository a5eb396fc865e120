import { type Command, Option } from 'commander';
import type { Pace, StoreKind, Variant } from '../../scenarios/engine/trace.ts';
import { advise, newCommand } from './command.ts';
import { WrongUsage } from './errors.ts';
import { type ReporterChoice, type Row, readSetting, type Settings, settings } from './settings.ts';

/** Everything that a run has to know. Null is: not asked for. */
export interface Options {
  /** Slugs, chapters and paths of scenario files as typed, each once. Empty means all scenarios. */
  wanted: string[];
  grep: Settings['grep'] | null;
  chapters: Settings['chapter'];
  /** As typed. */
  standards: string[];
  shard: Settings['shard'] | null;
  /** Paths of scenario files: of what is selected, only these. Empty means all. */
  only: string[];
  store: StoreKind;
  variants: Variant[];
  /** A repair of the scenario to play in place of the fix, as typed. */
  repair: string | null;
  /** At most one of them writes to standard output. */
  reporters: ReporterChoice[];
  pace: Pace;
  browser: Settings['browser'];
  bcryptCost: number;
  /** The folder for the traces as typed. */
  trace: string | null;
  workers: number;
  bail: number | null;
  repeat: number;
  watch: boolean;
  list: boolean;
}

/** A few runs at once keep the processor busy while others wait for Redis or bcrypt. */
const usualWorkers = 4;

/** Adds these settings to a command, as options. */
export function addSettings(command: Command, names: readonly (keyof Settings)[]): Command {
  for (const name of names) command.addOption(optionFor<unknown>(settings[name]));
  return command;
}

function optionFor<Value>(row: Row<Value>): Option {
  const option = advise(new Option(row.flags, row.help), row.advice ?? '')
    .hideHelp(row.hidden === true)
    .helpGroup(row.group);
  if (row.preset !== undefined) option.preset(row.preset);
  if (!row.read) return option;
  return option.argParser((text: string, before: Value | undefined) => {
    const value = readSetting(row, option.long!, text);
    return row.several && Array.isArray(before) && Array.isArray(value) ? ([...before, ...value] as Value) : value;
  });
}

/**
 * Parses the arguments of the command that plays. If an option that has one value is given twice, the last one counts.
 *
 * @throws WrongUsage for an option that does not exist, or an invalid value
 */
export function parseOptions(words: readonly string[]): Options {
  let options: Options | undefined;
  const command = newCommand('run', { write: () => {} }).argument('[wanted...]');
  addSettings(command, Object.keys(settings) as (keyof Settings)[])
    .action((wanted: string[], given: Partial<Settings>) => {
      options = resolveOptions(wanted, given);
    })
    .parse(words, { from: 'user' });
  return options!;
}

/** @throws WrongUsage for settings that contradict each other */
export function resolveOptions(wanted: readonly string[], given: Partial<Settings>): Options {
  const { repair = null, variant, reporter = [{ name: 'pretty', file: null }], watch = false } = given;
  if (repair !== null && variant !== undefined && variant !== 'protected') {
    throw new WrongUsage('--repair takes the place of the fix. Leave out --variant, or choose --variant protected.');
  }
  requireOwnPlaces(reporter);
  if (watch && given.shard) throw new WrongUsage('--watch plays what changes, on one machine. Leave out --shard.');
  return {
    wanted: [...new Set(wanted)],
    grep: given.grep ?? null,
    chapters: given.chapter ?? [],
    standards: given.standard ?? [],
    shard: given.shard ?? null,
    only: given.only ?? [],
    store: given.redis ?? 'mock',
    variants: repair === null ? variantsOf(variant ?? 'both') : ['protected'],
    repair,
    reporters: reporter,
    pace: given.realTime ? 'real' : 'jump',
    browser: given.browser ?? 'virtual',
    bcryptCost: given.bcryptCost ?? 4,
    trace: given.trace ?? null,
    workers: given.workers ?? usualWorkers,
    bail: given.bail ?? null,
    repeat: given.repeat ?? 1,
    watch,
    list: given.list ?? false,
  };
}

const variantsOf = (variant: Settings['variant']): Variant[] =>
  variant === 'both' ? ['vulnerable', 'protected'] : [variant];

/** Two reports in one place would be unreadable for both of their readers. */
function requireOwnPlaces(chosen: readonly ReporterChoice[]): void {
  const twice = chosen.find(({ file }, index) => chosen.findIndex((other) => other.file === file) < index);
  if (!twice) return;
  const names = chosen.filter(({ file }) => file === twice.file).map(({ name }) => name);
  const place = twice.file === null ? 'standard output' : twice.file;
  throw new WrongUsage(
    `--reporter: ${names.join(' and ')} would both be written to ${place}. Name a file of its own for each but one, such as --reporter ${names[0]}=report.txt.`,
  );
}
