/** How many in the room were right. Pure. */
import type { Answer, Variant } from '../../../scenarios/engine/trace.ts';
import type { RoomQuestion } from '../../../scenarios/engine/workshop.ts';

type Asked = Pick<RoomQuestion, 'variants' | 'choices' | 'counts'>;

/** Returns "3 of 5 right" for one app, which answered `actual`; null before it has answered, or the counts are shown. */
export function rightOf({ choices, counts }: Asked, variant: Variant, actual: Answer | undefined): string | null {
  const given = counts?.[variant];
  if (!given || actual === undefined) return null;
  const all = given.reduce((sum, one) => sum + one, 0);
  return all === 0 ? 'nobody answered' : `${given[choices.indexOf(actual)] ?? 0} of ${all} right`;
}

/** Returns "3 of 5 right", or "Vulnerable: 3 of 5 right, protected: 1 of 5 right" for both apps. */
export function rightText(question: Asked, actual: Partial<Record<Variant, Answer>>): string | null {
  const { variants } = question;
  const rights = variants.flatMap((variant) => rightOf(question, variant, actual[variant]) ?? []);
  if (rights.length < variants.length) return null;
  const text = rights.length === 1 ? rights[0]! : variants.map((one, index) => `${one}: ${rights[index]}`).join(', ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
