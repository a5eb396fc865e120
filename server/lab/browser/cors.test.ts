import { expect, test } from 'vitest';
import type { Header } from '../../../scenarios/engine/trace.ts';
import { preflightFor, whyNotAllowed, whyUnreadable } from './cors.ts';

const json: Header = ['Content-Type', 'application/json'];

test.each<[string, string, Header[], string | null]>([
  ['a plain GET', 'GET', [], null],
  ['a body that a form could send', 'POST', [['Content-Type', 'text/plain;charset=UTF-8']], null],
  ['a safe header', 'GET', [['Accept-Language', 'en']], null],
  ['JSON', 'POST', [json], 'POST content-type'],
  ['another method', 'DELETE', [], 'DELETE '],
  ['custom headers', 'GET', [['X-B', '1'], ['x-a', '2']], 'GET x-a,x-b'], // biome-ignore format: a row
])('%s: the preflight', (_, method, headers, expected) => {
  const preflight = preflightFor({ method, headers });
  expect(preflight && `${method} ${preflight[1]?.[1] ?? ''}`).toBe(expected);
  if (preflight) expect(preflight[0]).toEqual(['Access-Control-Request-Method', method]);
});

const origin = 'https://friend.example';
const granted = { 'access-control-allow-origin': origin, 'access-control-allow-credentials': 'true' };
const withCookies = { origin, credentials: true };
const without = { origin, credentials: false };

test.each<[string, Record<string, string>, typeof withCookies, string | null]>([
  ['the origin and credentials', granted, withCookies, null],
  ['another origin', { ...granted, 'access-control-allow-origin': 'null' }, withCookies, `is null, not ${origin}`],
  ['every origin', { ...granted, 'access-control-allow-origin': '*' }, withCookies, '* is not enough'],
  ['no credentials', { 'access-control-allow-origin': origin }, withCookies, 'Allow-Credentials is not true'],
  ['every origin, asked without', { 'access-control-allow-origin': '*' }, without, null],
  ['the origin, asked without', { 'access-control-allow-origin': origin }, without, null],
  ['nothing, asked without', {}, without, `names ${origin}`],
])('a response allows %s: why a script may not read it', (_, headers, asked, why) => {
  if (why === null) expect(whyUnreadable(headers, asked)).toBeNull();
  else expect(whyUnreadable(headers, asked)).toContain(why);
});

const listed = {
  ...granted,
  'access-control-allow-methods': 'PUT, DELETE',
  'access-control-allow-headers': 'X-A, Content-Type',
};
const stars = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': '*',
  'access-control-allow-headers': '*',
};

test.each<[string, number, Record<string, string>, string, Header[], boolean, string | null]>([
  ['what it names', 204, listed, 'DELETE', [['x-a', '1'], json], true, null], // biome-ignore format: a row
  ['another method', 204, listed, 'PATCH', [], true, 'the method PATCH'],
  ['another header', 204, listed, 'POST', [['x-b', '1']], true, 'the header x-b'],
  ['all, with cookies', 204, { ...granted, ...stars, ...granted }, 'DELETE', [], true, 'the method DELETE'],
  ['all, without cookies', 204, stars, 'DELETE', [['x-a', '1']], false, null],
  ['all but Authorization', 204, stars, 'GET', [['Authorization', 'a']], false, 'the header authorization'],
  ['nothing with status 401', 401, listed, 'DELETE', [], true, 'answered 401'],
  ['nothing with status 304', 304, listed, 'DELETE', [], true, 'answered 304'],
  ['no origin', 204, {}, 'DELETE', [], true, 'Access-Control-Allow-Origin'],
])('a preflight allows %s', (_, status, headers, method, set, credentials, why) => {
  const found = whyNotAllowed({ status, headers }, { origin, method, headers: set, credentials });
  if (why === null) expect(found).toBeNull();
  else expect(found).toContain(why);
});
