import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { TraceEvent } from '../../scenarios/engine/trace.ts';
import { openStream } from '../../testing/page/eventStream.ts';
import { closeSites, openSite, type Site, scenarioOf } from '../../testing/site.ts';

let site: Site;
beforeEach(async () => {
  site = await openSite();
});
afterEach(async () => {
  vi.useRealTimers();
  await closeSites();
});

const eventually = <Result>(check: () => Result | Promise<Result>) => vi.waitFor(check, { timeout: 5000, interval: 5 });

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

  test('keeps the sandbox from being removed as idle until it is closed', async () => {
    // Long enough for the stream to be opened on a busy machine.
    site = await openSite({ idle: 800 });
    const [followed, left] = [await site.openSandbox(), await site.openSandbox()];
    const stream = await openStream(site.port, followed.id);
    // The other one shows that the sweep has come by.
    await eventually(() => expect(site.sandboxes.size).toBe(1));
    expect(stream.events).toEqual([]);
    expect((await site.get(`/api/sandboxes/${left.id}/events`)).status).toBe(404);
    stream.cut();
    await eventually(() => expect(site.sandboxes.size).toBe(0));
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

  // Each seed cuts at other bytes: between messages, in the middle of one, in the middle of a character.
  test.each([1, 2, 3, 4, 5])('loses and repeats nothing, wherever it breaks (seed %i)', async (seed) => {
    const random = randomFrom(seed);
    const { id, header } = await site.openSandbox({ scenario: 'forced-logout-one-device' });
    const heard: TraceEvent[] = [];
    const played = (async () => {
      for (let upTo = 1; upTo <= header.scenario.steps.length; upTo++) {
        await site.post(`/api/sandboxes/${id}/steps`, { upTo });
      }
      const { events } = site.trace(id);
      await eventually(() => expect(heard.length).toBeGreaterThanOrEqual(events.length));
      await site.delete(`/api/sandboxes/${id}`);
      return events;
    })();

    let cuts = 0;
    while (heard.at(-1)?.type !== 'ended') {
      const stream = await openStream(site.port, id, {
        after: heard.length - 1,
        bytes: Math.floor(random() ** 3 * 6000),
        hear: (event) => heard.push(event),
      });
      // The sandbox ended between two connections, and the status tells the page.
      if (stream.status === 404) break;
      expect(stream.status).toBe(200);
      if (!(await stream.over)) cuts += 1;
    }
    const events = await played;
    expect(heard.filter(({ type }) => type !== 'ended')).toEqual(events);
    expect(cuts).toBeGreaterThan(10);
  });

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

describe('a listener that does not read', () => {
  /** As much as an app takes in one body; the trace keeps it although the shop refuses it. */
  const body = { item: 'x'.repeat(15_000) };
  const noisy = scenarioOf(async ({ alice }) => {
    for (let count = 0; count < 400; count++) await alice!.post('/basket', body);
  });

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

  test('is let go after twenty seconds, and resumes where it was', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    site = await openSite({ scenarios: [noisy] });
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

  test('of a whole trace keeps it in memory no more than that of the stream', async () => {
    site = await openSite({ scenarios: [noisy] });
    const { id } = await site.openSandbox({ scenario: 'made-up', playTo: 1 });
    const asleep = await openStream(site.port, id, { asleep: true, what: 'trace' });
    const toAsleep = site.responses.at(-1)!;
    expect(asleep.status).toBe(200);
    expect(toAsleep.writableLength).toBeLessThan(100_000);
    asleep.cut();
    const { json } = await site.get(`/api/sandboxes/${id}/trace`);
    expect(json.trace).toEqual(site.trace(id));
  });
});

/** The same numbers from 0 to 1 each time, so that a failure can be repeated (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
