import { request } from 'node:http';
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

/** Sends what fetch() refuses to send: a Host of one's own. */
function post(path: string, body: object, headers: Record<string, string>): Promise<number | undefined> {
  const { port } = new URL(app.origin);
  return new Promise((resolve, reject) => {
    const outgoing = request({
      ...{ host: '127.0.0.1', port, path, method: 'POST' },
      headers: { 'X-Forwarded-Proto': 'https', 'Content-Type': 'application/json', ...headers },
    });
    outgoing.on('response', (answer) => resolve(answer.resume().statusCode));
    outgoing.on('error', reject);
    outgoing.end(JSON.stringify(body));
  });
}

const evil = 'evil.example';
const writtenByTheClient: Record<string, string>[] = [
  { Host: evil },
  { 'X-Forwarded-Host': evil },
  { Host: evil, 'X-Forwarded-Host': `${evil}, shop.example` },
  { Host: 'shop.example:443@evil.example' },
  { 'X-Forwarded-Proto': 'http', 'X-Forwarded-Host': evil, 'X-Forwarded-Port': '8080' },
  { Forwarded: 'host=evil.example;proto=http' },
  { 'Sec-Fetch-Site': 'same-origin', Origin: `https://${evil}`, Referer: `https://${evil}/` },
];

test.each(writtenByTheClient)('no header of a request becomes part of a link: %j', async (headers) => {
  expect(await post('/auth/forgot', { email: alice.email }, headers)).toBe(202);
  expect(await post('/auth/register', { email: 'bob@shop.example' }, headers)).toBe(202);
  expect(app.mails.map(({ text }) => text)).toEqual([
    expect.stringMatching(/^https:\/\/shop\.example\/#reset=1\.[\w-]{43}$/),
    expect.stringMatching(/^https:\/\/shop\.example\/#confirm=[\w-]{43}$/),
  ]);
});

test('a server that is asked for a link does not get its token', async () => {
  await post('/auth/forgot', { email: alice.email }, {});
  const { pathname, search } = new URL(app.mails[0]!.text);
  expect(pathname + search).toBe('/');
});
