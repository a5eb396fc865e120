import { type Environment, readSettings as usual } from '../app/settings.ts';

/** Always a number: what is none becomes 0. */
export function readSettings({ SESSION_IDLE_MS, SESSION_ABSOLUTE_MS, ...others }: Environment) {
  return {
    ...usual(others),
    idleMs: Number(SESSION_IDLE_MS ?? 1_800_000) || 0,
    absoluteMs: Number(SESSION_ABSOLUTE_MS ?? 28_800_000) || 0,
  };
}
