/** Spaces, line breaks of every kind, and what would move a terminal's cursor or change its colors. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these characters are searched for
const breaks = /[\s\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g;

/** Returns the text as one line without control characters. */
export const oneLine = (text: string): string => text.replace(breaks, ' ').trim();

/** Escapes what turns around the order in which a text is read: a report could show the opposite of what it says. */
export const inReadingOrder = (text: string): string =>
  text.replace(/[\u202a-\u202e\u2066-\u2069]/g, (character) => `\\u${character.charCodeAt(0).toString(16)}`);
