import type { Answer, Variant } from '../../../scenarios/engine/trace.ts';
import type { RoomQuestion } from '../../../scenarios/engine/workshop.ts';

/**
 * Returns "3 of 5 right", or "3 and 1 of 5 right" for both apps; null before the step has answered for each of them. Pure.
 * @param actual what each app answered
 */
export function rightText(
  { variants, choices, counts }: Pick<RoomQuestion, 'variants' | 'choices' | 'counts'>,
  actual: Partial<Record<Variant, Answer>>,
): string | null {
  if (!counts || variants.some((variant) => actual[variant] === undefined)) return null;
  const given = variants.map((variant) => counts[variant] ?? []);
  const right = variants.map((variant, index) => given[index]![choices.indexOf(actual[variant]!)] ?? 0);
  const most = Math.max(...given.map((each) => each.reduce((sum, one) => sum + one, 0)));
  return `${right.join(' and ')} of ${most} right`;
}
