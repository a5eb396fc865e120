/** What a run can be told. Each setting is an option of the command line. */
import type { StoreKind } from '../../scenarios/engine/trace.ts';
import { WrongUsage } from './errors.ts';
import { didYouMean } from './text.ts';

export const reporters = ['pretty', 'json'] as const;
export type ReporterName = (typeof reporters)[number];

const stores = ['mock', 'real'] as const;
const variants = ['vulnerable', 'protected', 'both'] as const;

/** bcrypt accepts costs from 4. At cost 15 a login takes seconds, and a request has ten. */
const bcryptCosts = { least: 4, most: 15 };

export interface Settings {
  redis: StoreKind;
  variant: (typeof variants)[number];
  /** A repair of the scenario, as typed. */
  repair: string;
  reporter: ReporterName;
  realTime: boolean;
  bcryptCost: number;
  /** A folder, as typed. */
  trace: string;
  list: boolean;
}

/** How a setting is written. */
export interface Row<Value> {
  /** As commander reads them: `<value>` must follow, `[value]` may. */
  flags: string;
  help: string;
  /** Which values are valid, as a sentence. Only where there is a value. */
  advice?: string;
  /** Returns the value that the text stands for, or undefined when it stands for none. */
  read?: (text: string) => Value | undefined;
  /** The valid words, where they are few. */
  words?: readonly string[];
}

export const settings: { [Name in keyof Settings]: Row<Settings[Name]> } = {
  redis: {
    flags: '--redis <store>',
    help: 'where sessions are stored: mock or real; real is REDIS_URL, else 127.0.0.1:6379, else a redis-server we start [mock]',
    ...oneOf(stores),
  },
  variant: {
    flags: '--variant <variant>',
    help: 'the app with the weakness (vulnerable), without it (protected), or both [both]',
    ...oneOf(variants),
  },
  repair: {
    flags: '--repair <name>',
    help: 'a repair of the scenario in place of the fix: does it hold? It is a file in server/weaknesses',
    advice: 'Name one, such as --repair login-empties-session.',
    read: named,
  },
  reporter: {
    flags: '--reporter <name>',
    help: 'pretty, a table for people, or json, one JSON document [pretty]',
    ...oneOf(reporters),
  },
  realTime: { flags: '--real-time', help: 'wait in real time instead of jumping' },
  bcryptCost: {
    flags: '--bcrypt-cost <4…15>',
    help: 'how slow password hashes are; answers are the same with every cost [4]',
    ...wholeNumber(bcryptCosts),
  },
  trace: {
    flags: '--trace <folder>',
    help: 'write the trace of each run to this folder, as a file that the page opens: <slug>.<variant>.trace.json',
    advice: 'Name a folder, such as --trace traces.',
    read: named,
  },
  list: { flags: '--list', help: 'list the scenarios instead of playing them' },
};

/**
 * Returns the value of a setting.
 *
 * @param label what the user wrote it as, such as `--redis`
 * @throws WrongUsage with the valid values
 */
export function readSetting<Value>(row: Row<Value>, label: string, text: string): Value {
  const value = row.read?.(text);
  if (value !== undefined) return value;
  throw new WrongUsage(`${label} cannot be "${text}". ${row.advice}${didYouMean(text, row.words ?? [])}`);
}

/** A value that starts with a dash is the next option: the value is missing. */
function named(text: string): string | undefined {
  return text === '' || text.startsWith('-') ? undefined : text;
}

function oneOf<const Word extends string>(words: readonly Word[]) {
  return {
    words,
    advice: `Valid values are ${words.join(', ')}.`,
    read: (text: string) => words.find((word) => word === text),
  };
}

function wholeNumber({ least, most }: { least: number; most: number }) {
  return {
    advice: `Valid values are the whole numbers from ${least} to ${most}.`,
    read(text: string): number | undefined {
      const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
      return number >= least && number <= most ? number : undefined;
    },
  };
}
