import { describe, expect, test } from 'vitest';
import { type Command, commandFor, keysOf } from './keys.ts';
import type { KeyPress } from './pageKey.ts';

const press = (key: string, more: Partial<KeyPress> = {}) =>
  commandFor({ key, modified: false, held: false, place: 'page', ...more });

describe('keys', () => {
  test.each([
    ['ArrowRight', 'next'],
    [' ', 'next'],
    ['PageDown', 'next'],
    ['ArrowLeft', 'previous'],
    ['PageUp', 'previous'],
    ['Home', 'first'],
    ['End', 'last'],
    ['v', 'variant'],
    ['d', 'diff'],
    ['c', 'copy'],
    ['t', 'jump'],
    ['r', 'reset'],
    ['?', 'help'],
    ['x', null],
  ] as [string, Command | null][])('%j means %s', (key, command) => {
    expect(press(key)).toBe(command);
  });

  test('the help names a key for every command', () => {
    for (const { keys } of Object.values(keysOf)) expect(keys.length).toBeGreaterThan(0);
  });

  test('none works in a text field, nor together with Ctrl, Alt or Meta', () => {
    expect(press('v', { place: 'field' })).toBe(null);
    expect(press('PageDown', { place: 'field' })).toBe(null);
    expect(press('r', { modified: true })).toBe(null);
  });

  test('Space presses the focused button; the arrow keys still step', () => {
    expect(press(' ', { place: 'button' })).toBe(null);
    expect(press('ArrowRight', { place: 'button' })).toBe('next');
  });

  test('a choice keeps the keys that move in it; the keys of a presenter still step', () => {
    expect(press('ArrowRight', { place: 'choice' })).toBe(null);
    expect(press('Home', { place: 'choice' })).toBe(null);
    expect(press('PageDown', { place: 'choice' })).toBe('next');
    expect(press('v', { place: 'choice' })).toBe('variant');
  });

  test('a key that is held down steps back, but does not play the whole scenario', () => {
    expect(press('ArrowRight', { held: true })).toBe(null);
    expect(press('r', { held: true })).toBe(null);
    expect(press('ArrowLeft', { held: true })).toBe('previous');
  });
});
