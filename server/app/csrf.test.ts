import { expect, test } from 'vitest';
import { csrfToken, isCsrfToken } from './csrf.ts';
import type { Services } from './services.ts';

const signedWith = (secret: string | string[]) => ({ secret }) as Services;
const services = signedWith('a secret');
const token = csrfToken(services, 'one');

test('the token of a session is always the same, and says nothing of its id', () => {
  expect(csrfToken(services, 'one')).toBe(token);
  expect(token).toMatch(/^[\w-]{43}$/);
  expect(csrfToken(services, 'a-long-session-id')).not.toContain('a-long-session-id');
});

test('another id and another secret give another token', () => {
  const tokens = [
    token,
    csrfToken(services, 'two'),
    csrfToken(signedWith('another secret'), 'one'),
    csrfToken(signedWith(['a new secret', 'a secret']), 'one'),
  ];
  expect(new Set(tokens).size).toBe(4);
});

test.each<[what: string, given: string | undefined, is: boolean]>([
  ['itself', token, true],
  ['nothing', undefined, false],
  ['an empty one', '', false],
  ['one of another session', csrfToken(services, 'two'), false],
  ['its beginning', token.slice(0, -1), false],
  ['itself and more', `${token}A`, false],
  ['the same letters in another case', token.toLowerCase(), false],
  ['letters of several bytes, as many as it has', 'é'.repeat(43), false],
])('%s is a token of that session: %s', (_, given, is) => {
  expect(isCsrfToken(services, 'one', given)).toBe(is);
});
