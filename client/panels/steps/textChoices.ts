/** Texts that could be the answer as well, made of the parts of one that is. Pure. */
import { isStatus } from './numberChoices.ts';

/** One or several things, each one word with a letter in it: "hat, ring", "laptop and phone", "nothing". */
export const isList = (text: string) =>
  text.split(between).every((part) => /^[\w@.-]+$/.test(part) && /[a-z]/i.test(part));

/** Of "hat, ring" the one and the other; of one thing nothing. */
export function partsOf(text: string): string[] {
  const parts = text.split(between);
  return parts.length > 1 ? parts : [];
}

const between = /, | and /;

/** The same text with its numbers the other way round, with the opposite at its end, or with another number. */
export function varied(text: string): string[] {
  const [first, second] = text.match(/\b\d+\b/g) ?? [];
  if (first === undefined) return [];
  const alike = second !== undefined && isStatus(+first) === isStatus(+second);
  return [
    ...(alike && first !== second ? [text.replace(/\b\d+\b/g, (number) => (number === first ? second : first))] : []),
    ...(/ (?:yes|no)$/.test(text) ? [text.replace(/\w+$/, (word) => (word === 'yes' ? 'no' : 'yes'))] : []),
    ...(second !== undefined && (!alike || first === second) ? [text.replace(/\b\d+\b(?=\D*$)/, another)] : []),
    text.replace(first, another),
  ];
}

function another(number: string): string {
  if (isStatus(+number)) return number === '401' ? '200' : '401';
  return number === '1' ? '2' : `${+number - 1}`;
}
