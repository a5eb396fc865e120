import { describe, expect, test } from 'vitest';
import type { AnyCast, Code } from './code.ts';
import { cookieEdit } from './cookieEdit.ts';

const alice = 'Aliceeeeeeeeeeeeeeeeeeeeeeeeeeee';
const mallory = 'Allllllllllllllllllllllllllllory';
const signed = (sid: string, signature = 'c2lnbmF0dXJl') => `s%3A${sid}.${signature}`;
const idOf = (name: string, sid: string): Code<string> => ({ text: `sidOf(${name})`, uses: [name], value: () => sid });
const held = new Map([
  [alice, idOf('alice', 'AliceInAnotherRun')],
  [mallory, idOf('mallory', 'MalloryInAnotherRun')],
]);
const cast = {} as AnyCast;

describe('an edit of a cookie', () => {
  test.each([
    ['the first character of the id', signed(alice), signed(`x${alice.slice(1)}`)],
    ['the last of the signature', signed(alice), signed(alice, 'c2lnbmF0dXJx')],
    ['two characters', signed(alice), signed(`xy${alice.slice(2)}`)],
    ['one more', signed(alice), signed(`${alice}x`)],
    ['one less', signed(alice), signed(alice.slice(1))],
    ['all of it', signed(alice), 'nothing'],
    ['nothing left', signed(alice), ''],
  ])('of %s does the same again', async (_, before, after) => {
    const edit = cookieEdit(before, after, held);
    const change = await edit.value(cast);
    expect(change(before)).toBe(after);
    // What is printed does what was measured.
    const printed = new Function(`return ${edit.text}`)() as (value: string) => string;
    expect(printed(before)).toBe(after);
  });

  test('of one character changes a value that has this character there already', async () => {
    const before = signed(alice);
    const after = signed(`x${alice.slice(1)}`);
    const change = await cookieEdit(before, after, held).value(cast);
    expect(change(after)).not.toBe(after);
  });

  test('that puts somebody else’s id in names it by way of their browser', async () => {
    const edit = cookieEdit(signed(alice), signed(mallory), held);
    expect(edit.text).toBe('(value) => value.slice(0, 4) + sidOf(mallory) + value.slice(36)');
    expect((await edit.value(cast))(signed(alice))).toBe(signed('MalloryInAnotherRun'));
  });
});
