import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { eventually } from '../../testing/eventually.ts';
import { openStream } from '../../testing/page/eventStream.ts';
import { closeSites, openSite, type Site } from '../../testing/site.ts';
import { expectNothingLost, noisy } from '../../testing/streams.ts';

let site: Site;
beforeEach(async () => {
  site = await openSite();
});
afterEach(async () => {
  vi.useRealTimers();
  await closeSites();
});

describe('the stream of a sandbox', () => {
  test('is an event stream that is neither cached nor compressed, which would hold events back', async () => {
    const { id } = await site.openSandbox();
    const { status, headers } = await openStream(site.port, id);
    expect(status).toBe(200);
    expect(headers['content-type']).toMatch(/^text\/event-stream(;|$)/);
    expect(headers['cache-control']).toBe('no-store');
    expect(headers).not.toHaveProperty('content-encoding');
  });

  test('sends past events, then new ones, in order and with their numbers', async () => {
    const { id } = await site.openSandbox({ playTo: 2 });
    const stream = await openStream(site.port, id);
    await site.post(`/api/sandboxes/${id}/steps`, { upTo: 5 });
    const { events } = site.trace(id);
    await eventually(() => expect(stream.events).toHaveLength(events.length));
    expect(stream.events).toEqual(events);
    expect(stream.ids).toEqual(events.map((_, index) => String(index)));
  });

  test('begins with the clock, and repeats it every ten seconds', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const { id } = await site.openSandbox();
    const stream = await openStream(site.port, id);
    await eventually(() => expect(stream.clocks).toHaveLength(1));
    await site.post(`/api/sandboxes/${id}/actions`, { do: 'jump-time', ms: 3_600_000 });
    vi.advanceTimersByTime(9_999);
    vi.advanceTimersByTime(1);
    await eventually(() => expect(stream.clocks).toHaveLength(2));
    expect(stream.clocks[0]).toBeLessThan(3_600_000);
    expect(stream.clocks[1]).toBeGreaterThanOrEqual(3_600_000);
    expect(stream.events).toHaveLength(site.trace(id).events.length);
  });

  test('ends with the sandbox', async () => {
    const { id } = await site.openSandbox({ playTo: 1 });
    const stream = await openStream(site.port, id);
    await site.delete(`/api/sandboxes/${id}`);
    expect(await stream.over).toBe(true);
    expect(stream.events.at(-1)).toMatchObject({ type: 'ended', why: 'The page closed it.' });
  });

  test('sends two listeners the same events, also after one of them leaves', async () => {
    const { id } = await site.openSandbox();
    const leaving = await openStream(site.port, id);
    const toLeaving = site.responses.at(-1)!;
    const staying = await openStream(site.port, id);
    await site.post(`/api/sandboxes/${id}/steps`, { upTo: 2 });
    const half = site.trace(id).events;
    await eventually(() => expect(leaving.events).toEqual(half));
    leaving.cut();
    await eventually(() => expect(toLeaving.closed).toBe(true));
    const written = vi.spyOn(toLeaving, 'write');
    await site.post(`/api/sandboxes/${id}/steps`, { upTo: 5 });
    const { events } = site.trace(id);
    await eventually(() => expect(staying.events).toEqual(events));
    expect(leaving.events).toEqual(half);
    expect(written).not.toHaveBeenCalled();
  });

  test('answers HEAD without keeping the connection open', async () => {
    const { id } = await site.openSandbox();
    const { status } = await site.send('HEAD', `/api/sandboxes/${id}/events`);
    expect(status).toBe(200);
    await eventually(() => expect(site.responses.at(-1)!.writableEnded).toBe(true));
  });
});

describe('a lost connection', () => {
  test('resumes after the last event that arrived', async () => {
    const { id } = await site.openSandbox({ playTo: 2 });
    const { events } = site.trace(id);
    const stream = await openStream(site.port, id, { after: 4 });
    await eventually(() => expect(stream.events).toEqual(events.slice(5)));
  });

  test('that had everything gets only new events', async () => {
    const { id } = await site.openSandbox({ playTo: 2 });
    const before = site.trace(id).events.length;
    const stream = await openStream(site.port, id, { after: before - 1 });
    await site.post(`/api/sandboxes/${id}/steps`, { upTo: 3 });
    const { events } = site.trace(id);
    await eventually(() => expect(stream.events).toEqual(events.slice(before)));
  });

  // More seeds: events.full.test.ts.
  test('loses and repeats nothing, wherever it breaks', () => expectNothingLost(site, 1));

  test.each(['', ' ', 'x', '-1', '1.5', '1e3', '0x1', '9999', '99999999999999999999', 'NaN'])(
    'with the last event "%s" is answered 400',
    async (after) => {
      const { id } = await site.openSandbox({ playTo: 1 });
      const given = { headers: { 'Last-Event-ID': after } };
      const { status, json } = await site.send('GET', `/api/sandboxes/${id}/events`, given);
      expect(status).toBe(400);
      expect(json.error.message).toMatch(/Last-Event-ID must be/);
    },
  );
});

// One of a whole trace: events.full.test.ts.
describe('a listener that does not read', () => {
  test('waits in the trace, not in memory, and gets everything when it reads on', async () => {
    site = await openSite({ scenarios: [noisy] });
    const { id } = await site.openSandbox({ scenario: 'made-up' });
    const asleep = await openStream(site.port, id, { asleep: true });
    const toAsleep = site.responses.at(-1)!;
    const awake = await openStream(site.port, id);
    await site.post(`/api/sandboxes/${id}/steps`, { upTo: 1 });
    // The operating system took what it could; the rest of the 6 MB stays in the trace.
    expect(toAsleep.writableLength).toBeGreaterThan(0);
    expect(toAsleep.writableLength).toBeLessThan(100_000);
    expect(asleep.events).toEqual([]);

    const { events } = site.trace(id);
    await eventually(() => expect(awake.events).toHaveLength(events.length));
    asleep.wake();
    await eventually(() => expect(asleep.events).toHaveLength(events.length));
    expect(asleep.events).toEqual(events);
    asleep.cut();
    await eventually(() => expect(toAsleep.destroyed).toBe(true));
  });
});
