/** For tests that read traces: whole scenarios, played on the mock once for all test files of a process. */
import { endOfStep } from '../scenarios/engine/read.ts';
import type { Trace, Variant } from '../scenarios/engine/trace.ts';
import { scenarios } from '../scenarios/index.ts';
import { people } from '../server/lab/deployment/people.ts';
import { createSandbox } from '../server/lab/sandbox.ts';
import { createRedisSwitch } from '../server/redis/switch.ts';

const redis = createRedisSwitch({ url: undefined });
const played = new Map<string, Promise<Trace>>();

/** Plays all steps, unless that has been done. The next caller gets the same trace, so nobody may change it. */
export function playedScenario(slug: string, variant: Variant, repair?: string): Promise<Trace> {
  const name = [slug, variant, repair].join(' ');
  const trace = played.get(name) ?? playScenario(slug, variant, repair);
  played.set(name, trace);
  return trace;
}

/** Plays all steps, whether that has been done or not. */
export async function playScenario(slug: string, variant: Variant, repair?: string): Promise<Trace> {
  const scenario = scenarios.find((it) => it.slug === slug)!;
  const settings = { scenario, variant, store: 'mock', pace: 'jump', redis } as const;
  const sandbox = await createSandbox({ ...settings, users: await people(4), ...(repair && { repair }) });
  await sandbox.playTo(scenario.steps.length);
  await sandbox.end('played');
  return sandbox.trace;
}

/** Returns the trace up to the end of that step, counted from 1. */
export function upToStep(trace: Trace, step: number): Trace {
  const end = endOfStep(trace.events, step - 1);
  if (end === null) throw new Error(`Step ${step} of ${trace.header.scenario.slug} was not played.`);
  return { ...trace, events: trace.events.slice(0, end) };
}
