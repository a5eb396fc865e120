/** What SCAN, HSCAN, SSCAN and ZSCAN have in common, and the patterns of Redis. */
import { integer, syntaxError } from './arguments.ts';
import { CommandError, type Reply } from './protocol.ts';

/**
 * Replies as Redis does to a small collection: everything at once, with the cursor 0.
 * @param words the cursor and the options
 * @param items called when the options are right; the first part of an item is what MATCH compares
 */
export function scanned(
  [cursor = '', ...options]: string[],
  items: () => [name: string, ...rest: string[]][],
  show: (item: [name: string, ...rest: string[]]) => string[],
  ofType?: (name: string, type: string) => boolean,
): Reply {
  if (!/^\s*\d+$/.test(cursor)) throw new CommandError('ERR invalid cursor');
  let matches: (name: string) => boolean = () => true;
  let type: string | undefined;
  for (let index = 0; index < options.length; index += 2) {
    const value = options[index + 1];
    const option = options[index]!.toUpperCase();
    if (value === undefined) throw syntaxError();
    if (option === 'COUNT') {
      if (integer(value) < 1) throw syntaxError();
    } else if (option === 'MATCH') matches = globMatcher(value);
    else if (option === 'TYPE' && ofType) type = value;
    else throw syntaxError();
  }
  const found = items().filter(
    ([name]) => matches(name) && (type === undefined || ofType?.(name, type.toLowerCase()) === true),
  );
  return ['0', found.flatMap(show)];
}

/** Whether a name matches a pattern as Redis compares them: `*`, `?`, `[abc]`, `[^a-c]`, and `\` before a character that is meant as it is. */
export function globMatcher(pattern: string): (name: string) => boolean {
  let source = '';
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at]!;
    if (character === '*') source += '[^]*';
    else if (character === '?') source += '[^]';
    else if (character === '[') {
      const set = parseSet(pattern, at + 1);
      source += set.source;
      at = set.end;
    } else if (character === '\\' && at + 1 < pattern.length) source += escaped(pattern[++at]!);
    else source += escaped(character);
  }
  const expression = new RegExp(`^${source.replaceAll(/(?:\[\^\]\*)+/g, '[^]*')}$`);
  return (name) => expression.test(name);
}

/** @param start behind the opening bracket. A set that is not closed ends with the pattern. */
function parseSet(pattern: string, start: number): { source: string; end: number } {
  let at = start;
  const negated = pattern[at] === '^';
  if (negated) at++;
  let inside = '';
  for (; at < pattern.length && pattern[at] !== ']'; at++) {
    if (pattern[at] === '\\' && at + 1 < pattern.length) inside += escaped(pattern[++at]!);
    else if (pattern[at + 1] === '-' && at + 2 < pattern.length) {
      const [from, to] = [pattern[at]!, pattern[at + 2]!].sort();
      inside += `${escaped(from!)}-${escaped(to!)}`;
      at += 2;
    } else inside += escaped(pattern[at]!);
  }
  if (inside === '') return { source: negated ? '[^]' : '(?!)', end: at };
  return { source: `[${negated ? '^' : ''}${inside}]`, end: at };
}

const escaped = (character: string) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
