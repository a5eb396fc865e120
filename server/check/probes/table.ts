import { caching } from './caching.ts';
import { cookieAttributes } from './cookieAttributes.ts';
import { csrf } from './csrf.ts';
import { enumeration } from './enumeration.ts';
import { frozenId, inventedId, ownId } from './fixation.ts';
import { idInAddress } from './idInAddress.ts';
import { absoluteTimeout, idleTimeout } from './lifetimes.ts';
import { logout } from './logout.ts';
import { newId } from './newId.ts';
import type { Probe } from './probe.ts';
import { endAll, endOthers, listing, secondDevice, sessionLimit } from './sessions.ts';

/** In the order in which they are played. Enumeration comes last: a throttle that it meets would stop the others. */
export const probes: readonly Probe[] = [
  ...[logout, cookieAttributes, newId, frozenId, ownId, inventedId],
  ...[csrf, caching, idInAddress],
  ...[secondDevice, listing, endOthers, endAll, sessionLimit],
  ...[idleTimeout, absoluteTimeout, enumeration],
];
