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

/**
 * Whether a prediction was right, and why: what the other app answers is the reason, wherever the two differ.
 *
 * @param answered what really came out; where that is not what the app should answer, the other app explains nothing
 */
export function reveal(
  ask: AskOutline,
  variant: Variant,
  { actual, holds }: { actual: Answer; holds: boolean },
  guess: Answer,
): { right: boolean; why: string } {
  const right = guess === actual;
  const other = variant === 'vulnerable' ? 'protected' : 'vulnerable';
  const theirs = ask[other];
  const said = right ? '' : `You said “${answerText(guess)}”`;
  if (!holds) return { right, why: said && `${said}.` };
  if (theirs === actual) return { right, why: right ? 'Both apps answer so.' : `${said}; both apps answer otherwise.` };
  if (theirs === guess) return { right, why: `${said}, which is what the ${other} app answers.` };
  return { right, why: `${said && `${said}. `}The ${other} app answers “${answerText(theirs)}”.` };
}
