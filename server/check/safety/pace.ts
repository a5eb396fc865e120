/** How fast the app is asked, and how often at most. */
import { setTimeout as sleep } from 'node:timers/promises';
import { BudgetSpent } from '../errors.ts';

/** Requests a second, where nobody chose another number. Only on this machine one may. */
export const usualRate = 2;

/** Far more than the probes need. */
export const usualBudget = 400;

export interface Pace {
  /**
   * Resolves when the next request may be sent.
   * @throws BudgetSpent when none may
   */
  turn(): Promise<void>;
  /** How many requests were sent. */
  readonly sent: number;
  readonly budget: number;
}

/** @param rate requests a second; Infinity does not wait */
export function createPace(rate: number, budget: number, signal: AbortSignal): Pace {
  const apart = 1000 / rate;
  let sent = 0;
  let next = 0;
  return {
    async turn() {
      if (sent >= budget) throw new BudgetSpent(`The budget of ${budget} requests is spent (--budget).`);
      sent += 1;
      const now = performance.now();
      const at = Math.max(now, next);
      next = at + apart;
      if (at > now) await sleep(at - now, undefined, { signal });
    },
    get sent() {
      return sent;
    },
    budget,
  };
}
