import type { Scenario } from '../../scenarios/engine/scenario.ts';
import { coverage } from '../../scenarios/engine/standards.ts';
import { WrongUsage } from './errors.ts';
import { grepped } from './grep.ts';
import type { Options } from './options.ts';
import type { Selected } from './selection.ts';
import { shardOf } from './shard.ts';
import { count, didYouMean } from './words.ts';

type Filters = Pick<Options, 'grep' | 'chapters' | 'standards' | 'shard'>;

/**
 * Returns those of the scenarios that every filter lets through.
 *
 * @throws WrongUsage when nothing is left: a run of nothing would hold
 */
export function narrow(selected: readonly Selected[], filters: Filters): Selected[] {
  const { grep, chapters, standards, shard } = filters;
  const all = selected.map(({ scenario }) => scenario);
  for (const standard of standards) requireStandard(standard, all);
  const found = selected.filter(
    ({ scenario }) =>
      (grep === null || grepped(scenario, grep)) &&
      (chapters.length === 0 || chapters.some((chapter) => chapter === scenario.chapter)) &&
      (standards.length === 0 || standards.some((standard) => shows(scenario, standard))),
  );
  if (found.length === 0) throw new WrongUsage(nothing(all, filters));
  if (shard === null) return found;
  const part = shardOf(found, shard);
  if (part.length > 0) return part;
  throw new WrongUsage(
    `Nothing is selected: --shard ${shard.part}/${shard.parts} of ${count(found.length, 'scenario')} is empty. Make at most ${count(found.length, 'part')}.`,
  );
}

function nothing(all: readonly Scenario[], { grep, chapters, standards }: Filters): string {
  const asked = [
    ...(grep ? [`--grep ${grep.typed}`] : []),
    ...chapters.map((chapter) => `--chapter ${chapter}`),
    ...standards.map((standard) => `--standard ${standard}`),
  ];
  return `Nothing is selected: none of the ${count(all.length, 'scenario')} fits ${asked.join(' ')}. See the scenarios with --list.`;
}

/** Returns whether a scenario refers to a requirement, or to one below it: V7.2 is all of V7.2. */
export function shows({ references }: Pick<Scenario, 'references'>, standard: string): boolean {
  const wanted = normalized(standard);
  return references.map(normalized).some((reference) => reference === wanted || reference.startsWith(`${wanted}.`));
}

/** `ASVS V7.2.4`, `asvs v7.2.4` and `V7.2.4` are one. */
const normalized = (id: string) =>
  id
    .toLowerCase()
    .replace(/^asvs\s*/, '')
    .trim();

/** @throws WrongUsage for an id that neither a scenario nor our table of the standards has, and for one that no scenario can show */
function requireStandard(standard: string, scenarios: readonly Scenario[]): void {
  const table = coverage([]).map(({ requirement }) => requirement);
  if (scenarios.some((scenario) => shows(scenario, standard))) return;
  const known = table.find(({ id }) => normalized(id) === normalized(standard));
  if (known) {
    throw new WrongUsage(`Nothing is selected: no scenario here shows ${known.id}. ${known.whyNot ?? known.says}`);
  }
  const ids = [...new Set([...table.map(({ id }) => id), ...scenarios.flatMap(({ references }) => references)])];
  const short = ids.map((id) => id.replace(/^ASVS /, ''));
  throw new WrongUsage(
    `Nothing is selected: no scenario refers to "${standard}".${didYouMean(standard, short)} docs/standards.md lists the requirements.`,
  );
}
