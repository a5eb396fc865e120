/** Makes up values that an app could have given out, and has not. */

/**
 * Returns a text that looks like the other one: letters stay letters, and digits stay digits. Hexadecimal digits stay hexadecimal,
 * a UUID keeps its version (RFC 9562 section 4), and an escape such as %3A stays, with the s of cookie-parser before it. An app
 * that looks only at the form of an id must not be able to tell the two apart.
 */
export function madeUpLike(text: string): string {
  return text
    .split(/(^s%3A|%[0-9a-f]{2}|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})/i)
    .map((part, at) =>
      at % 2 === 0 ? shuffled(part) : part.startsWith('%') || part.startsWith('s') ? part : shuffledUuid(part),
    )
    .join('');
}

const shuffledUuid = (uuid: string) =>
  uuid.replace(/./g, (character, at) => (at === 14 || at === 19 ? character : shuffled(character)));

function shuffled(text: string): string {
  const letters = /[g-z]/i.test(text) ? 'abcdefghijklmnopqrstuvwxyz' : 'abcdef';
  return text
    .replace(/[a-z]/g, () => pick(letters))
    .replace(/[A-Z]/g, () => pick(letters.toUpperCase()))
    .replace(/[0-9]/g, () => pick('0123456789'));
}

const pick = (characters: string) => characters[Math.floor(Math.random() * characters.length)]!;
