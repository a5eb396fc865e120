import { expect, test } from 'vitest';
import { sideOfDigit } from './digitSide.ts';

const guessed = (vulnerable?: number, fixed?: number) => ({ vulnerable, protected: fixed });

test.each([
  ['the vulnerable app first', null, guessed(), null, 'vulnerable'],
  ['then the protected one', null, guessed(200), 'vulnerable', 'protected'],
  ['what a click has left out', null, guessed(undefined, 401), null, 'vulnerable'],
  ['the vulnerable one again, once both are predicted', null, guessed(200, 401), 'protected', 'vulnerable'],
  ['both anew, one after the other', null, guessed(401, 401), 'vulnerable', 'protected'],
  ['that in whose column the focus is', 'protected', guessed(), null, 'protected'],
] as const)('a digit predicts for %s', (_, focused, guesses, last, side) => {
  expect(sideOfDigit(focused, guesses, last)).toBe(side);
});
