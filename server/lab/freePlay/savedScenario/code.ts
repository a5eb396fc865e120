/**
 * Expressions of a scenario file that can be printed and evaluated. A saved scenario is measured by evaluating them, so what the
 * file says was really played, and nothing that a learner typed is ever run as code.
 */
import type { Cast } from '../../../../scenarios/engine/cast.ts';

export interface Code<Value = unknown> {
  text: string;
  /** The members of the cast that the text uses. */
  uses: readonly string[];
  value(cast: Cast): Value | Promise<Value>;
}

/**
 * Returns an expression that contains others.
 * @param text returns its text, given theirs
 * @param value returns its value, given theirs
 */
export function combine<Values extends readonly unknown[], Value>(
  parts: { readonly [Index in keyof Values]: Code<Values[Index]> },
  text: (texts: string[]) => string,
  value: (values: Values) => Value | Promise<Value>,
): Code<Value> {
  const codes = parts as readonly Code[];
  return {
    text: text(codes.map((code) => code.text)),
    uses: codes.flatMap(({ uses }) => uses),
    value: async (cast) => value((await Promise.all(codes.map((code) => code.value(cast)))) as unknown as Values),
  };
}

export const literal = <Value extends string | number | boolean | null | undefined>(value: Value): Code<Value> => ({
  text: typeof value === 'string' ? quoted(value) : String(value),
  uses: [],
  value: () => value,
});

/** Returns a string literal in single quotes. */
export function quoted(text: string): string {
  const inside = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  return `'${inside}'`;
}

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

/** Concatenates strings, some of which are known only when the scenario is played. */
export function concatenated(parts: readonly Code<string>[]): Code<string> {
  const [only] = parts;
  if (parts.length === 1 && only) return only;
  return combine<string[], string>(
    parts,
    (texts) => {
      const inside = texts.map((text, index) => (parts[index]!.uses.length === 0 ? inTemplate(text) : `\${${text}}`));
      return inside.length === 0 ? "''" : `\`${inside.join('')}\``;
    },
    (values) => values.join(''),
  );
}

/** Turns a string literal into a piece of a template literal. */
const inTemplate = (text: string) =>
  text.slice(1, -1).replaceAll("\\'", "'").replaceAll('`', '\\`').replaceAll('${', '\\${');

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
