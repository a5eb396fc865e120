import { expect, test } from 'vitest';
import { mayRead, preflightAllows, preflightFor } from './cors.ts';

test.each<[string, string, string[], string | undefined, string | null]>([
  ['a plain GET', 'GET', [], undefined, null],
  ['a body that a form could send', 'POST', [], 'text/plain;charset=UTF-8', null],
  ['a safe header', 'GET', ['Accept-Language'], undefined, null],
  ['JSON', 'POST', [], 'application/json', 'POST content-type'],
  ['a type that only starts like one a form can send', 'POST', [], 'text/plainer', 'POST content-type'],
  ['another method', 'DELETE', [], undefined, 'DELETE '],
  ['a custom header', 'GET', ['X-B', 'x-a'], undefined, 'GET x-a,x-b'],
])('%s: the preflight', (_, method, names, type, expected) => {
  const preflight = preflightFor(method, names, type);
  expect(preflight && `${method} ${preflight[1]?.[1] ?? ''}`).toBe(expected);
  if (preflight) expect(preflight[0]).toEqual(['Access-Control-Request-Method', method]);
});

const origin = 'https://friend.example';
const granted = { 'access-control-allow-origin': origin, 'access-control-allow-credentials': 'true' };

test('with credentials, only the named origin may read, and only if the server allows credentials', () => {
  expect(mayRead(granted, origin)).toBe(true);
  expect(mayRead(granted, 'https://evil.example')).toBe(false);
  expect(mayRead({ ...granted, 'access-control-allow-origin': '*' }, origin)).toBe(false);
  expect(mayRead({ 'access-control-allow-origin': origin }, origin)).toBe(false);
});

test('without credentials, * lets every origin read, and nothing else is needed', () => {
  expect(mayRead({ 'access-control-allow-origin': '*' }, origin, false)).toBe(true);
  expect(mayRead({ 'access-control-allow-origin': origin }, origin, false)).toBe(true);
  expect(mayRead(granted, 'https://evil.example', false)).toBe(false);
  expect(mayRead({}, origin, false)).toBe(false);
});

test('without credentials, * allows every method and every header but Authorization', () => {
  const stars = {
    'access-control-allow-origin': '*',
    'access-control-allow-methods': '*',
    'access-control-allow-headers': '*',
  };
  expect(preflightAllows(stars, origin, 'DELETE', ['x-a'], 'application/json', false)).toBe(true);
  expect(preflightAllows(stars, origin, 'GET', ['Authorization'], undefined, false)).toBe(false);
});

test('a preflight must allow the method and each header by name', () => {
  const allows = { 'access-control-allow-methods': 'PUT, DELETE', 'access-control-allow-headers': 'X-A, Content-Type' };
  expect(preflightAllows({ ...granted, ...allows }, origin, 'DELETE', ['x-a'], 'application/json')).toBe(true);
  expect(preflightAllows({ ...granted, ...allows }, origin, 'PATCH', [], undefined)).toBe(false);
  expect(preflightAllows({ ...granted, ...allows }, origin, 'POST', ['x-b'], undefined)).toBe(false);
  const stars = { 'access-control-allow-methods': '*', 'access-control-allow-headers': '*' };
  expect(preflightAllows({ ...granted, ...stars }, origin, 'DELETE', [], undefined)).toBe(false);
  expect(preflightAllows(allows, origin, 'POST', [], undefined)).toBe(false);
});
