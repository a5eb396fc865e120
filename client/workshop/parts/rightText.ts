/** How many in the room were right. Pure. */
import type { Answer, Variant } from '../../../scenarios/engine/trace.ts';
import type { RoomQuestion } from '../../../scenarios/engine/workshop.ts';

type Asked = Pick<RoomQuestion, 'variants' | 'choices' | 'counts'>;

/** Returns "3 of 5" for one app, which answered `actual`; null before it has answered, or the counts are shown. */
export function rightOf({ choices, counts }: Asked, variant: Variant, actual: Answer | undefined): string | null {
  const given = counts?.[variant];
  if (!given || actual === undefined) return null;
  const all = given.reduce((sum, one) => sum + one, 0);
  return `${given[choices.indexOf(actual)] ?? 0} of ${all}`;
}

/** Returns "3 of 5 right", or "Right: vulnerable 3 of 5, protected 1 of 5" for both apps. */
export function rightText(question: Asked, actual: Partial<Record<Variant, Answer>>): string | null {
  const { variants } = question;
  const rights = variants.flatMap((variant) => rightOf(question, variant, actual[variant]) ?? []);
  if (rights.length < variants.length) return null;
  if (rights.length === 1) return `${rights[0]} right`;
  return `Right: ${variants.map((variant, index) => `${variant} ${rights[index]}`).join(', ')}`;
}
