/** Spaces, line breaks of every kind, and what would move a terminal's cursor or change its colors. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these characters are searched for
const breaks = /[\s\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g;

/** Returns the text as one line without control characters. */
export const oneLine = (text: string): string => text.replace(breaks, ' ').trim();
