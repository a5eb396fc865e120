import { type Environment, readSettings as usual } from '../app/settings.ts';

/** A number at last. But of a text that is none, Number() makes NaN, and nothing complains about that. */
export function readSettings({ SESSION_IDLE_MS, SESSION_ABSOLUTE_MS, ...others }: Environment) {
  return {
    ...usual(others),
    idleMs: Number(SESSION_IDLE_MS ?? 1_800_000),
    absoluteMs: Number(SESSION_ABSOLUTE_MS ?? 28_800_000),
  };
}
