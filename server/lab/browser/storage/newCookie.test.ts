import { expect, test } from 'vitest';
import { newCookie } from './newCookie.ts';
import { parseSetCookie } from './parseSetCookie.ts';

test.each<[url: string, header: string, expected: object]>([
  ['https://shop.example/', 'sid=1', { domain: 'shop.example', hostOnly: true, path: '/' }],
  ['https://blog.shop.example/', 'sid=1; Domain=shop.example', { domain: 'shop.example', hostOnly: false }],
  ['https://github.io/', 'sid=1; Domain=github.io', { domain: 'github.io', hostOnly: true }],
  ['http://localhost/', 'sid=1; Domain=localhost', { domain: 'localhost', hostOnly: true }],
  ['http://127.0.0.1/', 'sid=1; Domain=127.0.0.1', { domain: '127.0.0.1', hostOnly: true }],
  ['http://[::1]/', 'sid=1', { domain: '::1', hostOnly: true }],
  ['http://[::1]/', 'sid=1; Domain=[::1]', { domain: '::1', hostOnly: true }],
  ['https://co.uk./', 'sid=1; Domain=co.uk.', { domain: 'co.uk.', hostOnly: true }],
  ['https://shop.example/', 'sid=1; Domain=example; Domain=', { domain: 'shop.example', hostOnly: true }],
  ['https://shop.example/app', 'sid=1', { path: '/' }],
  ['https://shop.example/app/', 'sid=1', { path: '/app' }],
  ['https://shop.example/app/me?x=/y/z', 'sid=1', { path: '/app' }],
  ['https://shop.example/app/me', 'sid=1; Path=/', { path: '/' }],
  ['https://shop.example/caf%C3%A9/me', 'sid=1', { path: '/caf%C3%A9' }],
  ['https://shop.example/', 'sid=1', { sameSite: null, secure: false, httpOnly: false, expiresAt: null, createdAt: 5 }],
  ['https://shop.example/', 'sid=1; SameSite=none; Secure; Partitioned', { sameSite: 'None', partitioned: true }],
])('%s answers %j', (url, header, expected) => {
  expect(newCookie(parseSetCookie(header), new URL(url), 5)).toMatchObject(expected);
});
