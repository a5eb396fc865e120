import { expect, test } from 'vitest';
import { asError } from './errors.ts';

const unreadable = Object.defineProperty(new Error('x'), 'message', {
  get() {
    throw new Error('Not even this.');
  },
});

test.each([
  ['an Error', new TypeError('broken'), 'broken'],
  ['text', 'just text', 'just text'],
  ['nothing', undefined, 'undefined'],
  ['a symbol', Symbol('x'), 'Symbol(x)'],
  ['an Error without a message', new RangeError(), 'RangeError without a message'],
  ['an object without a prototype', Object.create(null), 'Something was thrown that cannot be printed'],
  ['an Error whose message throws', unreadable, 'Something was thrown that cannot be printed'],
])('%s gives a readable message', (_, thrown, message) => {
  expect(asError(thrown).message).toBe(message);
});
