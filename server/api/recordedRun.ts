import type { RecordedRun } from '../../scenarios/engine/api.ts';
import { seconds } from '../../scenarios/engine/durations.ts';
import { sentencesIn } from '../../scenarios/engine/sentences.ts';
import scenario from '../../scenarios/session-fixation.ts';
import { people } from '../lab/deployment/people.ts';
import type { Sandboxes } from '../lab/sandboxes.ts';
import type { RedisSwitch } from '../redis/switch.ts';

/** It takes less than a second; after this time, something hangs. Milliseconds. */
const longestRun = seconds(20);

export type RecordRun = () => Promise<RecordedRun>;

interface RunSettings {
  sandboxes: Sandboxes;
  redis: RedisSwitch;
  bcryptCost: number;
}

/**
 * Returns a function that returns the trace of session fixation against the vulnerable app, on the mock. It is played when it is first
 * asked for, in a sandbox that is ended afterwards, and kept as long as the server runs. A run that fails is played again when asked.
 */
export function recordOnce(settings: RunSettings): RecordRun {
  let recorded: Promise<RecordedRun> | null = null;
  return () => {
    recorded ??= record(settings).catch((error) => {
      recorded = null;
      throw error;
    });
    return recorded;
  };
}

async function record({ sandboxes, redis, bcryptCost }: RunSettings): Promise<RecordedRun> {
  const users = await people(bcryptCost);
  const sandbox = await sandboxes.create({
    scenario,
    variant: 'vulnerable',
    store: 'mock',
    pace: 'jump',
    users,
    redis,
  });
  // A sandbox that ends ends the step that hangs in it.
  const limit = setTimeout(() => void sandboxes.end(sandbox.id, 'It took too long.'), longestRun);
  try {
    const results = await sandbox.playTo(scenario.steps.length);
    const failed = results.find(({ error }) => error)?.error;
    if (failed) throw failed;
    // A copy: the end of the sandbox is not part of the story.
    const trace = { ...sandbox.trace, events: [...sandbox.trace.events] };
    return { trace, sentences: sentencesIn(trace) };
  } finally {
    clearTimeout(limit);
    await sandboxes.end(sandbox.id, 'It was played to its end.');
  }
}
