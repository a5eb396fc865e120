/** Finding scenarios by what one remembers of them. Pure. */
import type { ScenarioOutline } from '../../scenarios/engine/trace.ts';

/** Those with every word of `text` in what the catalogue tells of them or in their address, whatever the case; all for no words. */
export function matching(scenarios: readonly ScenarioOutline[], text: string): ScenarioOutline[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return scenarios.filter(({ title, question, slug, lesson, references }) => {
    const said = [title, question, slug, lesson, ...references].join(' ').toLowerCase();
    return words.every((word) => said.includes(word));
  });
}
