/** What the tables of vectors are made of. */
import type { Vector } from './vectors.ts';

export const shop = 'https://shop.example';

export const plainShop = 'http://shop.example';

export const blog = 'https://blog.shop.example';

/** The text in quotes, ASCII only, with what is repeated often written once: `x{4096}`. */
const short = (text: string) =>
  JSON.stringify(text)
    .replace(/(.{1,5}?)\1{20,}/g, (run, unit: string) => `${unit}{${run.length / unit.length}}`)
    .replace(/[\x7f-\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** One vector for each header: a page sets it, and is asked again. */
export const headers = (texts: readonly string[], at = `${shop}/`, asks: readonly string[] = [at]): Vector[] =>
  texts.map((text) => ({
    name: `Set-Cookie: ${short(text)} from ${at}`,
    sets: [{ at, cookies: [text] }],
    asks,
  }));

/** One vector for each group of headers that one response has. */
export const answers = (
  groups: readonly (readonly string[])[],
  at = `${shop}/`,
  asks: readonly string[] = [at],
): Vector[] =>
  groups.map((cookies) => ({
    name: `Set-Cookie: ${cookies.map(short).join(', ')} from ${at}`,
    sets: [{ at, cookies: [...cookies] }],
    asks,
  }));

/** One vector for each text that a script writes, with these cookies there before. */
export const written = (texts: readonly string[], at = `${shop}/`, before: readonly string[] = []): Vector[] =>
  texts.map((text) => ({
    name: `document.cookie = ${short(text)} at ${at}${before.length > 0 ? ` after ${before.map(short).join(', ')}` : ''}`,
    sets: [{ at, cookies: [...before] }, { write: text }],
    asks: [at],
  }));
