/** Answers as words, and what an answer says about a variant. Pure. */
import type { Answer, AskOutline, Variant } from '../../../scenarios/engine/trace.ts';

/** An answer as a person would say it. */
export function answerText(answer: Answer): string {
  if (answer === true) return 'yes';
  if (answer === false) return 'no';
  return String(answer);
}

export interface Verdict {
  /** `weak`: the weakness shows, as it should in the vulnerable app. `firm`: the protection holds. `same`: both apps answer so. */
  tone: 'weak' | 'firm' | 'same' | 'wrong';
  sentence: string;
}

/** What the other store answers in this variant, where it is the lesson that it differs; null where it does not. */
export function elsewhere({ onOtherStore: other, ...here }: AskOutline, variant: Variant): string | null {
  if (!other || other[variant] === here[variant]) return null;
  return `On ${other.store === 'real' ? 'a real Redis' : 'the mock'}: “${answerText(other[variant])}”.`;
}

/** Whether an answer is what this variant should give, and what that means. */
export function verdict(ask: AskOutline, variant: Variant, holds: boolean): Verdict {
  if (!holds) {
    return { tone: 'wrong', sentence: `Not expected: the ${variant} app should answer “${answerText(ask[variant])}”.` };
  }
  if (ask.vulnerable === ask.protected) return { tone: 'same', sentence: 'As expected, in both variants.' };
  return variant === 'vulnerable'
    ? { tone: 'weak', sentence: 'The weakness shows, as expected of the vulnerable app.' }
    : { tone: 'firm', sentence: 'The protection holds, as expected.' };
}
