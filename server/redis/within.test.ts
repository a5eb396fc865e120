import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { TimedOut, within } from './within.ts';

const never = new Promise<never>(() => {});
const server = createServer((socket) => socket.end('here'));
afterEach(() => server.close());

test('an answer in time is passed on, and so is a failure', async () => {
  expect(await within(1000, Promise.resolve('here'))).toBe('here');
  await expect(within(1000, Promise.reject(new Error('refused')))).rejects.toThrow('refused');
});

test.each([0, 50])('without an answer it throws after %i ms', async (ms) => {
  const started = performance.now();
  await expect(within(ms, never)).rejects.toThrow(TimedOut);
  // Timers of Node may end up to 1 ms early.
  expect(performance.now() - started).toBeGreaterThanOrEqual(ms - 10);
});

test('time in which the process is blocked does not count', async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1').setEncoding('utf8');
  const limited = within(100, once(client, 'data'));
  for (const end = performance.now() + 300; performance.now() < end; );
  expect(await limited).toEqual(['here']);
});
