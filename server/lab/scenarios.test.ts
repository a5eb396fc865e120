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

beforeAll(async () => {
  server = await startTestServer();
  redis = createRedisSwitch({ url: server.url });
  users = await people(4);
});

afterAll(async () => {
  await redis.close();
  await server.stop();
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

describe.each(bySlug)('%s', (_, scenario) => {
  const stores = storesOf(scenario);

  test.each(
    stores.flatMap((store) => variants.map((variant) => [variant, store] as const)),
  )('the %s variant gives the answers it should on %s Redis', async (variant, store) => {
    const view = await play(scenario, { variant, store });
    expect(errors(view)).toEqual([]);
    expect(answers(view)).toEqual(expected(scenario, variant, store));
  });

  test.each(stores)('with the fix taken out, the protected variant fails on %s Redis', async (store) => {
    const view = await play(scenario, { variant: 'protected', store, withoutFix: true });
    expect(errors(view)).toEqual([]);
    expect(asks(view).some((ask) => ask?.holds === false)).toBe(true);
    expect(answers(view)).toEqual(expected(scenario, 'vulnerable', store));
  });

  test.each(variants)('nothing is left on a real Redis by the %s variant', async (variant) => {
    const { header } = await play(scenario, { variant, store: 'real' });
    const observer = await redis.connect('real', { keyPrefix: '' });
    const left = await observer.keys(`${header.namespace}*`);
    observer.disconnect();
    expect(left).toEqual([]);
  });
});

test('a jump in time and really waiting give the same answers, on mock and real Redis', async () => {
  const waiting = scenarios.filter((scenario) => outline(scenario, 'real', 'real').letsTimePass);
  expect(waiting.length).toBeGreaterThan(5);
  const runs = waiting.flatMap((scenario) =>
    variants.flatMap((variant) => storesOf(scenario).map((store) => ({ scenario, variant, store }))),
  );
  // Many at once, because waiting is no work; not all, because the rest of a step is, and margins are a second.
  const many = pLimit(16);
  const compared = await Promise.all(
    runs.map(({ scenario, variant, store }) =>
      many(async () => {
        const jumped = await play(scenario, { variant, store, pace: 'jump' });
        const waited = await play(scenario, { variant, store, pace: 'real' });
        expect(errors(waited)).toEqual([]);
        expect(waited.jumped).toBe(0);
        return { run: `${scenario.slug}, ${variant}, ${store}`, jumped: answers(jumped), waited: answers(waited) };
      }),
    ),
  );
  for (const { run, jumped, waited } of compared) expect(waited, run).toEqual(jumped);
}, 120_000);
