/**
 * Expressions of a scenario file that can be printed and evaluated. A saved scenario is measured by evaluating them, so what the
 * file says was really played. What a learner typed is printed as quoted strings only, so it is never run as code.
 */
import type { Cast } from '../../../../scenarios/engine/cast.ts';

export interface Code<Value = unknown> {
  text: string;
  /** The members of the cast that the text uses. */
  uses: readonly string[];
  /** The text contains `await`. */
  awaits?: boolean;
  /** The text calls `sidOf`, which the file must import. */
  readsIds?: boolean;
  value(cast: Cast): Value | Promise<Value>;
}

/**
 * Returns an expression that contains others.
 * @param text returns its text, given theirs
 * @param value returns its value, given theirs
 * @param adds what the text needs besides what they need
 */
export function combine<Values extends readonly unknown[], Value>(
  parts: { readonly [Index in keyof Values]: Code<Values[Index]> },
  text: (texts: string[]) => string,
  value: (values: Values) => Value | Promise<Value>,
  adds: Pick<Code, 'awaits' | 'readsIds'> = {},
): Code<Value> {
  const codes = parts as readonly Code[];
  return {
    text: text(codes.map((code) => code.text)),
    uses: codes.flatMap(({ uses }) => uses),
    awaits: adds.awaits === true || codes.some(({ awaits }) => awaits),
    readsIds: adds.readsIds === true || codes.some(({ readsIds }) => readsIds),
    value: async (cast) => value((await Promise.all(codes.map((code) => code.value(cast)))) as unknown as Values),
  };
}

export const literal = <Value extends string | number | boolean | null | undefined>(value: Value): Code<Value> => ({
  text: typeof value === 'string' ? quoted(value) : Object.is(value, -0) ? '-0' : String(value),
  uses: [],
  value: () => value,
});

/** Returns a string literal in single quotes, in which everything that cannot be seen is escaped. */
export function quoted(text: string): string {
  const inside = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  return `'${inside.replace(unseen, escaped)}'`;
}

/** Control characters, marks that change the direction of the text, and separators of lines, which an editor does not show. */
const unseen = /[\p{C}\p{Zl}\p{Zp}]/gu;

const escaped = (character: string) =>
  character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');

export const world: Code<Cast['world']> = { text: 'world', uses: ['world'], value: (cast) => cast.world };

export const actor = (name: string): Code<Cast[string]> => ({
  text: `${name}!`,
  uses: [name],
  value: (cast) => cast[name]!,
});

/** Calls a method of an actor, of one of the actor's pages, or of the world. */
export const call = (on: Code<object>, method: string, args: readonly Code[]): Code =>
  combine(
    [on, ...args],
    ([target, ...texts]) => `${target}.${method}(${texts.join(', ')})`,
    ([target, ...values]) => (target as Record<string, (...args: unknown[]) => unknown>)[method]!(...values),
  );

/** Concatenates texts that are known now and strings that are known only when the scenario is played. */
export function concatenated(pieces: readonly (string | Code<string>)[]): Code<string> {
  const parts = joined(pieces).map((piece) => (typeof piece === 'string' ? literal(piece) : piece));
  const [only = literal('')] = parts;
  if (parts.length < 2) return only;
  // Without a known text among the first two, + would not mean concatenation where a browser has no such cookie.
  const adds = joined(pieces.slice(0, 2)).some((piece) => typeof piece === 'string') ? [] : ["''"];
  return combine<string[], string>(
    parts,
    (texts) => [...adds, ...texts].join(' + '),
    (values) => values.join(''),
  );
}

/** Joins texts that follow each other. */
function joined(pieces: readonly (string | Code<string>)[]): (string | Code<string>)[] {
  const result: (string | Code<string>)[] = [];
  for (const piece of pieces) {
    const last = result.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') result[result.length - 1] = last + piece;
    else result.push(piece);
  }
  return result;
}

export function record<Value>(entries: readonly (readonly [string, Code<Value>])[]): Code<Record<string, Value>> {
  return combine<Value[], Record<string, Value>>(
    entries.map(([, code]) => code),
    (texts) => {
      const properties = texts.map((text, index) => `${propertyName(entries[index]![0])}: ${text}`);
      return properties.length === 0 ? '{}' : `{ ${properties.join(', ')} }`;
    },
    (values) => Object.fromEntries(values.map((value, index) => [entries[index]![0], value])),
  );
}

/** In an object literal, `__proto__: …` sets the prototype, even in quotes. A computed name does not. */
const propertyName = (name: string) =>
  name === '__proto__' ? `['__proto__']` : /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name);

/** @param text returns the code for a string inside the JSON value */
export function json(value: unknown, text: (text: string) => Code<string> = literal): Code {
  if (typeof value === 'string') return text(value);
  if (Array.isArray(value)) {
    return combine<unknown[], unknown>(
      value.map((item) => json(item, text)),
      (texts) => `[${texts.join(', ')}]`,
      (values) => values,
    );
  }
  if (typeof value === 'object' && value !== null)
    return record(Object.entries(value).map(([name, inside]) => [name, json(inside, text)] as const));
  return literal(value as number | boolean | null);
}
