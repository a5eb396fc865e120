/** EXPIRE and its relatives, and the options of SET and GETEX that say how long a key lives. */
import { bigInteger, inRange, syntaxError } from './arguments.ts';
import type { Commands } from './command.ts';
import type { Database } from './database.ts';
import { CommandError } from './protocol.ts';

/** How the four ways to say a time are counted: in milliseconds, and from now or from 1970. */
const units = {
  EX: { ms: 1000n, fromNow: true },
  PX: { ms: 1n, fromNow: true },
  EXAT: { ms: 1000n, fromNow: false },
  PXAT: { ms: 1n, fromNow: false },
} as const;

type Unit = keyof typeof units;

export const isUnit = (option: string): option is Unit => Object.hasOwn(units, option);

const invalid = (command: string) => new CommandError(`ERR invalid expire time in '${command}' command`);

/**
 * Returns the moment in milliseconds since 1970.
 * @param command its name, for the error
 * @throws CommandError
 */
export function momentOf(unit: Unit, amount: string | undefined, command: string, mayBePast = false): number {
  const { ms, fromNow } = units[unit];
  const given = bigInteger(amount);
  if (!mayBePast && given <= 0n) throw invalid(command);
  const moment = given * ms + (fromNow ? BigInt(Date.now()) : 0n);
  if (!inRange(given * ms) || !inRange(moment)) throw invalid(command);
  return Number(moment);
}

const conditions = ['NX', 'XX', 'GT', 'LT'];

/** The conditions of EXPIRE. @throws CommandError */
function conditionsOf(words: readonly string[]): Set<string> {
  const given = new Set<string>();
  for (const word of words) {
    const condition = word.toUpperCase();
    if (!conditions.includes(condition)) throw new CommandError(`ERR Unsupported option ${word}`);
    given.add(condition);
  }
  if (given.has('NX') && given.size > 1)
    throw new CommandError('ERR NX and XX, GT or LT options at the same time are not compatible');
  if (given.has('GT') && given.has('LT'))
    throw new CommandError('ERR GT and LT options at the same time are not compatible');
  return given;
}

/** Whether a key that expires at `now` may get the new moment. Without one, it lives for ever. */
function allows(given: Set<string>, now: number | null, moment: number): boolean {
  if (given.has('NX') && now !== null) return false;
  if (given.has('XX') && now === null) return false;
  if (given.has('GT') && (now === null || moment <= now)) return false;
  return !(given.has('LT') && now !== null && moment >= now);
}

const expire =
  (unit: Unit, name: string) =>
  (database: Database, [key = '', amount, ...words]: string[]) => {
    const given = conditionsOf(words);
    const moment = momentOf(unit, amount, name, true);
    if (!database.has(key) || !allows(given, database.expiresAt(key), moment)) return 0;
    database.expireAt(key, moment);
    return 1;
  };

/** -2: there is no such key. -1: it lives for ever. */
const told =
  (compute: (at: number) => number) =>
  (database: Database, [key = '']: string[]) => {
    if (!database.has(key)) return -2;
    const at = database.expiresAt(key);
    return at === null ? -1 : compute(at);
  };

const left = (at: number) => Math.max(0, at - Date.now());
/** Redis rounds to the nearest second: 1,500 ms are 2 s. */
const seconds = (ms: number) => Math.floor((ms + 500) / 1000);

export const lifetimes: Commands = {
  expire: expire('EX', 'expire'),
  pexpire: expire('PX', 'pexpire'),
  expireat: expire('EXAT', 'expireat'),
  pexpireat: expire('PXAT', 'pexpireat'),
  persist(database, [key = '']) {
    if (database.expiresAt(key) === null) return 0;
    database.expireAt(key, null);
    return 1;
  },
  ttl: told((at) => seconds(left(at))),
  pttl: told(left),
  expiretime: told(seconds),
  pexpiretime: told((at) => at),
};

/** What the options of SET and GETEX say of the time to live: a moment, to keep what there is, or to end it. */
export type Lifetime = { at: number } | 'keep' | 'none' | undefined;

/**
 * Reads the options of SET (NX, XX, GET and a time to live) or of GETEX (a time to live). In any case of letters.
 * @param amount reads the time to live later, because Redis looks at the key first
 * @throws CommandError
 */
export function parseOptions(command: 'set' | 'getex', words: readonly string[]) {
  const flags = new Set<string>();
  let unit: Unit | undefined;
  let amount: string | undefined;
  for (let index = 0; index < words.length; index++) {
    const option = words[index]!.toUpperCase();
    const lives = unit !== undefined || flags.has('KEEPTTL') || flags.has('PERSIST');
    if (isUnit(option) && !lives && index + 1 < words.length) {
      unit = option;
      amount = words[++index];
    } else if (option === (command === 'set' ? 'KEEPTTL' : 'PERSIST') && unit === undefined) flags.add(option);
    else if (command === 'set' && option === 'NX' && !flags.has('XX')) flags.add(option);
    else if (command === 'set' && option === 'XX' && !flags.has('NX')) flags.add(option);
    else if (command === 'set' && option === 'GET') flags.add(option);
    else throw syntaxError();
  }
  return {
    flags,
    lifetime(): Lifetime {
      if (unit !== undefined) return { at: momentOf(unit, amount, command) };
      if (flags.has('KEEPTTL')) return 'keep';
      return flags.has('PERSIST') ? 'none' : undefined;
    },
  };
}
