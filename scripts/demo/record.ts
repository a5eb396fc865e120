/** Plays scenarios in the lab, each against both variants and with each of its repairs, and keeps what was recorded. */
import pLimit from 'p-limit';
import { preferredStore } from '../../client/player/preferredStore.ts';
import { read } from '../../scenarios/engine/read.ts';
import { type Recordings, recordingsOf } from '../../scenarios/engine/recording.ts';
import { outline, type Scenario } from '../../scenarios/engine/scenario.ts';
import type { ScenarioOutline, StoreKind, Trace, Variant } from '../../scenarios/engine/trace.ts';
import { everythingHolds } from '../../server/cli/reporter.ts';
import { people } from '../../server/lab/deployment/people.ts';
import { createSandbox } from '../../server/lab/sandbox.ts';
import type { RedisSwitch } from '../../server/redis/switch.ts';

interface Run {
  scenario: Scenario;
  variant: Variant;
  repair: string | null;
  store: StoreKind;
}

/** As many as keep two processors busy while others wait for Redis. */
const mostAtOnce = 4;

/** @throws Error when something in a run does not hold: a recording shows what is so */
export async function record(scenarios: readonly Scenario[], redis: RedisSwitch): Promise<Recordings> {
  const real = await redis.status(true);
  const storeOf = (scenario: Scenario): StoreKind | null => {
    const wanted = scenario.needsRealRedis ? 'real' : (preferredStore(outlineOf(scenario)) ?? 'mock');
    if (wanted === 'mock' || real.available) return wanted;
    return scenario.needsRealRedis ? null : 'mock';
  };
  const all = scenarios.flatMap((scenario): Run[] => {
    const store = storeOf(scenario);
    if (store === null) return [];
    const repairs = scenario.repairs?.decoys.map(({ file }) => file) ?? [];
    return [
      { scenario, variant: 'vulnerable', repair: null, store },
      { scenario, variant: 'protected', repair: null, store },
      ...repairs.map((repair) => ({ scenario, variant: 'protected' as const, repair, store })),
    ];
  });
  const missing = scenarios.filter((scenario) => storeOf(scenario) === null);
  const limit = pLimit(mostAtOnce);
  const traces = await Promise.all(all.filter((run) => !measures(run)).map((run) => limit(play, run, redis)));
  for (const run of all.filter(measures)) traces.push(await play(run, redis));
  const recorded = { at: Date.now(), missing: Object.fromEntries(missing.map(({ slug }) => [slug, notRecorded])) };
  return recordingsOf(traces, recorded, scenarios.map(outlineOf));
}

const notRecorded = 'It was not recorded, because there was no real Redis.';

const outlineOf = (scenario: Scenario): ScenarioOutline => outline(scenario, 'jump', 'mock');

/** Measures time, so nothing else runs meanwhile. */
const measures = ({ scenario: { steps } }: Run) => steps.some(({ undisturbed }) => undisturbed);

async function play({ scenario, variant, repair, store }: Run, redis: RedisSwitch): Promise<Trace> {
  const sandbox = await createSandbox({
    ...{ scenario, variant, store, redis, pace: 'jump', users: await people(4) },
    ...(repair !== null && { repair }),
  });
  try {
    await sandbox.playTo(scenario.steps.length);
    // A copy: the end of the sandbox is not part of the story.
    const trace = { ...sandbox.trace, events: [...sandbox.trace.events] };
    if (repair === null && !everythingHolds(read(trace)))
      throw new Error(`${scenario.slug}, ${variant}: not everything holds. Play it to see what: npm run scenarios.`);
    return trace;
  } finally {
    await sandbox.end('It was played to its end.');
  }
}
