import { type Environment, readSettings as usual } from '../app/settings.ts';

/** Always a number: parseInt() reads as far as there are digits, and ignores the unit behind them. */
export function readSettings({ SESSION_IDLE_MS, SESSION_ABSOLUTE_MS, ...others }: Environment) {
  return {
    ...usual(others),
    idleMs: Number.parseInt(SESSION_IDLE_MS ?? '1800000', 10),
    absoluteMs: Number.parseInt(SESSION_ABSOLUTE_MS ?? '28800000', 10),
  };
}
