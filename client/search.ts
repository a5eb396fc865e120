/** Finding scenarios by what one remembers of them. Pure. */
import type { ScenarioOutline } from '../scenarios/engine/trace.ts';

/** Those with every word of `text` in title, question or slug, whatever the case; all of them for no words. */
export function matching(scenarios: readonly ScenarioOutline[], text: string): ScenarioOutline[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return scenarios.filter(({ title, question, slug }) => {
    const said = `${title} ${question} ${slug}`.toLowerCase();
    return words.every((word) => said.includes(word));
  });
}
