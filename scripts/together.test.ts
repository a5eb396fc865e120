import { on, once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runTogether } from './together.ts';

/** A script that lives as long as nobody ends it: it stays connected to the test, which sees when it is gone. */
const staysConnected = (port: number) => ['-e', `require('node:net').connect(${port}, '127.0.0.1')`];

let door: Server;
let port: number;

beforeEach(async () => {
  door = createServer().listen(0, '127.0.0.1');
  await once(door, 'listening');
  port = (door.address() as { port: number }).port;
});

afterEach(() => door.close());

/** The next script that has come, as the socket it holds open; `gone` resolves when the script has ended. */
async function nextArrival(arrivals: ReturnType<typeof on>): Promise<{ socket: Socket; gone: Promise<unknown> }> {
  const [socket] = (await arrivals.next()).value as [Socket];
  socket.on('error', () => {}).resume();
  // Not by `once`, to which a connection that breaks, as that of a process that exits may, is a failure.
  return { socket, gone: new Promise((resolve) => socket.once('close', resolve)) };
}

test('when one ends, the other is ended and its exit code is passed on', async () => {
  const arrivals = on(door, 'connection');
  const failsWhenTold = `require('node:net').connect(${port}, '127.0.0.1').on('data', () => process.exit(7))`;
  const run = runTogether([staysConnected(port), ['-e', failsWhenTold]], new AbortController().signal);
  const both = [await nextArrival(arrivals), await nextArrival(arrivals)];
  for (const { socket } of both) socket.write('end');
  expect(await run).toBe(7);
  for (const { gone } of both) await gone;
});

test('when stopped, all are ended and the exit code is 0', async () => {
  const arrivals = on(door, 'connection');
  const stop = new AbortController();
  const run = runTogether([staysConnected(port), staysConnected(port)], stop.signal);
  const both = [await nextArrival(arrivals), await nextArrival(arrivals)];
  stop.abort();
  expect(await run).toBe(0);
  for (const { gone } of both) await gone;
});
