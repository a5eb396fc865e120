/** Work around the moment in which the browser draws the page: what reads sizes, and what nobody has to wait for. */

/** Reads sizes and positions, and returns what to do with them, if anything. */
export type Look = () => (() => void) | undefined;

/**
 * Gathers looks, and takes all of them at once before the next picture. A size that is read while the page changes makes the browser lay
 * out the whole page for it, and once more after the next change.
 *
 * @param nextPicture calls back before the browser draws the next picture, such as `requestAnimationFrame`
 */
export function gatherLooks(nextPicture: (run: () => void) => void): (look: Look) => () => void {
  let waiting = new Set<Look>();
  const takeAll = () => {
    const looks = waiting;
    waiting = new Set();
    // All look before the first one acts: what it does would make the next one wait for another layout.
    const acts = [...looks].map((look) => look());
    for (const act of acts) act?.();
  };
  return (look) => {
    if (waiting.size === 0) nextPicture(takeAll);
    waiting.add(look);
    return () => waiting.delete(look);
  };
}

/** Takes a look before the next picture, when all panels have drawn. Returns a function that calls it off. */
export const beforePicture = gatherLooks((run) => requestAnimationFrame(run));

/** Calls `run` when the next picture has been drawn. Returns a function that calls it off. */
export function afterPicture(run: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const frame = requestAnimationFrame(() => {
    timer = setTimeout(run);
  });
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}
