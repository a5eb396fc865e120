import type { Redis } from 'ioredis';
import pLimit from 'p-limit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { read, type View } from '../../scenarios/engine/read.ts';
import { expectedOn, hasOwnRedis, outline, type Scenario, storesOf } from '../../scenarios/engine/scenario.ts';
import { type Pace, type StoreKind, trace as traceSchema, type Variant } from '../../scenarios/engine/trace.ts';
import { scenarios } from '../../scenarios/index.ts';
import { bothKinds, openTestRedis, type TestRedis } from '../../testing/redisStores.ts';
import type { User } from '../app/db.ts';
import { people } from './deployment/people.ts';
import { createSandbox, type Sandbox } from './sandbox.ts';

const variants = ['vulnerable', 'protected'] as const satisfies Variant[];
const bySlug = scenarios.map((scenario) => [scenario.slug, scenario] as const);

let redis: Record<StoreKind, TestRedis>;
/** Sees every key of that Redis. */
let outsider: Record<StoreKind, Redis>;
let users: readonly User[];

beforeAll(async () => {
  redis = { mock: await openTestRedis('mock'), real: await openTestRedis('real') };
  outsider = { mock: await redis.mock.connect(), real: await redis.real.connect() };
  users = await people(4);
});
afterAll(() => Promise.all(bothKinds.map((kind) => redis[kind].close())));

interface Played {
  variant: Variant;
  store?: StoreKind;
  pace?: Pace;
  withoutFix?: boolean;
}

/** Plays the whole scenario, checks the keys after each step, and returns the view of the trace. */
async function play(scenario: Scenario, played: Played): Promise<View> {
  const { store = 'mock', pace = 'jump', ...settings } = played;
  // A weakness may be a record without expiry or a hash in the session; and when steps really wait, keys expire meanwhile.
  const careful = pace === 'jump' && settings.variant === 'protected' && !settings.withoutFix;
  const { redisSwitch } = redis[store];
  const sandbox = await createSandbox({ scenario, store, pace, users, redis: redisSwitch, ...settings });
  const keys = () => outsider[store].keys(`${sandbox.trace.header.namespace}*`);
  try {
    for (let step = 1; step <= scenario.steps.length; step++) {
      await sandbox.playTo(step);
      if (careful && !hasOwnRedis(scenario)) await expectTheKeysItShows(sandbox, await keys(), outsider[store]);
    }
  } finally {
    await sandbox.end('played');
  }
  expect(await keys(), 'left behind').toEqual([]);
  expect(sandbox.trace.events.at(-1)).toMatchObject({ type: 'ended', why: 'played' });
  expect(traceSchema.safeParse(sandbox.trace).error).toBeUndefined();
  if (careful) expect(/rabbit-hole|crow-bar-13|ring-of-keys|\$2b\$/.exec(JSON.stringify(sandbox.trace))).toBe(null);
  return read(sandbox.trace);
}

/** Every key is shown, and every key has a time to live, so that after a crash of the lab Redis deletes it. */
async function expectTheKeysItShows({ trace }: Sandbox, keys: string[], redis: Redis): Promise<void> {
  for (const ms of await Promise.all(keys.map((key) => redis.pttl(key)))) expect(ms).toBeGreaterThan(0);
  const shown = read(trace).keys.filter(({ mark }) => mark !== 'removed');
  expect(shown.map(({ key }) => key)).toEqual(keys.sort());
}

const asks = ({ steps }: View) => steps.flatMap(({ outline, ask }) => (outline.ask ? [ask] : []));
const errors = ({ steps }: View) => steps.flatMap(({ error }) => error ?? []);
const answers = (view: View) => asks(view).map((ask) => ask?.actual);
const expected = ({ steps }: Scenario, variant: Variant, store: StoreKind) =>
  steps.flatMap(({ ask }) => (ask ? [expectedOn(ask[variant], store)] : []));

// At the same time, as the command line plays them.
describe.concurrent.each(bySlug)('%s', (_, scenario) => {
  const stores = storesOf(scenario);

  test.each(stores.flatMap((store) => variants.map((variant) => [variant, store] as const)))(
    'the %s variant gives the expected answers on %s Redis',
    async (variant, store) => {
      const view = await play(scenario, { variant, store });
      expect(errors(view)).toEqual([]);
      expect(answers(view)).toEqual(expected(scenario, variant, store));
    },
  );

  test('without the fix, the protected variant fails', async () => {
    const store = stores[0]!;
    const view = await play(scenario, { variant: 'protected', store, withoutFix: true });
    expect(errors(view)).toEqual([]);
    expect(asks(view).some((ask) => ask?.holds === false)).toBe(true);
    expect(answers(view)).toEqual(expected(scenario, 'vulnerable', store));
  });
});

// Above, the same answers were given with jumps in time.
test('really waiting instead of jumping gives the same answers, on mock and real Redis', async () => {
  const waiting = scenarios.filter((scenario) => outline(scenario, 'real', 'real').letsTimePass);
  expect(waiting.length).toBeGreaterThan(5);
  const runs = waiting.flatMap((scenario) =>
    variants.flatMap((variant) => storesOf(scenario).map((store) => ({ scenario, variant, store }))),
  );
  // Many at once, because waiting takes no processor time; not all, because the rest does, and the margins are a second.
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
