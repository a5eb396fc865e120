/** Describes how the value of a cookie was changed, so that the same change can be made to the value of another run. */
import { type Code, combine, concatenated, quoted } from './code.ts';
import { type SessionIds, splitAtIds, textCode } from './names.ts';

/** Evaluates to a function that returns the new value for the old one. */
export type Edit = Code<(value: string) => string>;

/**
 * Returns the code that repeats an edit.
 * @param sessionIds if the new value contains one of these and the old value does not, the edit uses that session's ID again
 */
export function cookieEdit(before: string, after: string, sessionIds: SessionIds): Edit {
  const inserted = [...sessionIds.keys()].filter((sid) => after.includes(sid) && !before.includes(sid));
  // One character, or one inserted session ID, is one unit.
  const old = [...before];
  const now = splitAtIds(after, inserted).flatMap((piece) => (inserted.includes(piece) ? [piece] : [...piece]));
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start++;
  let end = 0;
  const shorter = Math.min(old.length, now.length) - start;
  while (end < shorter && old.at(-1 - end) === now.at(-1 - end)) end++;

  const from = old.slice(0, start).join('').length;
  const to = from + old.slice(start, old.length - end).join('').length;
  const units = now.slice(start, now.length - end);
  if (from === 0 && end === 0) {
    return combine(
      [textCode(after, sessionIds)],
      ([text]) => `() => ${text}`,
      ([value]) =>
        () =>
          value,
    );
  }
  const [only] = units;
  if (to - from === 1 && units.length === 1 && only?.length === 1) return oneCharacter(from, only);
  return replaced(from, to, concatenated(units.map((unit) => sessionIds.get(unit) ?? unit)));
}

/** Writes another character where the value already has this one. Otherwise such an edit would change nothing. */
function oneCharacter(at: number, character: string): Edit {
  const other = character === 'A' ? 'B' : 'A';
  return {
    text: `(value) => value.slice(0, ${at}) + (value[${at}] === ${quoted(character)} ? '${other}' : ${quoted(character)}) + value.slice(${at + 1})`,
    uses: [],
    value: () => (value) => value.slice(0, at) + (value[at] === character ? other : character) + value.slice(at + 1),
  };
}

const replaced = (from: number, to: number, middle: Code<string>): Edit =>
  combine(
    [middle],
    ([text]) => `(value) => value.slice(0, ${from})${text === "''" ? '' : ` + ${text}`} + value.slice(${to})`,
    ([written]) =>
      (value: string) =>
        value.slice(0, from) + written + value.slice(to),
  );
