import { expect, test } from 'vitest';
import { parseUrl } from './parseUrl.ts';

test('a text that is no URL has none', () => {
  expect(parseUrl('http://[')).toBeNull();
  expect(parseUrl('/me')).toBeNull();
  expect(parseUrl('/me', 'https://shop.example/a')?.href).toBe('https://shop.example/me');
});

test('a host with an umlaut is one however often it is parsed', () => {
  const parsed = new Set(Array.from({ length: 30_000 }, () => parseUrl('https://bücher.example/')?.host));
  expect([...parsed]).toEqual(['xn--bcher-kva.example']);
});
