import { networkInterfaces } from 'node:os';
import { afterEach, expect, test } from 'vitest';
import { scenario } from '../scenarios/engine/scenario.ts';
import { scenarios } from '../scenarios/index.ts';
import { type Answer, sendTo } from '../testing/sendTo.ts';
import { serve } from './serve.ts';
import { addressesOf } from './workshop/addresses.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function start(settings: Partial<Parameters<typeof serve>[0]> = {}) {
  const serving = await serve({
    ...{ host: '127.0.0.1', port: '0', redisUrl: undefined, hostNames: ['workshop.local'], onFailure: () => {} },
    written: { host: (value = '') => `--host ${value}`, port: (value = '') => `--port ${value}` },
    ...settings,
  });
  stops.push(() => serving.stop());
  return serving;
}

const [own] = addressesOf({ interfaces: networkInterfaces() });

test.skipIf(!own)('a second address answers at the same port until it is closed', async () => {
  const { port, workshops } = await start();
  const { address } = own!;
  const ask = (to: string, host: string): Promise<Answer> =>
    sendTo(to, port, 'GET', '/api/catalogue', { headers: { Host: host.replace('PORT', String(port)) } });
  await expect(ask(address, `${address}:PORT`)).rejects.toThrow('ECONNREFUSED');

  expect((await workshops.open(address)).address).toBe(`${address}:${port}`);
  const statuses = await Promise.all(
    [`${address}:PORT`, 'workshop.local:PORT', 'localhost:PORT', 'evil.example:PORT'].map((host) => ask(address, host)),
  );
  expect(statuses.map(({ status }) => status)).toEqual([200, 200, 421, 421]);
  expect((await ask('127.0.0.1', 'localhost:PORT')).status).toBe(200);
  expect((await ask('127.0.0.1', `${address}:PORT`)).status).toBe(421);

  await workshops.end();
  await expect(ask(address, `${address}:PORT`)).rejects.toThrow('ECONNREFUSED');
  expect((await ask('127.0.0.1', 'localhost:PORT')).status).toBe(200);
});

test('an address that it listens on already needs nothing', async () => {
  const { port, workshops } = await start();
  await workshops.open('127.0.0.1');
  await workshops.end();
  expect((await sendTo('127.0.0.1', port, 'GET', '/api/catalogue')).status).toBe(200);
});

test.each([
  ['203.0.113.7', '203.0.113.7 is not an address of this machine. Is it still in the same network?'],
  ['0.0.0.0', '"0.0.0.0" is not an address of one machine. Write one such as 192.168.1.5.'],
  ['workshop.local', '"workshop.local" is not an address of one machine. Write one such as 192.168.1.5.'],
])('%s is refused in a sentence', async (address, sentence) => {
  const { workshops } = await start();
  await expect(workshops.open(address)).rejects.toThrow(sentence);
});

test('a scenario of one’s own is offered beside the others, and played', async () => {
  const [first] = scenarios;
  const own = scenario({ ...first!, slug: 'my-lesson', title: 'My lesson' });
  const { port } = await start({ scenarios: [own, ...scenarios] });
  const send = (method: string, path: string, body?: unknown) => sendTo('127.0.0.1', port, method, path, { body });
  const { json } = await send('GET', '/api/catalogue');
  expect([json.scenarios.length, json.scenarios[0].title]).toEqual([scenarios.length + 1, 'My lesson']);
  const choice = { scenario: 'my-lesson', variant: 'protected', store: 'mock', playTo: 1 };
  const opened = await send('POST', '/api/sandboxes', choice);
  expect(opened).toMatchObject({ status: 201, json: { header: { scenario: { slug: 'my-lesson' } } } });
});
