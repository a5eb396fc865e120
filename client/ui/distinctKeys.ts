/**
 * Returns a React key for each item: its text, and which one it is where several have the same. Two elements of a list with one key
 * confuse React: it leaves elements standing that are gone. Pure.
 */
export function distinctKeys(texts: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return texts.map((text) => {
    const before = seen.get(text) ?? 0;
    seen.set(text, before + 1);
    return before === 0 ? text : `${text} ${before + 1}`;
  });
}
