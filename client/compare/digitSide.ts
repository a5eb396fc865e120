/** Which app a digit predicts for in a comparison: each answer stands there once for each app, so a digit alone does not say it. Pure. */
import type { Answer, Variant } from '../../scenarios/engine/trace.ts';

/**
 * Returns the app in whose column the focus is; else the one without a prediction, the vulnerable one first; else the other one than
 * before, so that two digits predict both apps anew.
 *
 * @param focused null while the focus is in neither column
 * @param last what the last digit predicted for; null when there was none
 */
export function sideOfDigit(
  focused: Variant | null,
  guesses: Readonly<Record<Variant, Answer | undefined>>,
  last: Variant | null,
): Variant {
  if (focused !== null) return focused;
  if (guesses.vulnerable === undefined) return 'vulnerable';
  if (guesses.protected === undefined) return 'protected';
  return last === 'vulnerable' ? 'protected' : 'vulnerable';
}
