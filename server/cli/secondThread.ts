/** A second thread that plays runs beside this one, for the other processor. */
import type { Scenario } from '../../scenarios/engine/scenario.ts';
import { catalogue } from './catalogue.ts';
import { InfrastructureFailed, WrongUsage } from './errors.ts';
import { play } from './play.ts';
import type { PlayedThere, Task } from './playThere.ts';
import type { Plan } from './reporter.ts';

const isBuilt = import.meta.url.endsWith('.js');
const program = new URL(isBuilt ? './playThere.js' : './playThereFromSource.mjs', import.meta.url);

/** Runs. To load the lab a second time takes as long as to play about ten of them. */
const enough = 40;

/**
 * Returns whether a second thread makes the run shorter. Only jumping time needs the processor all the time, real browsers keep it busy
 * themselves, and a real Redis that this thread started is its own.
 *
 * @param processors how many this process may use
 */
export function isWorthIt({ scenarios, variants, repeat, store, pace, browser, workers }: Plan, processors: number) {
  const runs = scenarios.length * variants.length * repeat;
  const needsProcessor = store === 'mock' && pace === 'jump' && browser === undefined;
  return processors > 1 && workers > 1 && needsProcessor && runs >= enough;
}

/** Plays a run in one of two threads, whichever plays fewer. `close` ends the other one. */
export async function startSecondThread({ repair, bcryptCost }: Pick<Plan, 'repair' | 'bcryptCost'>) {
  // Not imported above: one scenario needs no thread.
  const { Piscina } = await import('piscina');
  const thread = new Piscina({
    filename: program.href,
    execArgv: [],
    maxThreads: 1,
    concurrentTasksPerWorker: Number.POSITIVE_INFINITY,
    // The thread must not sleep between two tasks: its runs go on.
    atomics: 'disabled',
  });
  let [here, there] = [0, 0];

  const playThere: typeof play = async (scenario, variant, { signal }) => {
    const task: Task = { slug: scenario.slug, variant, repair, bcryptCost };
    const played: PlayedThere = await thread.run(task, { signal }).catch((error: unknown) => {
      signal.throwIfAborted();
      throw error;
    });
    if ('run' in played) return played.run;
    throw played.failed === 'WrongUsage' ? new WrongUsage(played.message) : new InfrastructureFailed(played.message);
  };

  const playBeside: typeof play = async (scenario, variant, setting) => {
    const mayGo = await mayLeave(scenario);
    if (mayGo && there < here) {
      there += 1;
      return await playThere(scenario, variant, setting).finally(() => there--);
    }
    here += 1;
    return await play(scenario, variant, setting).finally(() => here--);
  };
  return { play: playBeside, close: () => thread.destroy() };
}

/**
 * A file of the user stays: the watchdog watches this thread, and what the file prints must not get into the report. What measures
 * hashes stays, too, because those lessons take turns within a thread.
 */
async function mayLeave(scenario: Scenario): Promise<boolean> {
  if (scenario.steps.some(({ undisturbed }) => undisturbed)) return false;
  return (await catalogue.named(scenario.slug)) === scenario;
}
