import { expect, test } from 'vitest';
import type { JarCookie } from '../../../scenarios/engine/trace.ts';
import { attributesOf, hostOf } from './attributes.ts';

const careful: JarCookie = {
  name: 'sid',
  value: 'v',
  domain: 'shop.example',
  hostOnly: true,
  path: '/',
  secure: true,
  httpOnly: true,
  sameSite: 'Lax',
  expiresAt: null,
};
const weak = (cookie: JarCookie) =>
  [...attributesOf(cookie), hostOf(cookie)].filter((one) => one.weak).map(({ text }) => text);

test('a careful cookie has nothing to worry about', () => {
  expect(weak(careful)).toEqual([]);
  expect(attributesOf(careful).map(({ text }) => text)).toEqual(['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/']);
});

test('what is missing is named', () => {
  const careless = { ...careful, httpOnly: false, secure: false, sameSite: null, hostOnly: false };
  expect(weak(careless)).toEqual(['not HttpOnly', 'not Secure', 'no SameSite', 'Domain=shop.example']);
});

test('SameSite=None is a weakness as well', () => {
  expect(weak({ ...careful, sameSite: 'None' })).toEqual(['SameSite=None']);
});

test('of a cookie that only a Cookie header told of, nothing is said that was not seen', () => {
  const seen: JarCookie = { ...careful, httpOnly: false, secure: false, sameSite: null, attributes: 'unknown' };
  expect(attributesOf(seen).map(({ text }) => text)).toEqual(['attributes unknown']);
  expect(hostOf(seen).text).toBe('sent to shop.example');
  expect(weak(seen)).toEqual([]);
});
