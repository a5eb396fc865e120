/** The kinds of values that settings have: how each is read, and the sentence that says which are valid. */

/** A value that starts with a dash is the next option: the value is missing. */
export function named(text: string): string | undefined {
  return text === '' || text.startsWith('-') ? undefined : text;
}

export function severalOf<const Word extends string>(words: readonly Word[]) {
  const { read, ...one } = oneOf(words);
  const list = (text: string) => {
    const word = read(text);
    return word === undefined ? undefined : [word];
  };
  return { ...one, read: list, several: true as const };
}

export function oneOf<const Word extends string>(words: readonly Word[]) {
  return {
    words,
    advice: `Valid values are ${words.join(', ')}.`,
    read: (text: string) => words.find((word) => word === text),
  };
}

export function wholeNumber({ least, most }: { least: number; most: number }) {
  return {
    advice: `Valid values are the whole numbers from ${least} to ${most}.`,
    read(text: string): number | undefined {
      const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
      return number >= least && number <= most ? number : undefined;
    },
  };
}
