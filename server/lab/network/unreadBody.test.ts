import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { listeningPorts } from '../../../testing/attackers.ts';
import { oneClient } from '../../../testing/oneClient.ts';
import { closeSites, openSite } from '../../../testing/site.ts';

afterEach(closeSites);

/** What may be on its way when the server breaks the connection off, in the buffers of the system. Bytes. */
const onTheWay = 16_000_000;
const huge = 600_000_000;

test.skipIf(process.platform !== 'linux')(
  'a body of 600 MB is read nowhere: not by the page’s server, an app, or another site of a scenario',
  async () => {
    const site = await openSite({});
    const { id } = await site.openSandbox({ scenario: 'httponly-vs-xss', variant: 'vulnerable', store: 'mock' });
    const { pour } = oneClient(site.port, '127.0.0.1');
    const never = new AbortController().signal;
    const hosts = [
      `127.0.0.1:${site.port}`,
      `${id}.localhost:${site.port}`,
      'shop.example',
      'evil.example',
      'other.example',
    ];
    for (const port of listeningPorts(process.pid)) {
      for (const host of hosts)
        expect(await pour(port, host, huge, never), `${host} at ${port}`).toBeLessThan(onTheWay);
    }
  },
);

test('a body that says that it is too large is refused with a sentence, and the connection is closed', async () => {
  const site = await openSite({});
  const socket = connect(site.port, '127.0.0.1');
  const text: string[] = [];
  socket.setEncoding('utf8').on('data', (more) => text.push(String(more)));
  const head = [`POST /api/sandboxes HTTP/1.1`, `Host: 127.0.0.1:${site.port}`, `Content-Length: ${huge}`];
  socket.write(`${[...head, 'Content-Type: application/json'].join('\r\n')}\r\n\r\n{`);
  await once(socket, 'close');
  expect(text.join('')).toMatch(/^HTTP\/1\.1 413 [\s\S]*This server takes no body of more than 1 MB\./);
});
