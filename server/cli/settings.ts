/** The settings of a run. Each is an option of the command line. */
import { chapters } from '../../scenarios/engine/chapters.ts';
import type { StoreKind } from '../../scenarios/engine/trace.ts';
import { WrongUsage } from './errors.ts';
import { type Grep, readGrep } from './grep.ts';
import { readShard, type Shard } from './shard.ts';
import { named, oneOf, severalOf, wholeNumber } from './values.ts';
import { didYouMean } from './words.ts';

export const reporters = ['pretty', 'json', 'junit', 'tap', 'github', 'markdown', 'html'] as const;
export type ReporterName = (typeof reporters)[number];

const stores = ['mock', 'real'] as const;
const browsers = ['virtual', 'chromium'] as const;
const variants = ['vulnerable', 'protected', 'both'] as const;

/** Where a report goes. */
export interface ReporterChoice {
  name: ReporterName;
  /** As typed; null for standard output. */
  file: string | null;
}

/** bcrypt accepts costs from 4. At cost 15 a login takes seconds, and a request has ten. */
const bcryptCosts = { least: 4, most: 15 };

export interface Settings {
  redis: StoreKind;
  variant: (typeof variants)[number];
  /** A repair of the scenario, as typed. */
  repair: string;
  reporter: ReporterChoice[];
  realTime: boolean;
  browser: (typeof browsers)[number];
  bcryptCost: number;
  /** A folder, as typed. */
  trace: string;
  grep: Grep;
  chapter: (typeof chapters)[number][];
  /** As typed. */
  standard: string[];
  shard: Shard;
  workers: number;
  bail: number;
  repeat: number;
  watch: boolean;
  /** A file, as typed. */
  config: string;
  /** Files of scenarios: --watch plays these again. */
  only: string[];
  list: boolean;
}

/** Which settings decide what is played. */
export const selecting = ['grep', 'chapter', 'standard', 'shard'] as const;

const groups = { what: 'What is played:', how: 'How it is played:', report: 'What is reported:' } as const;

/** How a setting is written. */
export interface Row<Value> {
  /** The heading in the help under which it stands. */
  group: (typeof groups)[keyof typeof groups];
  /** As commander reads them: `<value>` must follow, `[value]` may. */
  flags: string;
  help: string;
  /** Which values are valid, as a sentence. Only where there is a value. */
  advice?: string;
  /** Returns the value that the text stands for, or undefined when it stands for none; a list of one where there may be several. */
  read?: (text: string) => Value | undefined;
  /** The help does not show it. */
  hidden?: true;
  /** It may be given several times. */
  several?: true;
  /** What it stands for without a value. */
  preset?: string;
  /** The valid words, where they are few. */
  words?: readonly string[];
}

export const settings: { [Name in keyof Settings]: Row<Settings[Name]> } = {
  redis: {
    group: groups.how,
    flags: '--redis <store>',
    help: 'where sessions are stored: mock or real; real is REDIS_URL, else 127.0.0.1:6379, else a redis-server we start [mock]',
    ...oneOf(stores),
  },
  variant: {
    group: groups.how,
    flags: '--variant <variant>',
    help: 'the app with the weakness (vulnerable), without it (protected), or both [both]',
    ...oneOf(variants),
  },
  repair: {
    group: groups.how,
    flags: '--repair <name>',
    help: 'a repair of the scenario in place of the fix: does it hold? It is a file in server/weaknesses',
    advice: 'Name one, such as --repair login-empties-session.',
    read: named,
  },
  reporter: {
    group: groups.report,
    flags: '--reporter <name[=file]>',
    help: `${reporters.join(', ')}; several at once, each with a file but one: --reporter junit=out.xml [pretty]`,
    words: reporters,
    advice: `Valid values are ${reporters.join(', ')}, each with a file if you like: junit=out.xml.`,
    read: readReporter,
    several: true,
  },
  realTime: { group: groups.how, flags: '--real-time', help: 'wait in real time instead of jumping' },
  browser: {
    group: groups.how,
    flags: '--browser <browser>',
    help: 'virtual, or chromium: an installed Chromium, Chrome or Edge for each actor, compared with the virtual browser [virtual]',
    ...oneOf(browsers),
  },
  bcryptCost: {
    group: groups.how,
    flags: '--bcrypt-cost <4…15>',
    help: 'how slow password hashes are; answers are the same with every cost [4]',
    ...wholeNumber(bcryptCosts),
  },
  trace: {
    group: groups.report,
    flags: '--trace <folder>',
    help: 'write the trace of each run to this folder, as a file that the page opens: <slug>.<variant>.trace.json',
    advice: 'Name a folder, such as --trace traces.',
    read: named,
  },
  grep: {
    group: groups.what,
    flags: '--grep <text>',
    help: 'those whose title, slug, question or synonyms have this text, or match this /regular expression/',
    advice: 'It is a text, or a regular expression between slashes: /log(in|out)/.',
    read: readGrep,
  },
  chapter: {
    group: groups.what,
    flags: '--chapter <name>',
    help: `those of a chapter: ${chapters.join(', ')}`,
    ...severalOf(chapters),
  },
  standard: {
    group: groups.what,
    flags: '--standard <id>',
    help: 'those that show a requirement, such as V7.2.4, WSTG-SESS-03 or CWE-384; V7.2 is all of V7.2',
    advice: 'Name a requirement, such as V7.2.4, WSTG-SESS-03 or CWE-384.',
    read: (text) => (named(text) === undefined ? undefined : [text]),
    several: true,
  },
  shard: {
    group: groups.what,
    flags: '--shard <part/parts>',
    help: 'one part of all, for several machines: 1/3, 2/3 and 3/3 are everything, each scenario once',
    advice: 'It is a part and the number of parts, such as 1/3.',
    read: readShard,
  },
  workers: {
    group: groups.how,
    flags: '--workers <number>',
    help: 'how many runs are played at a time [4]',
    ...wholeNumber({ least: 1, most: 16 }),
  },
  bail: {
    group: groups.how,
    flags: '--bail [number]',
    help: 'stop after that many scenarios that do not hold [1]',
    preset: '1',
    ...wholeNumber({ least: 1, most: 1000 }),
  },
  repeat: {
    group: groups.how,
    flags: '--repeat <number>',
    help: 'play each run that often, and fail when the results differ',
    ...wholeNumber({ least: 1, most: 1000 }),
  },
  watch: { group: groups.what, flags: '--watch', help: 'play again what changes, and what imports it' },
  config: {
    group: groups.how,
    flags: '--config <file>',
    help: 'the configuration [session-sandbox.config.ts, .js, .mjs or .json]',
    advice: 'Name a file, such as --config session-sandbox.config.ts.',
    read: named,
  },
  only: {
    group: groups.what,
    flags: '--only <file>',
    help: '',
    hidden: true,
    advice: 'Name the file of a scenario.',
    read: (text) => [text],
    several: true,
  },
  list: { group: groups.what, flags: '--list', help: 'list the scenarios instead of playing them' },
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
  const meant = didYouMean(text.replace(/=.*/s, ''), row.words ?? []);
  throw new WrongUsage(`${label} cannot be "${text}". ${row.advice}${meant}`);
}

function readReporter(text: string): ReporterChoice[] | undefined {
  const [word, ...rest] = text.split('=');
  const name = reporters.find((reporter) => reporter === word);
  const file = rest.length > 0 ? rest.join('=') : null;
  return name === undefined || file === '' ? undefined : [{ name, file }];
}
