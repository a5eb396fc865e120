import { expect, test } from 'vitest';
import { asError, SandboxError } from './errors.ts';

const unreadable = Object.defineProperty(new Error('x'), 'message', {
  get() {
    throw new Error('Not even this.');
  },
});

const circular: { self?: object } = {};
circular.self = circular;
const ownCause = new Error('round');
ownCause.cause = ownCause;

test.each([
  ['an Error', new TypeError('broken'), 'broken'],
  ['text', 'just text', 'just text'],
  ['nothing', undefined, 'What was thrown is not an Error: undefined'],
  ['an empty string', '', 'What was thrown is not an Error: an empty string'],
  ['a symbol', Symbol('x'), 'What was thrown is not an Error: Symbol(x)'],
  ['an object', { code: 7 }, 'What was thrown is not an Error: {"code":7}'],
  ['an object that contains itself', circular, 'Something was thrown that cannot be printed'],
  [
    'a cause',
    new Error('No login.', { cause: new TypeError('no form', { cause: 404 }) }),
    'No login (no form (What was thrown is not an Error: 404))',
  ],
  ['its own cause', ownCause, 'round'],
  ['several', new AggregateError([new Error('one'), new Error('two')], 'All failed'), 'All failed (one; two)'],
  ['an Error without a message', new RangeError(), 'RangeError without a message'],
  ['an object without a prototype', Object.create(null), 'What was thrown is not an Error: {}'],
  ['an Error whose message throws', unreadable, 'Something was thrown that cannot be printed'],
])('%s gives a readable message', (_, thrown, message) => {
  expect(asError(thrown).message).toBe(message);
});

test('an error with a cause is still what it was', () => {
  const error = asError(new SandboxError('unknown-key', 'No such key.'));
  error.cause = new Error('gone');
  expect(asError(error)).toBeInstanceOf(SandboxError);
  expect(asError(error)).toMatchObject({ message: 'No such key (gone)', status: 404, stack: error.stack });
});

test('an error code decides the HTTP status, unless another one is given', () => {
  expect(new SandboxError('unknown-key', 'No such key.')).toMatchObject({ status: 404, message: 'No such key.' });
  expect(new SandboxError('bad-request', 'Too large.', { status: 413 }).status).toBe(413);
});
