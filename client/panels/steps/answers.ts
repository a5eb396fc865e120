/** What an answer says about a variant. Pure. */
import { type AnswerTone, answerTone } from '../../../scenarios/engine/answerTone.ts';
import { asksHowMany } from '../../../scenarios/engine/choices.ts';
import { answerText } from '../../../scenarios/engine/eventText.ts';
import type { Answer, AskOutline, Variant } from '../../../scenarios/engine/trace.ts';

/** The reason phrases of the status codes that scenarios ask for. RFC 9110 section 15 and RFC 6585. */
const phrases: Record<number, string> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'No Content',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

/** Returns "Forbidden" for 403, and null for an answer that is not a status code. */
export const meaningOf = (answer: Answer, question: string): string | null =>
  typeof answer === 'number' && !asksHowMany(question) ? (phrases[answer] ?? null) : null;

export interface Verdict {
  tone: AnswerTone;
  sentence: string;
}

/** Returns what an answer says about the variant. `holds` says whether it is the expected answer. */
export function verdict(ask: AskOutline, variant: Variant, holds: boolean): Verdict {
  const tone = answerTone(ask, variant, holds);
  const other = variant === 'vulnerable' ? 'protected' : 'vulnerable';
  const sentences = {
    wrong: `Not expected: the ${variant} app should answer “${answerText(ask[variant])}”.`,
    // It is read at every other step, and has to fit one line.
    same: `Same in the ${other} app.`,
    differs: `The ${other} app answers “${answerText(ask[other])}”.`,
    weak: 'The weakness shows.',
    firm: 'The protection holds.',
  };
  return { tone, sentence: sentences[tone] };
}

/** Returns the answer on the other store, for a scenario about that difference; null when the answer is the same. */
export function otherStoreAnswer({ onOtherStore: other, ...here }: AskOutline, variant: Variant): string | null {
  if (!other || other[variant] === here[variant]) return null;
  return `On ${other.store === 'real' ? 'a real Redis' : 'the mock'}: “${answerText(other[variant])}”.`;
}

/**
 * Returns whether a prediction was right, and what it has to do with the answer of the other app, unless the verdict says that answer.
 * @param answered the actual answer; if it is not the expected one, the other app explains nothing
 */
export function reveal(
  ask: AskOutline,
  variant: Variant,
  { actual, holds }: { actual: Answer; holds: boolean },
  guess: Answer,
): { right: boolean; why: string } {
  const right = guess === actual;
  const said = `You said “${answerText(guess)}”`;
  const { tone } = verdict(ask, variant, holds);
  if (tone !== 'weak' && tone !== 'firm') return { right, why: right ? '' : `${said}.` };
  const other = variant === 'vulnerable' ? 'protected' : 'vulnerable';
  if (guess === ask[other]) return { right, why: `${said}, which is what the ${other} app answers.` };
  const theirs = `The ${other} app answers “${answerText(ask[other])}”.`;
  return { right, why: right ? theirs : `${said}. ${theirs}` };
}
