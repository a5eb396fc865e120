import { expect, test } from 'vitest';
import { asError, SandboxError } from './errors.ts';

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

test('an error code decides the HTTP status, unless another one is given', () => {
  expect(new SandboxError('unknown-key', 'No such key.')).toMatchObject({ status: 404, message: 'No such key.' });
  expect(new SandboxError('bad-request', 'Too large.', { status: 413 }).status).toBe(413);
});
