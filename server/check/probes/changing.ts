/** What differs in two answers that say the same: tokens, numbers, times. */

/** A word of 16 characters or more: a token, or a code such as `auth/wrong-password`. */
const longWord = /[\w+/=-]{16,}/g;

/**
 * Whether a long word is made of words, as `USER_NOT_FOUND_ERROR` and `userNotFoundException` are: each part has letters of one case,
 * or begins with a capital. A random token of 22 characters is like that once in thousands.
 */
const isWords = (text: string) => /^(?:(?:[A-Z]+|[A-Z]?[a-z]{2,}(?:[A-Z][a-z]{2,})*)(?:[_+/=-]+|$))+$/.test(text);

/** Returns a text without what is different in each answer. */
export const withoutTokens = (text: string) =>
  text.replace(longWord, (word) => (isWords(word) ? word : '')).replace(/\d+/g, '0');

/** A date, a time of day, or a time in seconds since 1970 or milliseconds. */
const moment = /\d{4}-\d\d-\d\d(?:[T ][\d:.,]+(?:Z|[+-]\d\d:?\d\d)?)?|\b\d\d:\d\d(?::\d\d)?\b|\b\d{10,}\b/g;

/** What may change from one answer to the next: the value of a field, a long word, a number. */
const mayChange = /value="[^"]*"|value='[^']*'|[\w+/=-]{16,}|\d+/g;

const withoutMoments = (text: string) => text.replace(moment, '');

/**
 * Learns from texts that ought to say the same what in them changes: what is in all of them does not.
 * @returns a function that leaves out of a text what changes
 */
export function learnChanging(texts: readonly string[]): (text: string) => string {
  const [first = new Set<string>(), ...others] = texts.map(
    (text) => new Set(withoutMoments(text).match(mayChange) ?? []),
  );
  const steady = new Set([...first].filter((part) => others.every((other) => other.has(part))));
  return (text) => withoutMoments(text).replace(mayChange, (part) => (steady.has(part) ? part : '…'));
}
