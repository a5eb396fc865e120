import { outline, type Scenario } from '../../scenarios/engine/scenario.ts';
import type { Pace, StoreKind, TraceHeader, Variant } from '../../scenarios/engine/trace.ts';
import type { User } from '../app/db.ts';
import { type DeploymentPlan, processNames } from './deployment/plan.ts';
import type { OpenStore } from './store.ts';

interface Choice {
  scenario: Scenario;
  variant: Variant;
  repair?: string;
  store: StoreKind;
  pace: Pace;
  /** The real browser that the actors use, as "Chromium 156". */
  browser?: { name: string };
}

/** Returns the header of the trace of a sandbox: what was chosen, and what is the same for all events. */
export function traceHeader(
  sandbox: string,
  namespace: string,
  { scenario, variant, repair, store, pace, browser }: Choice,
  { setup, limits, frontEnds }: DeploymentPlan,
  { address, notices, own }: OpenStore,
  users: readonly User[],
): TraceHeader {
  const processes = processNames(setup);
  return {
    sandbox,
    scenario: outline(scenario, pace, store),
    variant,
    ...(repair !== undefined && { repair }),
    store,
    address,
    ...(notices.untold !== null && { untold: notices.untold }),
    ...(own && { ownRedis: true as const }),
    ...(processes.length > 1 && { processes }),
    namespace,
    pace,
    ...(browser && { browser: browser.name }),
    limits,
    ...(frontEnds.length > 0 && { frontEnds }),
    users: users.map(({ id, email }) => ({ id, email })),
    startedAt: Date.now(),
  };
}
