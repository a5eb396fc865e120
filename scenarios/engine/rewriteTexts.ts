/**
 * Fields of events that hold words of the trace format, by which readers tell events apart. Where texts are replaced, these stay:
 * a password or a secret may be such a word.
 */
export const formatFields = ['type', 'actor', 'victim', 'by', 'change', 'how', 'name', 'method', 'outcome'] as const;

/**
 * Returns the same plain data with each text in it replaced. Fields without a value are left out.
 *
 * @param kept names of fields that stay as they are, with all that is in them
 */
export function rewriteTexts<Value>(value: Value, rewrite: (text: string) => string, kept: ReadonlySet<string>): Value {
  if (typeof value === 'string') return rewrite(value) as Value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => rewriteTexts(item, rewrite, kept)) as Value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inside]) => inside !== undefined)
      .map(([key, inside]) => [key, kept.has(key) ? inside : rewriteTexts(inside, rewrite, kept)]),
  ) as Value;
}
