import { expect, test } from 'vitest';
import { sessionIds } from '../../scenarios/engine/identity.ts';
import type { Trace } from '../../scenarios/engine/trace.ts';
import forcedLogout from '../../scenarios/forced-logout-one-device.ts';
import { people } from '../lab/deployment/people.ts';
import { createSandbox } from '../lab/sandbox.ts';
import { createRedisSwitch } from '../redis/switch.ts';
import { redact } from './redact.ts';

async function recorded(): Promise<Trace> {
  const redis = createRedisSwitch({});
  const settings = { scenario: forcedLogout, variant: 'protected', store: 'mock', pace: 'jump' } as const;
  const sandbox = await createSandbox({ ...settings, users: await people(4), redis });
  await sandbox.playTo(forcedLogout.steps.length);
  await sandbox.end('It was played to its end.');
  await redis.close();
  return sandbox.trace;
}

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
