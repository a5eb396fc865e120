/** The fields of a change, and what of them an attacker knows. */
import type { Sent } from '../browser/tab.ts';

export type Fields = (readonly [name: string, value: string])[];
/** The attacker's own values of the fields that differ between two people: tokens and numbers of theirs. */
export type Tokens = ReadonlyMap<string, string>;

/** The fields of a change as a form or a flat JSON object has them. */
export function fieldsOf({ request: { body } }: Sent): Fields {
  if (body === undefined) return [];
  if (body.type.startsWith('application/x-www-form-urlencoded')) return [...new URLSearchParams(body.text)];
  return Object.entries(objectIn(body.text)).flatMap(([name, value]) =>
    ['string', 'number', 'boolean'].includes(typeof value) ? [[name, String(value)] as const] : [],
  );
}

function objectIn(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
  } catch {
    return {};
  }
}

/** A field that differs between two people, and is not what was changed, is a token or a number of theirs: the attacker has her own. */
export function tokensIn(hers: Fields, own: Fields, was: string): Tokens {
  const theirs = new Map(own);
  return new Map(
    hers.flatMap(([name, value]) => {
      const other = theirs.get(name);
      return other === undefined || other === value || value.includes(was) ? [] : [[name, other]];
    }),
  );
}

export const renamed = (fields: Fields, was: string, text: string): Fields =>
  fields.map(([name, value]) => [name, value.replaceAll(was, text)]);

/** Puts the attacker's own tokens into the fields, or leaves these fields out. */
export const filled = (fields: Fields, tokens: Tokens, sent: boolean): Fields =>
  fields.filter(([name]) => sent || !tokens.has(name)).map(([name, value]) => [name, tokens.get(name) ?? value]);

export const queryOf = (fields: Fields) => new URLSearchParams(fields.map(([name, value]) => [name, value])).toString();

export function jsonWith(text: string, tokens: Tokens, sent: boolean): string {
  if (tokens.size === 0) return text;
  const object = objectIn(text);
  for (const [name, value] of tokens) {
    if (sent) object[name] = value;
    else delete object[name];
  }
  return JSON.stringify(object);
}
