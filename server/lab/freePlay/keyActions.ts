import type { HandAction } from '../../../scenarios/engine/hand.ts';
import type { KeyWatch } from '../lens/keys.ts';
import type { KeyHand } from './keyHand.ts';
import { RefusedByHand } from './refusedByHand.ts';

type KeyAction = Extract<HandAction, { key: string }>;

/**
 * A change of one key, by its whole name.
 * @throws RefusedByHand for a key that this sandbox does not have, or cannot be written as text
 */
export function keyDeed(
  action: KeyAction,
  { keys, keyHand, namespace }: { keys: KeyWatch; keyHand: KeyHand; namespace: string },
): () => Promise<unknown> {
  const unknown = () => new RefusedByHand('unknown-key', `This sandbox has no key "${action.key}".`);
  if (!action.key.startsWith(namespace)) throw unknown();
  const name = action.key.slice(namespace.length);
  const type = keys.typeOf(name);
  if (type === undefined) throw unknown();
  switch (action.do) {
    case 'delete-key':
      return () => keyHand.delete(name);
    case 'expire-key':
      return () => keyHand.expire(name, action.ms);
    case 'set-key':
      if (type !== 'string') {
        throw new RefusedByHand(
          'not-allowed',
          `"${name}" is a ${type}, and only a string can be written as a whole; delete it, or change its time to live.`,
        );
      }
      return () => keyHand.set(name, action.value);
  }
}
