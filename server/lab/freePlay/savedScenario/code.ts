/** Pieces of a scenario that are code to print and can be done as well, so that what was measured is what is printed. */
import type { Cast } from '../../../../scenarios/engine/cast.ts';

export type AnyCast = Cast<string, string>;

/** An expression: how it is written, what of the cast it needs, and its value. */
export interface Code<Value> {
  text: string;
  uses: readonly string[];
  value(cast: AnyCast): Value | Promise<Value>;
}

/** A string in single quotes. */
export function quoted(text: string): string {
  const inside = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  return `'${inside}'`;
}

export const literal = <Value extends string | number | boolean | null>(value: Value): Code<Value> => ({
  text: typeof value === 'string' ? quoted(value) : String(value),
  uses: [],
  value: () => value,
});

/** Strings one after the other, some of them known only when it is played. */
export function joined(parts: readonly Code<string>[]): Code<string> {
  const [only] = parts;
  if (parts.length === 1 && only) return only;
  const inside = parts.map((part) => (part.uses.length === 0 ? template(part) : `\${${part.text}}`));
  return {
    text: parts.length === 0 ? "''" : `\`${inside.join('')}\``,
    uses: parts.flatMap(({ uses }) => uses),
    value: async (cast) => (await Promise.all(parts.map((part) => part.value(cast)))).join(''),
  };
}

/** What a literal is between backticks. */
function template({ text }: Code<string>): string {
  const inside = text.slice(1, -1).replaceAll("\\'", "'");
  return inside.replaceAll('`', '\\`').replaceAll('${', '\\${');
}

/** An object with these properties. */
export function record<Value>(entries: readonly (readonly [string, Code<Value>])[]): Code<Record<string, Value>> {
  const written = entries.map(([name, { text }]) => `${propertyName(name)}: ${text}`);
  return {
    text: written.length === 0 ? '{}' : `{ ${written.join(', ')} }`,
    uses: entries.flatMap(([, { uses }]) => uses),
    value: async (cast) =>
      Object.fromEntries(await Promise.all(entries.map(async ([name, code]) => [name, await code.value(cast)]))),
  };
}

/** In a literal `__proto__` is no property, quoted or not; computed it is. */
const propertyName = (name: string) =>
  name === '__proto__' ? `['__proto__']` : /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name);

/** A JSON value as it is written in code. */
export function json(value: unknown, text: (text: string) => Code<string>): Code<unknown> {
  if (typeof value === 'string') return text(value);
  if (Array.isArray(value)) {
    const items = value.map((item) => json(item, text));
    return {
      text: `[${items.map((item) => item.text).join(', ')}]`,
      uses: items.flatMap(({ uses }) => uses),
      value: (cast) => Promise.all(items.map((item) => item.value(cast))),
    };
  }
  if (typeof value === 'object' && value !== null)
    return record(Object.entries(value).map(([name, inside]) => [name, json(inside, text)] as const));
  return literal(value as number | boolean | null);
}
