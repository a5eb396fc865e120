import type { Redis } from 'ioredis';
import pLimit from 'p-limit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { read, type View } from '../../scenarios/engine/read.ts';
import { expectedOn, outline, type Scenario, storesOf } from '../../scenarios/engine/scenario.ts';
import type { Pace, StoreKind, Variant } from '../../scenarios/engine/trace.ts';
import { scenarios } from '../../scenarios/index.ts';
import type { User } from '../app/db.ts';
import { createRedisSwitch, type RedisSwitch } from '../redis/switch.ts';
import { startTestServer, type TestServer } from '../redis/testServer.ts';
import { people } from './people.ts';
import { createSandbox } from './sandbox.ts';

const variants = ['vulnerable', 'protected'] as const satisfies Variant[];
const bySlug = scenarios.map((scenario) => [scenario.slug, scenario] as const);

let server: TestServer;
let redis: RedisSwitch;
let users: readonly User[];
/** Sees every key of the real Redis. */
let observer: Redis;

beforeAll(async () => {
  server = await startTestServer();
  redis = createRedisSwitch({ url: server.url });
  users = await people(4);
  observer = await redis.connect('real', { keyPrefix: '' });
});

afterAll(async () => {
  observer?.disconnect();
  await redis?.close();
  await server?.stop();
});

interface Played {
  variant: Variant;
  store?: StoreKind;
  pace?: Pace;
  withoutFix?: boolean;
}

/** What was seen when the whole scenario had been played. */
async function play(scenario: Scenario, { store = 'mock', pace = 'jump', ...settings }: Played): Promise<View> {
  const sandbox = await createSandbox({ scenario, store, pace, users, redis, ...settings });
  try {
    await sandbox.playTo(scenario.steps.length);
    return read(sandbox.trace);
  } finally {
    await sandbox.end('It was played to its end.');
  }
}

const asks = ({ steps }: View) => steps.flatMap(({ outline, ask }) => (outline.ask ? [ask] : []));
const errors = ({ steps }: View) => steps.flatMap(({ error }) => error ?? []);
const answers = (view: View) => asks(view).map((ask) => ask?.actual);
const expected = ({ steps }: Scenario, variant: Variant, store: StoreKind) =>
  steps.flatMap(({ ask }) => (ask ? [expectedOn(ask[variant], store)] : []));

// Apart from each other, as the command line plays them.
describe.concurrent.each(bySlug)('%s', (_, scenario) => {
  const stores = storesOf(scenario);

  test.each(
    stores.flatMap((store) => variants.map((variant) => [variant, store] as const)),
  )('the %s variant gives the answers it should on %s Redis', async (variant, store) => {
    const view = await play(scenario, { variant, store });
    expect(errors(view)).toEqual([]);
    expect(answers(view)).toEqual(expected(scenario, variant, store));
    if (store === 'real') expect(await observer.keys(`${view.header.namespace}*`), 'left behind').toEqual([]);
  });

  test('with the fix taken out, the protected variant fails', async () => {
    const store = stores[0]!;
    const view = await play(scenario, { variant: 'protected', store, withoutFix: true });
    expect(errors(view)).toEqual([]);
    expect(asks(view).some((ask) => ask?.holds === false)).toBe(true);
    expect(answers(view)).toEqual(expected(scenario, 'vulnerable', store));
  });
});

// The same answers as above, where time was jumped.
test('really waiting instead of jumping gives the same answers, on mock and real Redis', async () => {
  const waiting = scenarios.filter((scenario) => outline(scenario, 'real', 'real').letsTimePass);
  expect(waiting.length).toBeGreaterThan(5);
  const runs = waiting.flatMap((scenario) =>
    variants.flatMap((variant) => storesOf(scenario).map((store) => ({ scenario, variant, store }))),
  );
  // Many at once, because waiting is no work; not all, because the rest of a step is, and margins are a second.
  const many = pLimit(16);
  const seen = await Promise.all(
    runs.map(({ scenario, variant, store }) =>
      many(async () => {
        const waited = await play(scenario, { variant, store, pace: 'real' });
        return { run: `${scenario.slug}, ${variant}, ${store}`, scenario, variant, store, waited };
      }),
    ),
  );
  for (const { run, scenario, variant, store, waited } of seen) {
    expect(errors(waited), run).toEqual([]);
    expect(waited.jumped, run).toBe(0);
    expect(answers(waited), run).toEqual(expected(scenario, variant, store));
  }
}, 180_000);
