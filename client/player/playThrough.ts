/** Plays a scenario from its first step to its last one, beside what the page shows. */
import type { Trace, TraceHeader } from '../../scenarios/engine/trace.ts';
import type { Api } from './serverApi.ts';

/**
 * Plays all steps in a fresh sandbox, which is ended afterwards, and returns the trace. All of them, and not only those that the
 * learner has played: whether an attack is stopped, and what no longer works, shows only at the end. Time is jumped.
 * @param repair the file of the repair; null for the fix
 */
export async function playThrough(
  api: Pick<Api, 'openSandbox' | 'trace' | 'endSandbox'>,
  { scenario, store }: Pick<TraceHeader, 'scenario' | 'store'>,
  repair: string | null,
): Promise<Trace> {
  const choice = { scenario: scenario.slug, variant: 'protected', store, pace: 'jump' } as const;
  const { id } = await api.openSandbox({ ...choice, ...(repair !== null && { repair }) }, scenario.steps.length);
  try {
    return (await api.trace(id)).trace;
  } finally {
    // Nobody waits for the end. If the request fails, the server ends the sandbox when it has been idle too long.
    void api.endSandbox(id).catch(() => {});
  }
}
