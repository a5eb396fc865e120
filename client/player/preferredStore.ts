import type { AskOutline, ScenarioOutline, StoreKind } from '../../scenarios/engine/trace.ts';

type Answers = Pick<AskOutline, 'vulnerable' | 'protected'>;

const differ = (answers: Answers) => answers.vulnerable !== answers.protected;

/**
 * Returns the other store than the one that a scenario is outlined for, if more of its questions have different answers there:
 * a scenario about the difference of the stores shows little on the wrong one. null otherwise. Pure.
 */
export function preferredStore({ steps }: Pick<ScenarioOutline, 'steps'>): StoreKind | null {
  const asks = steps.flatMap(({ ask }) => ask ?? []);
  const elsewhere = asks.find(({ onOtherStore }) => onOtherStore)?.onOtherStore;
  const here = asks.filter(differ).length;
  const there = asks.filter((ask) => differ(ask.onOtherStore ?? ask)).length;
  return elsewhere && there > here ? elsewhere.store : null;
}
