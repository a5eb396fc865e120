import { describe, expect, test } from 'vitest';
import type { Cast } from '../../../../scenarios/engine/cast.ts';
import type { Code } from './code.ts';
import { cookieEdit } from './cookieEdit.ts';

const alice = 'Aliceeeeeeeeeeeeeeeeeeeeeeeeeeee';
const mallory = 'Allllllllllllllllllllllllllllory';
const signed = (sid: string, signature = 'c2lnbmF0dXJl') => `s%3A${sid}.${signature}`;
const idOf = (name: string, sid: string): Code<string> => ({ text: `sidOf(${name})`, uses: [name], value: () => sid });
const sessionIds = new Map([
  [alice, idOf('alice', 'AliceInAnotherRun')],
  [mallory, idOf('mallory', 'MalloryInAnotherRun')],
]);
const cast = {} as Cast;

describe('an edited cookie: the edit', () => {
  test.each([
    ['of the first character of the ID', signed(alice), signed(`x${alice.slice(1)}`)],
    ['of the last character of the signature', signed(alice), signed(alice, 'c2lnbmF0dXJx')],
    ['of two characters', signed(alice), signed(`xy${alice.slice(2)}`)],
    ['that adds a character', signed(alice), signed(`${alice}x`)],
    ['that removes a character', signed(alice), signed(alice.slice(1))],
    ['that replaces everything', signed(alice), 'nothing'],
    ['that empties it', signed(alice), ''],
  ])('%s has the same effect again', async (_, before, after) => {
    const edit = cookieEdit(before, after, sessionIds);
    const change = await edit.value(cast);
    expect(change(before)).toBe(after);
    // The printed code does the same.
    const printed = new Function(`return ${edit.text}`)() as (value: string) => string;
    expect(printed(before)).toBe(after);
  });

  test('of one character also changes a value that already has this character there', async () => {
    const before = signed(alice);
    const after = signed(`x${alice.slice(1)}`);
    const change = await cookieEdit(before, after, sessionIds).value(cast);
    expect(change(after)).not.toBe(after);
  });

  test('that inserts another actor’s session ID takes it from that actor’s browser', async () => {
    const edit = cookieEdit(signed(alice), signed(mallory), sessionIds);
    expect(edit.text).toBe('(value) => value.slice(0, 4) + sidOf(mallory) + value.slice(36)');
    expect((await edit.value(cast))(signed(alice))).toBe(signed('MalloryInAnotherRun'));
  });
});
