import type { Scenario } from './engine/scenario.ts';
import forcedLogoutOneDevice from './forced-logout-one-device.ts';
import idleTimeout from './idle-timeout.ts';
import rollingRefresh from './rolling-refresh.ts';
import sessionFixation from './session-fixation.ts';

/** In reading order, chapter by chapter. */
export const scenarios: readonly Scenario[] = [
  // login
  sessionFixation,
  // lifetime
  idleTimeout,
  rollingRefresh,
  // logout
  forcedLogoutOneDevice,
];
