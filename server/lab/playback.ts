import { playStep, type Stage, type StepResult } from '../../scenarios/engine/run.ts';
import type { Scenario } from '../../scenarios/engine/scenario.ts';
import { redisFailure } from '../redis/failures.ts';
import type { Recorder } from './recorder.ts';
import type { Time } from './time/time.ts';
import { createSharedTurns, type Waiter } from './turns.ts';

/** Steps that measure how long a hash takes would slow each other down, so they are played one after the other. */
const undisturbed = createSharedTurns('undisturbed steps', { atOnce: 1 });

/**
 * Plays the steps of a scenario, and does other work between or during them.
 * @param sandbox.signal aborts when the sandbox ends: no further step is played then
 */
export function createPlayback(sandbox: {
  scenario: Scenario;
  stage: Omit<Stage, 'stopwatch' | 'inTime'>;
  recorder: Recorder;
  time: Pick<Time, 'waiting' | 'onWait'>;
  signal: AbortSignal;
  waiter: Waiter;
}) {
  const { scenario, recorder, time, signal, waiter } = sandbox;
  // A step that waits for time to pass records nothing meanwhile, and is not stuck.
  const activity = () => (time.waiting ? performance.now() : recorder.trace.events.length);
  const stage = {
    ...sandbox.stage,
    stopwatch: () => performance.now(),
    inTime: inSentences(createPatience(activity, signal)),
  };
  let played = 0;
  /** Settles when everything asked for so far is done, except for `interruptions`. */
  let last: Promise<unknown> = Promise.resolve();
  /** Work that is being done in the middle of a step. */
  const interruptions = new Set<Promise<unknown>>();

  async function playOn(count: number): Promise<StepResult[]> {
    const results: StepResult[] = [];
    // What cannot be recorded must not happen.
    while (played < Math.min(count, scenario.steps.length) && !signal.aborted && !recorder.full) {
      const step = scenario.steps[played]!;
      const pass = step.undisturbed ? await undisturbed.take(waiter, signal).catch(() => null) : () => {};
      if (pass === null) break;
      recorder.inStep(played);
      const result = await playStep(scenario, played, stage).finally(pass);
      recorder.inStep(null);
      played += 1;
      results.push(result);
      if (result.error) break;
    }
    return results;
  }

  function afterwards<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = last.then(() => Promise.all(interruptions)).then(work);
    last = done.catch(() => {});
    return done;
  }

  return {
    /** How many steps have been played. */
    get played() {
      return played;
    },

    /** Plays until that many steps have been played. Stops at a step that fails. */
    playTo: (count: number) => afterwards(() => playOn(count)),

    /** Does the work after everything that was asked for before. */
    afterwards,

    /**
     * Does the work as soon as a step really waits, in the middle of that step; else in turn like `afterwards`. Finished work is
     * forgotten: any number of actions may come while one step waits.
     */
    duringWait<Result>(work: () => Promise<Result>): Promise<Result> {
      if (time.waiting) {
        const done = work();
        const settled: Promise<unknown> = Promise.allSettled([done]).then(() => interruptions.delete(settled));
        interruptions.add(settled);
        return done;
      }
      const before = last;
      const turn = new Promise<void>((resolve) => {
        const stopListening = time.onWait(resolve);
        void before.then(() => {
          stopListening();
          resolve();
        });
      });
      const done = turn.then(work);
      last = Promise.all([before, done.catch(() => {})]);
      return done;
    },

    /** Resolves when everything asked for so far is done. */
    async idle(): Promise<void> {
      await last;
      await Promise.all(interruptions);
    },
  };
}

/** Says in a sentence what was wrong with Redis when a step failed because of it. */
const inSentences =
  (inTime: Stage['inTime']): Stage['inTime'] =>
  (work) =>
    inTime(work).catch((error) => {
      const failure = redisFailure(error);
      throw failure ? new Error(failure.sentence, { cause: error }) : error;
    });

/** A step idle this long is stuck: requests are given up after ten seconds, and no hash takes a minute. Milliseconds. */
const longestIdle = 60_000;

/** How long a step may go on after its sandbox has ended. By then, everything that it waited for was given up. Milliseconds. */
const grace = 2000;

/**
 * Guards against steps that never end.
 * @param activity returns another value whenever something has happened
 * @param signal aborts when the sandbox ends
 * @param idle milliseconds without activity after which the work is given up
 * @returns does the work; rejects if it is idle too long, or goes on although the sandbox has ended
 */
export function createPatience(activity: () => unknown, signal: AbortSignal, idle = longestIdle) {
  return function inTime<Result>(work: () => Result | Promise<Result>): Promise<Result> {
    let [seen, since] = [activity(), performance.now()];
    let checking: NodeJS.Timeout | undefined;
    let leaving: NodeJS.Timeout | undefined;
    let leave = () => {};
    const givenUp = new Promise<never>((_, reject) => {
      checking = setInterval(() => {
        const now = activity();
        if (now !== seen) [seen, since] = [now, performance.now()];
        if (performance.now() - since < idle) return;
        reject(new Error(`It did not end: nothing happened for ${idle / 1000} seconds. What does it wait for?`));
      }, idle / 20);
      leave = () => {
        leaving = setTimeout(() => reject(signal.reason), grace);
      };
    });
    if (signal.aborted) leave();
    signal.addEventListener('abort', leave, { once: true });
    return Promise.race([new Promise<Result>((resolve) => resolve(work())), givenUp]).finally(() => {
      clearInterval(checking);
      clearTimeout(leaving);
      signal.removeEventListener('abort', leave);
    });
  };
}
