/** What the pages of a workshop say. Pure. */
import { answerText } from '../../../scenarios/engine/eventText.ts';
import type { Variant } from '../../../scenarios/engine/trace.ts';
import type { RoomQuestion, RoomView, ShownRuns } from '../../../scenarios/engine/workshop.ts';

/** The index of what one person chose for each app. */
type Answers = Partial<Record<Variant, number>>;

/** "KRT 4XW": in two halves a code is read out and typed with fewer mistakes. */
export const codeText = (code: string): string => `${code.slice(0, 3)} ${code.slice(3)}`;

/** "12:30" before its end, "over by 0:15" after it. @param left ms */
export function timerText(left: number): string {
  // A timer of five minutes starts with 5:00, and shows 0:00 when it is over.
  const seconds = left < 0 ? Math.floor(-left / 1000) : Math.ceil(left / 1000);
  const text = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  return left < 0 && seconds > 0 ? `over by ${text}` : text;
}

/** "1 person", "12 people". */
export const people = (count: number): string => (count === 1 ? '1 person' : `${count} people`);

export const variantText: Record<ShownRuns['variant'], string> = {
  vulnerable: 'Vulnerable app',
  protected: 'Protected app',
  both: 'Both apps',
};

/** "You said “200”", or "You said “200” and “401”" for both apps; null before all were answered. */
export function saidText({ variants, choices }: RoomQuestion, answers: Answers): string | null {
  const said = variants.flatMap((variant) => choices[answers[variant] ?? -1] ?? []);
  if (said.length < variants.length) return null;
  return `You said ${said.map((choice) => `“${answerText(choice)}”`).join(' and ')}`;
}

/**
 * Returns "Choose for the protected app, too" while an answer about both apps is half given, or that it does not count when it is too
 * late; null while it is whole, or not begun.
 */
export function missingText({ variants, phase }: RoomQuestion, answers: Answers): string | null {
  const missing = variants.find((variant) => answers[variant] === undefined);
  if (missing === undefined || variants.every((variant) => answers[variant] === undefined)) return null;
  return phase === 'open'
    ? `Choose for the ${missing} app, too`
    : `Your answer does not count: you did not choose for the ${missing} app`;
}

/** "2 of 3 are not ready yet", or that everybody is. */
export function readyText({ notYet, of }: NonNullable<RoomView['readyCheck']>): string {
  if (of === 0) return 'Nobody is here.';
  if (notYet === 0) return of === 1 ? 'Everybody is ready.' : `All ${of} are ready.`;
  return `${notYet} of ${of} ${notYet === 1 ? 'is' : 'are'} not ready yet.`;
}

/** "Step 4: Mallory opens the account page". @param step its index */
export const stepText = (step: number, title: string): string => `Step ${step + 1}: ${title}`;

/** Returns the share of a count in percent, of those who answered for that app. */
export function shareOf(count: number, counts: readonly number[]): number {
  const all = counts.reduce((sum, one) => sum + one, 0);
  return all === 0 ? 0 : Math.round((count / all) * 100);
}
