/** How far the list of steps is scrolled. Pure. All lengths are in px from the top of what is scrolled. */

/** A step that is open, and what is read with it. */
export interface OpenStep {
  /** Where the steps up to this one start, each; the last one is this one. */
  starts: readonly number[];
  /** The height of its title, which stays at the top while its text moves under it. */
  title: number;
  /** Where its narration starts, below the line that says what the step is for. */
  story: number;
  /** Where it ends, its answer included. */
  end: number;
  /** Where the next one ends, with the answers to choose from; null after the last step. */
  nextEnd: number | null;
}

/** Below what is read. Where the window is low, it may be less. */
export const margin = 12;

/**
 * Returns how far to scroll: as little as shows the open step and the next one with its answers to choose from. A step is shown from
 * its start, so that no line is cut. The line below the title leaves only where that is room enough for the whole next step; else the
 * end of that leaves, and the start of the narration last. The title stays.
 *
 * @param height of the panel, without what covers its top
 */
export function topForStep({ starts, title, story, end, nextEnd }: OpenStep, height: number): number {
  const wanted = (nextEnd ?? end) - height;
  if (wanted <= 0) return 0;
  const enough = starts.find((place) => place >= wanted);
  const withoutPurpose = story - title;
  const last = withoutPurpose >= wanted - margin ? withoutPurpose : starts.at(-1)!;
  return Math.max(enough ?? last, end - height);
}
