import pLimit from 'p-limit';

const oneAtATime = pLimit(1);

/**
 * All hashes of this process share four threads. Lessons about how long they take are therefore played step by step one after the
 * other, whoever plays them, or each would be about the hashes of the others.
 *
 * @param signal aborts when nobody waits for the turn any more
 * @returns gives the turn on; there may be none when the signal is aborted
 */
export function turnToHash(signal: AbortSignal): Promise<() => void> {
  return new Promise((resolve) => {
    const giveUp = () => resolve(() => {});
    if (signal.aborted) return giveUp();
    signal.addEventListener('abort', giveUp, { once: true });
    void oneAtATime(
      () =>
        new Promise<void>((done) => {
          signal.removeEventListener('abort', giveUp);
          if (signal.aborted) done();
          else resolve(done);
        }),
    );
  });
}
