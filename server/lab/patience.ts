/** A request is given up after ten seconds, and no hash takes a minute: a step that is silent for so long waits for what never comes. Milliseconds. */
const longestSilence = 60_000;

/** What a step waits for is given up when its sandbox ends; this long it has to notice. Milliseconds. */
const grace = 2000;

/**
 * Patience with what a scenario's author wrote.
 * @param signsOfLife changes while something happens
 * @param signal aborts when the sandbox ends
 * @returns does what it is given; rejects when that is silent for too long, or goes on though its sandbox ends
 */
export function createPatience(signsOfLife: () => unknown, signal: AbortSignal, silence = longestSilence) {
  return function inTime<Result>(work: () => Result | Promise<Result>): Promise<Result> {
    let [seen, since] = [signsOfLife(), performance.now()];
    let looking: NodeJS.Timeout | undefined;
    let leaving: NodeJS.Timeout | undefined;
    let leave = () => {};
    const impatient = new Promise<never>((_, reject) => {
      looking = setInterval(() => {
        const now = signsOfLife();
        if (now !== seen) [seen, since] = [now, performance.now()];
        if (performance.now() - since < silence) return;
        reject(new Error(`It did not end: for ${silence / 1000} seconds nothing happened. What does it wait for?`));
      }, silence / 20);
      leave = () => {
        leaving = setTimeout(() => reject(signal.reason), grace);
      };
    });
    if (signal.aborted) leave();
    signal.addEventListener('abort', leave, { once: true });
    return Promise.race([new Promise<Result>((resolve) => resolve(work())), impatient]).finally(() => {
      clearInterval(looking);
      clearTimeout(leaving);
      signal.removeEventListener('abort', leave);
    });
  };
}
