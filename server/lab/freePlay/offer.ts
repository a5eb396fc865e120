import type { Scenario, Setup } from '../../../scenarios/engine/scenario.ts';
import type { ActorOutline } from '../../../scenarios/engine/trace.ts';
import type { SessionOptionsNow } from '../deployment/sessionOptions/code.ts';
import type { Route } from '../network/routes.ts';

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

export interface SessionNow {
  options: SessionOptionsNow;
  /** As the scenario has them. */
  optionsBefore: SessionOptionsNow;
  /** The code that sets up a session with these options; the secret is masked. */
  code: string;
  codeBefore: string;
}

/** The shop over https and on the wire, other people's sites, and further apps. */
export function originsOf({ sites = {} }: Scenario, { apps = {} }: Setup): string[] {
  return [...new Set(['https://shop.example', 'http://shop.example', ...Object.keys(sites), ...Object.keys(apps)])];
}

/** Somebody's page that the shop has nothing to do with needs no server to send requests from. */
export const pagesOf = (hosts: string[]): string[] => [...new Set([...hosts, 'https://evil.example'])];
