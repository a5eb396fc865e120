import { afterAll, beforeAll, expect, test } from 'vitest';
import { oneClient } from '../../testing/oneClient.ts';
import { closeSites, openSite, type Site } from '../../testing/site.ts';

let site: Site;
beforeAll(async () => {
  const t = performance.now();
  site = await openSite({ workers: 1 });
  console.log('started', performance.now() - t);
});
afterAll(closeSites);

test('smoke', async () => {
  const ada = oneClient(site.port, '127.0.0.2');
  const t = performance.now();
  const opened = await ada.send('POST', '/api/sandboxes', {
    scenario: 'session-fixation',
    variant: 'vulnerable',
    store: 'mock',
    playTo: 2,
  });
  console.log(opened.status, opened.text.slice(0, 200), performance.now() - t);
  expect(opened.status).toBe(201);
  expect(site.sandboxes.size).toBe(0);
  const { id } = opened.json;
  const played = await ada.send('POST', `/api/sandboxes/${id}/steps`, { upTo: 3 });
  expect(played.json).toEqual({ played: 3 });
  console.log(site.shares.taken('sandboxes'), site.shares.taken('bytes'));
  expect((await ada.send('DELETE', `/api/sandboxes/${id}`)).status).toBe(204);
  console.log(site.shares.taken('sandboxes'));
  expect((await ada.send('POST', `/api/sandboxes/${id}/steps`, { upTo: 3 })).status).toBe(404);
});
