import { expect, test } from 'vitest';
import { registrableDomain, sameSite } from './site.ts';

test.each([
  ['shop.example', 'shop.example'],
  ['blog.shop.example', 'shop.example'],
  ['-a.shop.example', 'shop.example'],
  ['example', 'example'],
  ['a.b.co.uk', 'b.co.uk'],
  ['alice.github.io', 'alice.github.io'],
  ['github.io', 'github.io'],
  ['localhost', 'localhost'],
  ['127.0.0.1', '127.0.0.1'],
  ['[::1]', '[::1]'],
])('the registrable domain of %s is %s', (hostname, expected) => {
  expect(registrableDomain(hostname)).toBe(expected);
});

test.each([
  ['https://shop.example', 'https://shop.example/me', true],
  ['https://shop.example', 'https://blog.shop.example', true],
  ['https://blog.shop.example', 'https://api.shop.example', true],
  ['https://shop.example', 'https://shop.example:8443', true],
  ['https://shop.example', 'http://shop.example', false],
  ['https://shop.example', 'https://evil.example', false],
  ['https://shop.example', 'https://shop.example.evil.example', false],
  ['https://alice.github.io', 'https://bob.github.io', false],
  ['http://127.0.0.1:3000', 'http://127.0.0.1:4000', true],
  ['http://127.0.0.1', 'http://localhost', false],
  ['data:text/html,hi', 'data:text/html,hi', false],
])('%s and %s are the same site: %s', (a, b, expected) => {
  expect(sameSite(new URL(a), new URL(b))).toBe(expected);
  expect(sameSite(new URL(b), new URL(a))).toBe(expected);
});
