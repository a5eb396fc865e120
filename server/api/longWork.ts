/** What takes seconds: a saved scenario is played twice, and limits are played with a hundred requests. */
import { minutes } from '../../scenarios/engine/durations.ts';
import { SandboxError } from '../../scenarios/engine/errors.ts';
import type { StepResult } from '../../scenarios/engine/run.ts';
import type { Trace } from '../../scenarios/engine/trace.ts';
import type { SandboxSettings } from '../lab/sandbox.ts';
import type { Sandboxes } from '../lab/sandboxes.ts';
import { atThisMachine, type Share } from '../lab/shares.ts';
import { createSharedTurns } from '../lab/turns.ts';

/** What a page asks for takes milliseconds. More of it at once would only wait for the one thread that does it. */
const shortWork = createSharedTurns('short work', { atOnce: Number.POSITIVE_INFINITY, each: 3 });

/**
 * Resolves when the client may have more work done, to a function that ends its turn. So much of one client's work is done at
 * once that the others hardly feel it. The client at this machine does not wait.
 */
export async function turnToWork({ client }: Share, sandbox: string, signal: AbortSignal): Promise<() => void> {
  return client === atThisMachine ? () => {} : shortWork.take({ client, sandbox }, signal);
}

/** One of a client, so that nobody's thousand steps keep the others waiting. */
const turns = createSharedTurns('long work', { atOnce: 2, each: 1 });

/** A scenario of a hundred steps takes a few seconds. Milliseconds. */
const longestWork = minutes(2);

const tooLong = () =>
  new SandboxError('limit-reached', 'This takes longer than two minutes to play. Save a sandbox with fewer actions.');

/**
 * Does work that takes long when it is the client's turn.
 * @param signals the work ends when one of them aborts
 * @throws the reason of the signal
 */
export async function inTurn<Result>(
  { client }: Share,
  signals: AbortSignal[],
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const late = new AbortController();
  const signal = AbortSignal.any([...signals, late.signal]);
  return turns.run({ client, sandbox: '' }, signal, async () => {
    const limit = setTimeout(() => late.abort(tooLong()), longestWork);
    return work(signal).finally(() => clearTimeout(limit));
  });
}

/** Plays a scenario to its end in a sandbox of its own. @throws the signal's reason when it aborts */
export async function playToTheEnd(
  sandboxes: Sandboxes,
  settings: SandboxSettings,
  signal: AbortSignal,
): Promise<{ trace: Trace; results: StepResult[] }> {
  signal.throwIfAborted();
  const sandbox = await sandboxes.create(settings);
  // A sandbox that ends ends the step that it plays.
  const end = () => void sandboxes.end(sandbox.id, 'Nobody waits for it any more.');
  signal.addEventListener('abort', end, { once: true });
  try {
    const results = await sandbox.playTo(settings.scenario.steps.length);
    signal.throwIfAborted();
    return { trace: sandbox.trace, results };
  } finally {
    signal.removeEventListener('abort', end);
    await sandboxes.end(sandbox.id, 'It was played to its end.');
  }
}
