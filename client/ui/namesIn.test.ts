import { expect, test } from 'vitest';
import type { ActorOutline } from '../../scenarios/engine/trace.ts';
import { namesIn } from './namesIn.ts';

const mallory: ActorOutline = { name: 'mallory', label: 'Mallory', role: 'attacker' };
const alice: ActorOutline = { name: 'alice', label: 'Alice', role: 'victim' };
const laptop: ActorOutline = { name: 'laptop', label: 'Alice’s laptop', role: 'victim' };
const phone: ActorOutline = { name: 'phone', label: 'Alice’s stolen phone', role: 'attacker' };
const shared: ActorOutline = { name: 'shared', label: 'A shared computer', role: 'person' };

const told = (text: string, ...actors: ActorOutline[]) =>
  namesIn(text, actors)
    .map(({ text, color }) => (color ? `[${text}|${color}]` : text))
    .join('');

test.each([
  ['Alice logs in.', '[Alice|victim] logs in.'],
  [
    'Mallory plants her cookie in Alice’s browser.',
    '[Mallory|attacker] plants her cookie in [Alice|victim]’s browser.',
  ],
  ['alice@shop.example', '[alice@shop.example|victim]'],
  ['It says mallory@shop.example.', 'It says [mallory@shop.example|attacker].'],
  ['Malice and alice are no names.', 'Malice and alice are no names.'],
  ['nobody', 'nobody'],
])('%s', (text, marked) => {
  expect(told(text, mallory, alice)).toBe(marked);
});

test('a browser has its own color, and its owner that of the first one', () => {
  expect(told('Alice opens Alice’s stolen phone.', laptop, phone)).toBe(
    '[Alice|victim] opens [Alice’s stolen phone|attacker].',
  );
});

test('a thing of nobody is named by its whole name', () => {
  expect(told('A shared computer. A cookie.', shared)).toBe('[A shared computer|person-1]. A cookie.');
});

test('without actors a text is one piece', () => {
  expect(namesIn('Alice', [])).toEqual([{ text: 'Alice', color: null }]);
});
