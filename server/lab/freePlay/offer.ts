import type { ActorOutline } from '../../../scenarios/engine/trace.ts';
import type { Route } from '../deployment/framework.ts';
import type { SessionNow } from '../deployment/instances.ts';

/** What free play has to offer at this moment. */
export interface PlayOffer {
  actors: ActorOutline[];
  /** Of the running app, read from its routers. */
  routes: Route[];
  /** Where a request can go, the shop first. */
  hosts: string[];
  /** Pages a request can come from. */
  origins: string[];
  session: SessionNow;
}

/** Somebody's page that the shop has nothing to do with needs no server to send requests from. */
export const pagesOf = (hosts: string[]): string[] => [...new Set([...hosts, 'https://evil.example'])];
