/** For tests: the event stream of a sandbox under difficult conditions. */
import { expect } from 'vitest';
import type { TraceEvent } from '../scenarios/engine/trace.ts';
import { eventually } from './eventually.ts';
import { openStream } from './page/eventStream.ts';
import { type Site, scenarioOf } from './site.ts';

/** As much as an app takes in one body; the trace keeps it although the shop refuses it. */
const body = { item: 'x'.repeat(15_000) };
/** A scenario whose trace has 6 MB. */
export const noisy = scenarioOf(async ({ alice }) => {
  for (let count = 0; count < 400; count++) await alice!.post('/basket', body);
});

/**
 * Plays a scenario while its stream breaks again and again, and expects that each event comes once.
 *
 * @param seed decides at which bytes the stream is cut: between messages, in the middle of one, in the middle of a character
 */
export async function expectNothingLost(site: Site, seed: number): Promise<void> {
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
}

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
