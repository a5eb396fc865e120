import { afterEach, expect, test, vi } from 'vitest';
import { eventually } from '../../testing/eventually.ts';
import { openStream } from '../../testing/page/eventStream.ts';
import { closeSites, openSite } from '../../testing/site.ts';
import { expectNothingLost, noisy } from '../../testing/streams.ts';

afterEach(async () => {
  vi.useRealTimers();
  await closeSites();
});

test.each([2, 3, 4, 5])('a lost connection loses and repeats nothing, wherever it breaks (seed %i)', async (seed) =>
  expectNothingLost(await openSite(), seed),
);

test('the stream keeps the sandbox from being removed as idle until it is closed', async () => {
  // Long enough for the stream to be opened on a busy machine.
  const site = await openSite({ idle: 800 });
  const [followed, left] = [await site.openSandbox(), await site.openSandbox()];
  const stream = await openStream(site.port, followed.id);
  // The other one shows that the sweep has come by.
  await eventually(() => expect(site.sandboxes.size).toBe(1));
  expect(stream.events).toEqual([]);
  expect((await site.get(`/api/sandboxes/${left.id}/events`)).status).toBe(404);
  stream.cut();
  await eventually(() => expect(site.sandboxes.size).toBe(0));
});

test('a listener that does not read is let go after twenty seconds, and resumes where it was', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const site = await openSite({ scenarios: [noisy] });
  const { id } = await site.openSandbox({ scenario: 'made-up' });
  const asleep = await openStream(site.port, id, { asleep: true });
  const toAsleep = site.responses.at(-1)!;
  await site.post(`/api/sandboxes/${id}/steps`, { upTo: 1 });
  vi.advanceTimersByTime(19_000);
  expect(toAsleep.destroyed).toBe(false);
  vi.advanceTimersByTime(1_000);
  vi.useRealTimers();
  await eventually(() => expect(toAsleep.destroyed).toBe(true));

  asleep.wake();
  expect(await asleep.over).toBe(false);
  const { events } = site.trace(id);
  const rest = await openStream(site.port, id, { after: asleep.events.length - 1 });
  await eventually(() => expect(asleep.events.length + rest.events.length).toBe(events.length));
  expect([...asleep.events, ...rest.events]).toEqual(events);
});

test('a listener that does not read a whole trace keeps it in memory no more than that of the stream', async () => {
  const site = await openSite({ scenarios: [noisy] });
  const { id } = await site.openSandbox({ scenario: 'made-up', playTo: 1 });
  const asleep = await openStream(site.port, id, { asleep: true, what: 'trace' });
  const toAsleep = site.responses.at(-1)!;
  expect(asleep.status).toBe(200);
  expect(toAsleep.writableLength).toBeLessThan(100_000);
  asleep.cut();
  const { json } = await site.get(`/api/sandboxes/${id}/trace`);
  expect(json.trace).toEqual(site.trace(id));
});
