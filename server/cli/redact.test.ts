import { expect, test } from 'vitest';
import { sessionIds } from '../../scenarios/engine/identity.ts';
import type { Trace } from '../../scenarios/engine/trace.ts';
import { playedScenario } from '../../testing/playedScenario.ts';
import { redact } from './redact.ts';

const recorded = () => playedScenario('forced-logout-one-device', 'protected');

test('session ids and signatures are cut, and sessions can still be distinguished', async () => {
  const trace = await recorded();
  const ids = sessionIds(trace.events);
  const signatures = [...JSON.stringify(trace).matchAll(/s%3A[\w-]+\.([\w%]+)/g)].map(([, signature]) => signature!);
  expect(ids).toHaveLength(3);
  expect(signatures.length).toBeGreaterThan(0);

  const text = JSON.stringify(redact(trace));
  for (const secret of [...ids, ...signatures]) expect(text).not.toContain(secret.slice(0, 12));
  // Login also deletes an id that was never stored. It is redacted like any other.
  expect(text).not.toMatch(/sess:[\w-]{7}/);
  expect(sessionIds(redact(trace).events)).toEqual(ids.map((id) => `${id.slice(0, 6)}…`));
});

test('everything else is unchanged', async () => {
  const trace = await recorded();
  const redacted = redact(trace);
  expect(redacted.header).toEqual(trace.header);
  expect(redacted.events.map(({ type, at }) => [type, at])).toEqual(trace.events.map(({ type, at }) => [type, at]));
});

test('a short id is no secret', () => {
  const event = { type: 'key', key: 'sess:42', change: 'deleted', value: null, expiresAt: null, cause: { by: 'time' } };
  const trace = { version: 1, header: {}, events: [event] } as unknown as Trace;
  expect(redact(trace)).toEqual(trace);
});
