import type { HandAction } from '../../../scenarios/engine/hand.ts';
import type { LabActor } from '../browser/actor.ts';
import type { Deployment } from '../deployment/deployment.ts';
import { type ConsoleNeeds, consoleDeed } from './console.ts';
import { cookieDeed } from './cookieActions.ts';
import { keyDeed } from './keyActions.ts';
import { RefusedByHand } from './refusedByHand.ts';
import { requestDeed } from './requestAction.ts';

/** A jump is not among them: it may come in the middle of a step, so the sandbox does it itself. */
export type Deed = Exclude<HandAction, { do: 'jump-time' }>;

export interface HandNeeds extends ConsoleNeeds {
  actors: readonly LabActor[];
  deployment: Deployment;
}

/**
 * What is asked for by hand, looked at before anything is done.
 * @returns what does it; resolves to what Redis answered to a line of the console, and to null for everything else
 * @throws RefusedByHand
 */
export function prepare(deed: Deed, needs: HandNeeds): () => Promise<string | null> {
  const { actors, deployment } = needs;
  const actorOf = (name: string): LabActor => {
    const actor = actors.find((one) => one.name === name);
    if (actor) return actor;
    const known = actors.map(({ name }) => name).join(', ');
    throw new RefusedByHand('unknown-actor', `There is no actor "${name}" in this scenario; there are ${known}.`);
  };
  switch (deed.do) {
    case 'redis':
      return consoleDeed(deed.line, needs);
    case 'delete-key':
    case 'set-key':
    case 'expire-key':
      return silently(keyDeed(deed, needs));
    case 'edit-cookie':
    case 'delete-cookie':
    case 'copy-cookie':
      return silently(cookieDeed(deed, actorOf));
    case 'request':
      return silently(requestDeed(deed, actorOf, deployment.hostOf));
    case 'session-options':
      return silently(() => deployment.instances.restart({ session: deed.change }));
  }
}

const silently = (work: () => unknown) => async () => {
  await work();
  return null;
};
