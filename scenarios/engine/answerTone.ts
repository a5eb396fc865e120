/** What the answer to the question of a step says about the app. Pure. */
import type { View } from './read.ts';
import type { AskOutline, Variant } from './trace.ts';

/**
 * `weak`: the weakness shows, as expected in the vulnerable app. `firm`: the protection holds. `same`: both apps give
 * this answer. `differs`: the other app gives another answer, which by itself is no sign of a weakness. `wrong`: the answer is not the
 * expected one.
 */
export type AnswerTone = 'weak' | 'firm' | 'same' | 'differs' | 'wrong';

/** @param holds whether the answer is the expected one */
export function answerTone(ask: AskOutline, variant: Variant, holds: boolean): AnswerTone {
  if (!holds) return 'wrong';
  if (ask.vulnerable === ask.protected) return 'same';
  const isRefusal = typeof ask.vulnerable === 'number' && !(ask.vulnerable >= 200 && ask.vulnerable < 300);
  // Another count or status code, or a stranger whom only the protected app lets in: a part of some lessons.
  if (ask.neutral ?? (isRefusal || ask.vulnerable === 'nobody')) return 'differs';
  return variant === 'vulnerable' ? 'weak' : 'firm';
}

/** The tone of the current step’s answer; null before it is answered, and after something was done by hand. */
export function toneOfStep({ steps, step, header, exchanges, since, byHand }: View): AnswerTone | null {
  const { ask = null, outline } = (step === null ? undefined : steps[step]) ?? {};
  if (!ask || !outline?.ask) return null;
  if (byHand || exchanges.some(({ request }) => request.seq >= since && request.step === null)) return null;
  return answerTone(outline.ask, header.variant, ask.holds);
}
