import type { CookieIdentity, HandAction } from '../../../scenarios/engine/hand.ts';
import type { LabActor } from '../browser/actor.ts';
import { requireLegalCookie } from '../browser/cookies/cookie.ts';
import { RefusedByHand } from './refusedByHand.ts';

type CookieAction = Extract<HandAction, CookieIdentity>;

/**
 * A change of one cookie in somebody's browser.
 * @throws RefusedByHand for a person or cookie that is not there, or a value that no Cookie header can carry
 */
export function cookieDeed(action: CookieAction, actorOf: (name: string) => LabActor): () => unknown {
  const actor = actorOf(action.actor);
  const owner = action.do === 'copy-cookie' ? actorOf(action.from) : actor;
  const { name, domain, path } = action;
  const which = { name, domain, path };
  if (!owner.has(which)) {
    throw new RefusedByHand('unknown-cookie', `There is no cookie "${name}" of ${domain}${path} in that browser.`);
  }
  switch (action.do) {
    case 'delete-cookie':
      return () => actor.deleteCookie(which);
    case 'copy-cookie':
      if (owner === actor) throw new RefusedByHand('not-allowed', 'A cookie is copied from one browser to another.');
      return () => actor.copyCookie(owner, which);
    case 'edit-cookie':
      requireSendable(name, action.value);
      return () => actor.editCookie(() => action.value, which);
  }
}

function requireSendable(name: string, value: string): void {
  try {
    requireLegalCookie({ name, value });
  } catch (error) {
    throw new RefusedByHand('not-allowed', (error as Error).message);
  }
}
