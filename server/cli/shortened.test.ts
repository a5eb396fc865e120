import { expect, test } from 'vitest';
import { sessionIds } from '../../scenarios/engine/identity.ts';
import type { Trace } from '../../scenarios/engine/trace.ts';
import forcedLogout from '../../scenarios/forced-logout-one-device.ts';
import { people } from '../lab/deployment/people.ts';
import { createSandbox } from '../lab/sandbox.ts';
import { createRedisSwitch } from '../redis/switch.ts';
import { shortened } from './shortened.ts';

async function recorded(): Promise<Trace> {
  const redis = createRedisSwitch({});
  const settings = { scenario: forcedLogout, variant: 'protected', store: 'mock', pace: 'jump' } as const;
  const sandbox = await createSandbox({ ...settings, users: await people(4), redis });
  await sandbox.playTo(forcedLogout.steps.length);
  await sandbox.end('It was played to its end.');
  await redis.close();
  return sandbox.trace;
}

test('neither a session id nor a signature is left whole, and sessions can still be told apart', async () => {
  const trace = await recorded();
  const ids = sessionIds(trace.events);
  const signatures = [...JSON.stringify(trace).matchAll(/s%3A[\w-]+\.([\w%]+)/g)].map(([, signature]) => signature!);
  expect(ids).toHaveLength(3);
  expect(signatures.length).toBeGreaterThan(0);

  const text = JSON.stringify(shortened(trace));
  for (const secret of [...ids, ...signatures]) expect(text).not.toContain(secret.slice(0, 12));
  // login deletes an id that was never stored; the store may hand it to nobody else, but it is an id like any other.
  expect(text).not.toMatch(/sess:[\w-]{7}/);
  expect(sessionIds(shortened(trace).events)).toEqual(ids.map((id) => `${id.slice(0, 6)}…`));
});

test('all else stays as it was', async () => {
  const trace = await recorded();
  const short = shortened(trace);
  expect(short.header).toEqual(trace.header);
  expect(short.events.map(({ type, at }) => [type, at])).toEqual(trace.events.map(({ type, at }) => [type, at]));
});

test('an id of a few letters is no secret', () => {
  const event = { type: 'key', key: 'sess:42', change: 'deleted', value: null, expiresAt: null, cause: { by: 'time' } };
  const trace = { version: 1, header: {}, events: [event] } as unknown as Trace;
  expect(shortened(trace)).toEqual(trace);
});
