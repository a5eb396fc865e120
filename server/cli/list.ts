import { printable } from '../../scenarios/engine/markdown.ts';
import type { Scenario } from '../../scenarios/engine/scenario.ts';

/** Returns the list of the scenarios, for people. */
export function list(scenarios: readonly Scenario[]): string {
  const longest = Math.max(...scenarios.map(({ slug }) => slug.length));
  return scenarios.map((scenario) => `${scenario.slug.padEnd(longest)}  ${printable(fullTitle(scenario))}\n`).join('');
}

const fullTitle = ({ title, subtitle }: Scenario) => (subtitle === undefined ? title : `${title}: ${subtitle}`);

/** Returns the list of the scenarios as JSON. */
export function listAsJson(scenarios: readonly Scenario[]): string {
  const outlines = scenarios.map(({ slug, chapter, title, subtitle, question }) => ({
    slug,
    chapter,
    title,
    subtitle,
    question,
  }));
  return `${JSON.stringify(outlines, null, 2)}\n`;
}
