import type { ManualAction } from '../../../scenarios/engine/actions.ts';
import { SandboxError } from '../../../scenarios/engine/errors.ts';
import type { StoreFaults } from './storeFaults.ts';

type FaultAction = Extract<
  ManualAction,
  { do: 'slow-redis' | 'freeze-redis' | 'disconnect-redis' | 'end-faults' | 'evict-key' | 'restart-redis' }
>;

/**
 * Checks a fault of Redis before anything changes.
 * @param nameOf returns the name of a key without the namespace; throws for a key that the sandbox does not have
 * @returns a function that causes it
 * @throws SandboxError when there is no key to evict, or no server that could freeze
 */
export function prepareFault(action: FaultAction, faults: StoreFaults, nameOf: (key: string) => string): () => unknown {
  switch (action.do) {
    case 'slow-redis':
      return () => faults.slow(action.ms);
    case 'freeze-redis':
      faults.requireServer();
      return faults.freeze;
    case 'disconnect-redis':
      return () => faults.disconnect();
    case 'end-faults':
      return faults.endAll;
    case 'restart-redis':
      faults.requireServer();
      return faults.restart;
    case 'evict-key': {
      const name = action.key === null ? faults.nextToEvict() : nameOf(action.key);
      if (name === undefined) throw new SandboxError('unknown-key', 'This sandbox has no key that Redis could evict.');
      return () => faults.evict(name);
    }
  }
}
