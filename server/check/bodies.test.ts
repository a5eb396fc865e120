import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { decoded } from './bodies.ts';

const text = `<p>Äpfel ${'x'.repeat(500)}`;

test.each([
  ['gzip', gzipSync(text)],
  ['x-gzip', gzipSync(text)],
  ['deflate', deflateSync(text)],
  ['deflate', deflateRawSync(text)],
  ['br', brotliCompressSync(text)],
  ['gzip, br', brotliCompressSync(gzipSync(text))],
  ['identity', Buffer.from(text)],
  ['', Buffer.from(text)],
])('Content-Encoding: %s', (coding, body) => {
  expect(decoded(body, { 'content-encoding': coding })).toBe(text);
});

test('a body that is cut is read as far as it goes', () => {
  const cut = gzipSync(Buffer.from(Array.from({ length: 5000 }, (_, at) => at * 7919).join(' '))).subarray(0, 5000);
  expect(decoded(cut, { 'content-encoding': 'gzip' })).toMatch(/^0 7919 15838 /);
});

test('an answer without a body, such as 304', () => {
  expect(decoded(Buffer.alloc(0), { 'content-encoding': 'gzip' })).toBe('');
});

test('a coding that nobody knows is said, not taken for a page', () => {
  expect(() => decoded(Buffer.from(text), { 'content-encoding': 'zstd' })).toThrow('content coding zstd');
});

test.each([
  ['text/html; charset=ISO-8859-1', 'Äpfel'],
  ['text/html; charset="windows-1252"', 'Äpfel'],
])('%s', (type, expected) => {
  expect(decoded(Buffer.from('Äpfel', 'latin1'), { 'content-type': type })).toBe(expected);
});

test('a character set that does not exist is UTF-8', () => {
  expect(decoded(Buffer.from('Äpfel'), { 'content-type': 'text/html; charset=klingon' })).toBe('Äpfel');
});
