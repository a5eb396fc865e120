import type { ScenarioOutline, TraceHeader } from '../../scenarios/engine/trace.ts';

/** What stands in while the first sandbox is being made: the scenario with nothing played. */
export function unmade(scenario: ScenarioOutline): TraceHeader {
  return {
    sandbox: '',
    scenario,
    variant: 'vulnerable',
    store: 'mock',
    address: '',
    namespace: '',
    pace: 'jump',
    limits: { idle: 1_800_000, absolute: 28_800_000 },
    startedAt: 0,
  };
}
