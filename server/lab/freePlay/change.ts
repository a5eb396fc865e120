/** A line of the console that changes something, as what it means: read by the lab that does it and by a scenario made of it. */

import { whole, writes } from './commands.ts';
import { RefusedByHand } from './refusedByHand.ts';

/** Names are without the namespace. `ttl` in ms; null: none; undefined: the one it has. */
export type Change =
  | { command: 'DEL'; keys: string[] }
  | { command: 'SET'; key: string; value: string; ttl: number | null | undefined }
  | { command: 'EXPIRE' | 'PEXPIRE' | 'PERSIST'; key: string; ttl: number | null };

/** A year, as for every time to live set by hand. Milliseconds. */
const longest = 366 * 24 * 3_600_000;

/**
 * @param bare the name without the namespace
 * @returns null for a command that is no change
 * @throws RefusedByHand when what comes after the command is not what it takes
 */
export function changeOf([typed = '', ...words]: string[], bare: (key: string) => string): Change | null {
  const command = typed.toUpperCase();
  const usage = Object.hasOwn(writes, command) ? writes[command] : undefined;
  if (usage === undefined) return null;
  const wrong = () => new RefusedByHand('not-allowed', `Write ${usage}.`);
  const [key, value, ...more] = words;
  if (key === undefined) throw wrong();
  switch (command) {
    case 'DEL':
      return { command, keys: words.map(bare) };
    case 'SET':
      if (value === undefined) throw wrong();
      return { command, key: bare(key), value, ttl: lifetimeOf(more, wrong) };
    case 'PERSIST':
      if (words.length !== 1) throw wrong();
      return { command, key: bare(key), ttl: null };
    case 'EXPIRE':
    case 'PEXPIRE':
      if (words.length !== 2) throw wrong();
      return { command, key: bare(key), ttl: limited(whole(value) * (command === 'EXPIRE' ? 1000 : 1)) };
    default:
      return null;
  }
}

function lifetimeOf(words: string[], wrong: () => RefusedByHand): number | null | undefined {
  const [option, amount] = words;
  if (option === undefined) return null;
  const name = option.toUpperCase();
  if (name === 'KEEPTTL' && words.length === 1) return undefined;
  if ((name !== 'EX' && name !== 'PX') || words.length !== 2) throw wrong();
  const ttl = limited(whole(amount) * (name === 'EX' ? 1000 : 1));
  if (ttl < 1) throw new RefusedByHand('not-allowed', 'SET takes a time to live above 0; EXPIRE with 0 deletes a key.');
  return ttl;
}

function limited(ms: number): number {
  if (ms <= longest) return ms;
  throw new RefusedByHand('not-allowed', 'A time to live is at most a year here.');
}
