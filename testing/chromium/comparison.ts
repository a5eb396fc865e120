/** For tests: the virtual browser and Chromium play the same scenarios. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Scenario } from '../../scenarios/engine/scenario.ts';
import type { Trace, Variant } from '../../scenarios/engine/trace.ts';
import { scenarios } from '../../scenarios/index.ts';
import { chromiumCast } from '../../server/lab/chromium/cast.ts';
import { differences } from '../../server/lab/chromium/compare.ts';
import { knownDifferences, type Occurrence } from '../../server/lab/chromium/knownDifferences.ts';
import { type OpenChromium, openChromium } from '../../server/lab/chromium/openChromium.ts';
import { people } from '../../server/lab/deployment/people.ts';
import { createSandbox, type SandboxSettings } from '../../server/lab/sandbox.ts';
import { createRedisSwitch, type RedisSwitch } from '../../server/redis/switch.ts';
import { occurrencesOf } from './occurrences.ts';

let redis: RedisSwitch;
let chromium: OpenChromium;

function openBoth(): void {
  beforeAll(async () => {
    redis = createRedisSwitch({ url: undefined });
    chromium = await openChromium();
  });

  afterAll(async () => {
    await chromium?.close();
    await redis?.close();
  });
}

type Played = Pick<SandboxSettings, 'scenario' | 'variant' | 'browser'>;

async function play({ scenario, ...settings }: Played): Promise<Trace> {
  const sandbox = await createSandbox({
    scenario,
    store: 'mock',
    pace: 'jump',
    users: await people(4),
    redis,
    ...settings,
  });
  await sandbox.playTo(scenario.steps.length);
  await sandbox.end('It was played to its end.');
  return sandbox.trace;
}

/** The same scenario with a Chromium context for each actor. */
async function playWithChromium(scenario: Scenario, variant: Variant): Promise<Trace> {
  const { close, ...cast } = chromiumCast(chromium, scenario);
  return play({ variant, ...cast }).finally(close);
}

const variants = ['vulnerable', 'protected'] as const;

/** Defines a test for each of these scenarios: played by a virtual browser and by Chromium, it is the same but for known differences. */
export function compareWithChromium(slugs: string[]): void {
  openBoth();

  test.each(slugs)('in %s the virtual browser is like Chromium', async (slug) => {
    const scenario = scenarios.find((one) => one.slug === slug)!;
    const found = (
      await Promise.all(
        variants.map(async (variant) => {
          const [virtual, real] = await Promise.all([play({ scenario, variant }), playWithChromium(scenario, variant)]);
          return differences(virtual, real).map((difference) => ({ scenario: slug, variant, ...difference }));
        }),
      )
    ).flat();
    const listed = knownDifferences.filter((known) => known.scenario === slug).flatMap(occurrencesOf);
    const notIn = (others: readonly Occurrence[]) => (one: Occurrence) => !others.some((other) => isSame(one, other));
    expect(found.filter(notIn(listed)), 'differences that are not listed').toEqual([]);
    expect(listed.filter(notIn(found)), 'listed differences that no longer occur').toEqual([]);
  });
}

const isSame = (one: Occurrence, other: Occurrence) =>
  one.scenario === other.scenario &&
  one.variant === other.variant &&
  one.step === other.step &&
  one.what === other.what;
