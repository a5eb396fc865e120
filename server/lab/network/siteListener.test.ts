import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { siteListener } from './hosts.ts';

const failed = vi.fn();
const server = createServer(siteListener({}, failed));
afterEach(() => server.close());

test('a client that leaves in the middle of its request causes no unhandled rejection', async () => {
  const rejected = vi.fn();
  process.on('unhandledRejection', rejected);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;

  const client = connect(port, '127.0.0.1');
  client.write('POST / HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 100\r\n\r\nhalf');
  const [request] = await once(server, 'request');
  client.destroy();
  // Not with the `once` above, which rejects for the `error` that comes first.
  await new Promise((resolve) => request.once('close', resolve));
  await new Promise(setImmediate);
  expect(rejected).not.toHaveBeenCalled();
  expect(failed).not.toHaveBeenCalled();
  process.off('unhandledRejection', rejected);
});
