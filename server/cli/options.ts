import { type Command, Option } from 'commander';
import type { Pace, StoreKind, Variant } from '../../scenarios/engine/trace.ts';
import { advise, newCommand } from './command.ts';
import { WrongUsage } from './errors.ts';
import { type ReporterName, type Row, readSetting, type Settings, settings } from './settings.ts';

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
  list: boolean;
}

/** Adds these settings to a command, as options. */
export function addSettings(command: Command, names: readonly (keyof Settings)[]): Command {
  for (const name of names) command.addOption(optionFor<unknown>(settings[name]));
  return command;
}

function optionFor<Value>(row: Row<Value>): Option {
  const option = advise(new Option(row.flags, row.help), row.advice ?? '');
  return row.read ? option.argParser((text: string) => readSetting(row, option.long!, text)) : option;
}

/**
 * Parses the arguments of the command that plays. If an option is given twice, the last one counts.
 *
 * @throws WrongUsage for an option that does not exist, or an invalid value
 */
export function parseOptions(words: readonly string[]): Options {
  let options: Options | undefined;
  const command = newCommand('run', { write: () => {} }).argument('[wanted...]');
  addSettings(command, Object.keys(settings) as (keyof Settings)[])
    .action((wanted: string[], given: Partial<Settings>) => {
      options = resolve(wanted, given);
    })
    .parse(words, { from: 'user' });
  return options!;
}

/**
 * Returns everything that a run has to know.
 *
 * @throws WrongUsage for settings that contradict each other
 */
export function resolve(wanted: readonly string[], given: Partial<Settings>): Options {
  const { redis = 'mock', variant, repair = null, reporter = 'pretty', bcryptCost = 4, trace = null } = given;
  if (repair !== null && variant !== undefined && variant !== 'protected') {
    throw new WrongUsage('--repair takes the place of the fix. Leave out --variant, or choose --variant protected.');
  }
  return {
    wanted: [...new Set(wanted)],
    store: redis,
    variants: repair === null ? variantsOf(variant ?? 'both') : ['protected'],
    repair,
    reporter,
    pace: given.realTime ? 'real' : 'jump',
    bcryptCost,
    trace,
    list: given.list ?? false,
  };
}

const variantsOf = (variant: Settings['variant']): Variant[] =>
  variant === 'both' ? ['vulnerable', 'protected'] : [variant];
