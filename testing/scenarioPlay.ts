/** For tests: plays whole scenarios, and checks after each step and at the end what must be true of every play. */
import type { Redis } from 'ioredis';
import { expect } from 'vitest';
import { minutes } from '../scenarios/engine/durations.ts';
import { read, type View } from '../scenarios/engine/read.ts';
import { expectedOn, hasOwnRedis, type Scenario } from '../scenarios/engine/scenario.ts';
import type { Answer, Pace, Trace, Variant } from '../scenarios/engine/trace.ts';
import { people } from '../server/lab/deployment/people.ts';
import { valuesOf } from '../server/lab/headers.ts';
import { createSandbox, type Sandbox } from '../server/lab/sandbox.ts';
import type { TestRedis } from './redisStores.ts';

export const variants = ['vulnerable', 'protected'] as const satisfies Variant[];

/** Passwords, and the start of every password hash. None of them may be in a trace of the protected app. */
const secrets = /rabbit-hole|crow-bar-13|ring-of-keys|\$2b\$/;

export interface PlaySettings {
  variant: Variant;
  pace?: Pace;
  /** Watches Redis as the page does, and jumps once more in time at the end. */
  watched?: boolean;
}

/**
 * Plays a scenario from its first step to its last one.
 *
 * @param observer a connection to the same Redis that sees every key
 */
export async function playWhole(
  scenario: Scenario,
  { kind, redisSwitch }: TestRedis,
  observer: Redis,
  { variant, pace = 'jump', watched = false }: PlaySettings,
): Promise<Trace> {
  // The point of a weakness may be a record without an end or a hash in the session. In real time, keys go on ending between two looks.
  const strict = variant === 'protected' && pace === 'jump';
  const users = await people(4);
  const sandbox = await createSandbox({ scenario, variant, pace, store: kind, users, redis: redisSwitch });
  const keys = () => observer.keys(`${sandbox.trace.header.namespace}*`);
  try {
    if (watched) sandbox.subscribe(() => {});
    for (let step = 1; step <= scenario.steps.length; step++) {
      await sandbox.playTo(step);
      if (strict && !hasOwnRedis(scenario)) await expectShownKeys(sandbox, await keys(), observer);
    }
    // A Redis of its own may only just be back after an outage.
    if (watched && !hasOwnRedis(scenario)) await sandbox.act({ do: 'jump-time', ms: minutes(1) });
  } finally {
    await sandbox.end('played');
  }
  expect(await keys(), 'keys that are left behind').toEqual([]);
  expect(sandbox.trace.events.at(-1)).toMatchObject({ type: 'ended', why: 'played' });
  if (strict) expect(secrets.exec(JSON.stringify(sandbox.trace))).toBe(null);
  // Somebody may also open its address as a page.
  for (const destination of stylesLoadedAs(sandbox.trace)) expect(['style', 'document']).toContain(destination);
  return sandbox.trace;
}

/** What the browsers said that each file with styles is for. */
const stylesLoadedAs = ({ events }: Trace): (string | undefined)[] =>
  events.flatMap((event) =>
    event.type === 'request' && new URL(event.url).pathname.endsWith('.css')
      ? [valuesOf(event.headers, 'sec-fetch-dest')[0]]
      : [],
  );

/** The trace shows exactly the keys that are in Redis. Each has a time to live, so that Redis removes it after a crash of ours. */
async function expectShownKeys({ trace }: Sandbox, keys: string[], redis: Redis): Promise<void> {
  for (const ms of await Promise.all(keys.map((key) => redis.pttl(key)))) expect(ms).toBeGreaterThan(0);
  const shown = read(trace).keys.filter(({ mark }) => mark !== 'removed');
  expect(shown.map(({ key }) => key)).toEqual(keys.sort());
  const texts = shown.flatMap(({ key, value }) => (value?.type === 'string' ? [{ key, data: value.data }] : []));
  const stored = await Promise.all(texts.map(async ({ key }) => ({ key, data: await redis.get(key) })));
  expect(texts).toEqual(stored);
}

/** Expects that no step failed and that every ask got the answer that the scenario gives for this variant and store. */
export function expectAnswers(scenario: Scenario, trace: Trace, what?: string): void {
  const { variant, store } = trace.header;
  const view = read(trace);
  expect(errorsOf(view), what).toEqual([]);
  expect(answersOf(view), what).toEqual(
    scenario.steps.flatMap(({ ask }) => (ask ? [expectedOn(ask[variant], store)] : [])),
  );
}

const errorsOf = ({ steps }: View) => steps.flatMap(({ error }) => error ?? []);

const answersOf = ({ steps }: View): (Answer | undefined)[] =>
  steps.flatMap(({ outline, ask }) => (outline.ask ? [ask?.actual] : []));
