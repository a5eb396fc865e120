import { expect, test } from 'vitest';
import type { RequestOptions } from '../../../scenarios/engine/cast.ts';
import { createVirtualActor } from '../../../testing/virtualActor.ts';
import type { HttpRequest } from '../network/loopback.ts';

/** Sends with mode "no-cors" from evil.example. Returns what arrived, what the script got, and why the browser stopped. */
async function sendFrom(method: string, url: string, body?: string, options?: RequestOptions) {
  const arrived: HttpRequest[] = [];
  const { actor, recorder } = createVirtualActor((request) => {
    arrived.push(request as HttpRequest);
    return { status: 200, statusText: '', headers: [['Set-Cookie', 'seen=1']], body: 'secret', by: 'app' };
  });
  const response = await actor.on('https://evil.example').send(method, url, body, { ...options, mode: 'no-cors' });
  const stops = recorder.trace.events.flatMap((event) => (event.type === 'stopped' ? [event.why] : []));
  return { arrived, response, stops };
}

const header = (request: HttpRequest | undefined, wanted: string) =>
  request?.headers.find(([name]) => name.toLowerCase() === wanted)?.[1];

test('JSON goes to another origin as text, without a preflight and without other headers, and the response is opaque', async () => {
  const { arrived, response, stops } = await sendFrom('POST', 'https://shop.example/orders', '{"item":"hat"}', {
    headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': 'x' },
  });
  expect(arrived.map(({ method, body }) => [method, body])).toEqual([['POST', '{"item":"hat"}']]);
  expect(['content-type', 'x-csrf-token', 'sec-fetch-mode', 'origin'].map((name) => header(arrived[0], name))).toEqual([
    'text/plain;charset=UTF-8',
    undefined,
    'no-cors',
    'https://evil.example',
  ]);
  expect(response).toMatchObject({ status: 0, text: '', headers: {} });
  expect(stops).toEqual([expect.stringContaining('it is opaque')]);
});

test('what a form cannot send is refused by fetch() itself', async () => {
  const { arrived, response, stops } = await sendFrom('DELETE', 'https://shop.example/orders');
  expect(arrived).toEqual([]);
  expect(response.status).toBe(0);
  expect(stops).toEqual(['fetch() with mode "no-cors" sends GET, HEAD and POST only, and refuses DELETE']);
});

test('the script reads the response of its own origin', async () => {
  const { response, stops } = await sendFrom('GET', '/');
  expect([response.status, response.text, stops]).toEqual([200, 'secret', []]);
});
