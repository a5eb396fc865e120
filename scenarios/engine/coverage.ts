import { type Requirement, requirements } from './standards.ts';
import type { ScenarioOutline } from './trace.ts';

export interface Covered {
  requirement: Requirement;
  /** The scenarios that refer to it, in reading order. */
  shownBy: Pick<ScenarioOutline, 'slug' | 'title'>[];
}

/** Which requirement is shown by which scenario, computed from the scenarios' own references. */
export function coverage(scenarios: readonly Pick<ScenarioOutline, 'slug' | 'title' | 'references'>[]): Covered[] {
  return requirements.map((requirement) => ({
    requirement,
    shownBy: scenarios
      .filter(({ references }) => references.includes(requirement.id))
      .map(({ slug, title }) => ({ slug, title })),
  }));
}

/** How many of those that can be shown are shown. */
export function summary(covered: readonly Covered[]): { shown: number; showable: number; total: number } {
  const showable = covered.filter(({ requirement }) => requirement.whyNot === undefined);
  return {
    shown: showable.filter(({ shownBy }) => shownBy.length > 0).length,
    showable: showable.length,
    total: covered.length,
  };
}
