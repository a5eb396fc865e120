/** Carries out manual actions: what a learner does in a sandbox besides playing its steps. */
import type { CookieIdentity, ManualAction } from '../../../scenarios/engine/actions.ts';
import { SandboxError } from '../../../scenarios/engine/errors.ts';
import type { LabActor } from '../browser/actor.ts';
import { requireLegalCookie } from '../browser/cookies/cookie.ts';
import type { Deployment } from '../deployment/deployment.ts';
import type { Recorder } from '../recorder.ts';
import { type ConsoleNeeds, prepareConsoleLine } from './console.ts';
import { prepareFault } from './manualFault.ts';
import { prepareRequest } from './manualRequest.ts';
import type { StoreFaults } from './storeFaults.ts';

/** A manual action with the number of the event that records it. Passwords in it are as they were typed. */
export interface TakenAction {
  seq: number;
  action: ManualAction;
}

interface ManualActionNeeds extends ConsoleNeeds {
  actors: readonly LabActor[];
  deployment: Deployment;
  recorder: Recorder;
  storeFaults: StoreFaults;
  settled(): Promise<void>;
  jump(ms: number): Promise<void>;
}

/** More than anybody does, and few enough to keep. */
const mostActions = 1000;

export function createManualActions(needs: ManualActionNeeds) {
  const { recorder, settled, jump } = needs;
  const taken: TakenAction[] = [];

  function record(action: ManualAction): void {
    taken.push({ seq: recorder.trace.events.length, action });
    recorder.record({ type: 'manual-action', action });
  }

  return {
    taken: taken as readonly TakenAction[],

    /**
     * Records an action, then carries it out. Resolves to what Redis answered to a line of its console, and to null for every
     * other action.
     * @throws SandboxError when the action is invalid. Nothing was changed or recorded.
     */
    async act(action: ManualAction): Promise<string | null> {
      if (taken.length >= mostActions) {
        throw new SandboxError(
          'limit-reached',
          `This sandbox has seen ${mostActions} manual actions, the most it allows. Reset starts a new one.`,
        );
      }
      if (action.do === 'jump-time') {
        record(action);
        await jump(action.ms);
        return null;
      }
      const perform = prepare(action, needs);
      record(action);
      try {
        return await perform();
      } finally {
        await settled();
      }
    },
  };
}

/**
 * Checks an action before anything changes.
 * @returns a function that carries it out and resolves to the answer of the Redis console, or to null
 * @throws SandboxError when the action is invalid
 */
function prepare(
  action: Exclude<ManualAction, { do: 'jump-time' }>,
  needs: ManualActionNeeds,
): () => Promise<string | null> {
  const { actors, deployment } = needs;
  const actorOf = (name: string): LabActor => {
    const actor = actors.find((one) => one.name === name);
    if (actor) return actor;
    const known = actors.map(({ name }) => name).join(', ');
    throw new SandboxError('unknown-actor', `This scenario has no actor "${name}"; its actors are ${known}.`);
  };
  switch (action.do) {
    case 'redis':
      return prepareConsoleLine(action.line, needs);
    case 'delete-key':
    case 'set-key':
    case 'expire-key':
      return withoutReply(prepareKeyAction(action, needs));
    case 'edit-cookie':
    case 'delete-cookie':
    case 'copy-cookie':
      return withoutReply(prepareCookieAction(action, actorOf));
    case 'request':
      return withoutReply(prepareRequest(action, actorOf, deployment.hostOf));
    case 'slow-redis':
    case 'freeze-redis':
    case 'disconnect-redis':
    case 'end-faults':
    case 'evict-key':
    case 'restart-redis':
      return withoutReply(prepareFault(action, needs.storeFaults, (key) => nameOf(key, needs)));
    case 'restart-app':
      return withoutReply(() => deployment.instances.restart());
    case 'session-options':
      return withoutReply(() => deployment.instances.restart({ session: action.change }));
  }
}

const withoutReply = (work: () => unknown) => async () => {
  await work();
  return null;
};

/** @throws SandboxError for a key that this sandbox does not have, and for a new value of a key that is not a string */
function prepareKeyAction(
  action: Extract<ManualAction, { do: 'delete-key' | 'set-key' | 'expire-key' }>,
  needs: ConsoleNeeds,
): () => Promise<unknown> {
  const { keys, keyEditor } = needs;
  const name = nameOf(action.key, needs);
  const type = keys.typeOf(name);
  switch (action.do) {
    case 'delete-key':
      return () => keyEditor.delete(name);
    case 'expire-key':
      return () => keyEditor.expire(name, action.ms);
    case 'set-key':
      if (type !== 'string') {
        throw new SandboxError(
          'not-allowed',
          `"${name}" is a ${type}, and only a string has a single value. Delete the key, or change its time to live.`,
        );
      }
      return () => keyEditor.set(name, action.value);
  }
}

/** Returns the name of a key without the namespace. @throws SandboxError for a key that this sandbox does not have */
function nameOf(key: string, { keys, namespace }: ConsoleNeeds): string {
  const name = key.startsWith(namespace) ? key.slice(namespace.length) : undefined;
  if (name !== undefined && keys.typeOf(name) !== undefined) return name;
  throw new SandboxError('unknown-key', `This sandbox has no key "${key}".`);
}

/** @throws SandboxError for an unknown actor or cookie, and for a value that no Cookie header can carry */
function prepareCookieAction(
  action: Extract<ManualAction, CookieIdentity>,
  actorOf: (name: string) => LabActor,
): () => unknown {
  const actor = actorOf(action.actor);
  const owner = action.do === 'copy-cookie' ? actorOf(action.from) : actor;
  const { name, domain, path } = action;
  const which = { name, domain, path };
  if (!owner.has(which)) {
    throw new SandboxError('unknown-cookie', `That browser has no cookie "${name}" of ${domain}${path}.`);
  }
  switch (action.do) {
    case 'delete-cookie':
      return () => actor.deleteCookie(which);
    case 'copy-cookie':
      if (owner === actor)
        throw new SandboxError('not-allowed', 'A cookie is copied from one browser to another; choose another actor.');
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
    throw new SandboxError('not-allowed', (error as Error).message);
  }
}
