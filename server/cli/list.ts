import type { Scenario } from '../../scenarios/engine/scenario.ts';
import type { ReporterName } from './options.ts';
import { printable } from './text.ts';

/** The scenarios in reading order, for people or as JSON. */
export function list(scenarios: readonly Scenario[], reporter: ReporterName): string {
  if (reporter === 'json') {
    const outlines = scenarios.map(({ slug, chapter, title, question }) => ({ slug, chapter, title, question }));
    return `${JSON.stringify(outlines, null, 2)}\n`;
  }
  const longest = Math.max(...scenarios.map(({ slug }) => slug.length));
  return scenarios.map(({ slug, title }) => `${slug.padEnd(longest)}  ${printable(title)}\n`).join('');
}
