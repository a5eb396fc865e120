/** The commands that the mock knows, and what it says of the others. */
import { createRequire } from 'node:module';
import { getKeyIndexes } from '@ioredis/commands';
import { wrongNumber } from './arguments.ts';
import type { Commands } from './command.ts';
import { hashes } from './hashes.ts';
import { keys } from './keys.ts';
import { lifetimes } from './lifetimes.ts';
import { lists } from './lists.ts';
import { CommandError } from './protocol.ts';
import { sets } from './sets.ts';
import { sortedSets } from './sortedSets.ts';
import { strings } from './strings.ts';

/** The commands that need nothing but the data. */
export const dataCommands: Commands = {
  ...strings,
  ...keys,
  ...lifetimes,
  ...hashes,
  ...lists,
  ...sets,
  ...sortedSets,
  time: () => clock(),
  echo: (_, [text = '']) => text,
  command: (_, words) => aboutCommand(words),
};

/** COMMAND GETKEYS. */
function aboutCommand([kind = '', name = '', ...args]: string[]): string[] {
  if (kind.toUpperCase() !== 'GETKEYS') throw notInMock(`COMMAND ${kind.toUpperCase()}`);
  if (!isRedisCommand(name.toLowerCase())) throw new CommandError('ERR Invalid command specified');
  if (!hasArity(name.toLowerCase(), args))
    throw new CommandError('ERR Invalid number of arguments specified for command');
  const indexes = getKeyIndexes(name, args, { nameCaseInsensitive: true });
  if (indexes.length === 0) throw new CommandError('ERR The command has no key arguments');
  return indexes.map((index) => args[index] ?? '');
}

/** TIME in seconds and microseconds. */
function clock(): [string, string] {
  const microseconds = Math.round((performance.timeOrigin + performance.now()) * 1000);
  const seconds = Math.floor(microseconds / 1_000_000);
  return [`${seconds}`, `${microseconds - seconds * 1_000_000}`];
}

interface Specification {
  /** How many words a call has, its name included; negative: at least that many. */
  arity: number;
  flags: string[];
}

/** Every command of Redis, as ioredis knows them. */
const specifications: Record<string, Specification | undefined> = createRequire(import.meta.url)(
  '@ioredis/commands/built/commands.json',
);

export const isRedisCommand = (name: string) => Object.hasOwn(specifications, name);

export const isAllowedInScripts = (name: string) => !specifications[name]?.flags.includes('noscript');

function hasArity(name: string, args: readonly string[]): boolean {
  const arity = specifications[name]?.arity ?? -1;
  const words = args.length + 1;
  return arity >= 0 ? words === arity : words >= -arity;
}

/** @throws CommandError when a call has too few or too many words */
export function requireArity(name: string, args: readonly string[]): void {
  if (!hasArity(name, args)) throw wrongNumber(name);
}

/** What the mock says of a command of Redis that it does not know, or of a form of one. */
export const notInMock = (what: string) =>
  new CommandError(`ERR The mock does not know ${what}; switch to a real Redis.`);

/** What Redis says of a command that does not exist. */
export function unknownCommand([name = '', ...args]: readonly string[]): CommandError {
  let shown = '';
  for (const arg of args) {
    if (shown.length >= 128) break;
    shown += `'${arg.slice(0, 128 - shown.length)}' `;
  }
  return new CommandError(`ERR unknown command '${name.slice(0, 128)}', with args beginning with: ${shown}`);
}
