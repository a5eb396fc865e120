import { afterEach, beforeEach, expect, test } from 'vitest';
import { alice, closeApps, openApp, type TestApp } from '../../../testing/testApp.ts';
import { createMockRedis, type MockRedis } from '../../redis/mock.ts';

let redis: MockRedis;
let app: TestApp;

beforeEach(async () => {
  redis = createMockRedis();
  app = await openApp(await redis.connect(''));
});
afterEach(async () => {
  await closeApps();
  await redis.close();
});

test.each([
  ['application/json', JSON.stringify(alice), 200],
  ['application/json; charset=utf-8', JSON.stringify(alice), 200],
  // <form method="post" enctype="text/plain"> with a field whose name is JSON
  ['text/plain', JSON.stringify(alice), 400],
  // <form method="post">
  ['application/x-www-form-urlencoded', new URLSearchParams(alice).toString(), 400],
])('a login with the content type %s (%s) is answered %i', async (type, body, status) => {
  const answer = await app.send('/auth/login', { method: 'POST', headers: { 'Content-Type': type }, body });
  expect(answer.status).toBe(status);
});

test('https responses tell browsers to use https only for a year, static files and refusals too', async () => {
  for (const path of ['/', '/me', '/assets/app.css', '/no-such-page']) {
    const { headers } = await app.send(path);
    expect(headers.get('strict-transport-security'), path).toBe('max-age=31536000; includeSubDomains');
  }
});

test.each(['http', 'http,https', ''])('a response over http does not (X-Forwarded-Proto: %j)', async (proto) => {
  const { headers } = await app.send('/', { headers: { 'X-Forwarded-Proto': proto } });
  expect(headers.has('strict-transport-security')).toBe(false);
});

test('a body of more than 16 kB is refused before it is parsed', async () => {
  const body = JSON.stringify({ item: 'x'.repeat(17_000) });
  expect((await app.send('/basket', { method: 'POST', body })).status).toBe(413);
});
