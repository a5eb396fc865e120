/** How a cookie's value was changed, said so that it does the same to the value of another run. */
import { type Code, joined, literal, quoted } from './code.ts';
import { textCode } from './moment.ts';

/** @param change gives the new value for the old one */
export type Edit = Code<(value: string) => string>;

/**
 * @param before the value there was
 * @param after the value that was written
 * @param held session ids by the code that names them: one of somebody else's that was put in stays theirs
 */
export function cookieEdit(before: string, after: string, held: ReadonlyMap<string, Code<string>>): Edit {
  const foreign = [...held.keys()].filter((sid) => after.includes(sid) && !before.includes(sid));
  const [old, now] = [[...before], units(after, foreign)];
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start++;
  let end = 0;
  const shorter = Math.min(old.length, now.length) - start;
  while (end < shorter && old.at(-1 - end) === now.at(-1 - end)) end++;

  const from = old.slice(0, start).join('').length;
  const to = from + old.slice(start, old.length - end).join('').length;
  const put = now.slice(start, now.length - end);
  if (from === 0 && end === 0) return whole(textCode(after, held));
  // Had the other run this very character there, nothing would change.
  const onlyOne = to - from === 1 && put.length === 1 && put[0]!.length === 1;
  return onlyOne
    ? oneCharacter(from, put[0]!)
    : cutOut(from, to, joined(put.map((unit) => held.get(unit) ?? literal(unit))));
}

const whole = (value: Code<string>): Edit => ({
  text: `() => ${value.text}`,
  uses: value.uses,
  value: async (cast) => {
    const written = await value.value(cast);
    return () => written;
  },
});

function oneCharacter(at: number, character: string): Edit {
  const other = character === 'A' ? 'B' : 'A';
  return {
    text: `(value) => value.slice(0, ${at}) + (value[${at}] === ${quoted(character)} ? '${other}' : ${quoted(character)}) + value.slice(${at + 1})`,
    uses: [],
    value: () => (value) => value.slice(0, at) + (value[at] === character ? other : character) + value.slice(at + 1),
  };
}

function cutOut(from: number, to: number, put: Code<string>): Edit {
  const middle = put.text === "''" ? '' : ` + ${put.text}`;
  return {
    text: `(value) => value.slice(0, ${from})${middle} + value.slice(${to})`,
    uses: put.uses,
    value: async (cast) => {
      const written = await put.value(cast);
      return (value) => value.slice(0, from) + written + value.slice(to);
    },
  };
}

/** Characters; each of these session ids is one unit. */
function units(value: string, ids: readonly string[]): string[] {
  if (ids.length === 0) return [...value];
  return value.split(new RegExp(`(${ids.join('|')})`)).flatMap((part) => (ids.includes(part) ? [part] : [...part]));
}
