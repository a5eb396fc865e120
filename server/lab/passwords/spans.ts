/** A piece of a text that holds a password. */
export interface Span {
  from: number;
  to: number;
  /** The password that stands there, decoded; '' when it is in other spans. */
  password: string;
  /** What the replacement is to be put between, such as the quotes that a number in JSON lacks. */
  quote?: string;
  /** The piece is a string of JSON that is a body itself, with passwords of its own. */
  inner?: { text: string; spans: Span[] };
}

export type Replace = (password: string) => string;

/** Returns the text with every span replaced. Spans that overlap are replaced as one. */
export function replaceSpans(text: string, spans: readonly Span[], replace: Replace): string {
  if (spans.length === 0) return text;
  let result = '';
  let end = 0;
  for (const span of spans.toSorted((a, b) => a.from - b.from || b.to - a.to)) {
    if (span.from >= end) result += text.slice(end, span.from) + replacement(span, replace);
    end = Math.max(end, span.to);
  }
  return result + text.slice(end);
}

function replacement({ password, quote = '', inner }: Span, replace: Replace): string {
  if (inner) return JSON.stringify(replaceSpans(inner.text, inner.spans, replace));
  return quote + replace(password) + quote;
}

/** Returns the passwords in the spans, those in nested JSON included. */
export const passwordsOf = (spans: readonly Span[]): string[] =>
  spans.flatMap(({ password, inner }) => [
    ...(password === '' ? [] : [password]),
    ...(inner ? passwordsOf(inner.spans) : []),
  ]);

export const shifted = (spans: readonly Span[], by: number): Span[] =>
  spans.map((span) => ({ ...span, from: span.from + by, to: span.to + by }));
