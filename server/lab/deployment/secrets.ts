import { randomBytes } from 'node:crypto';
import type { Secrets } from '../../../scenarios/engine/cast.ts';

/** The session secrets of a sandbox. `old` and `new` stay what they are; `random` is another one at every start. */
export function createSecrets() {
  const make = () => randomBytes(32).toString('base64url');
  const kept = { old: make(), new: make() };
  return {
    of: (name: 'old' | 'new') => kept[name],
    /** For the app: the first signs, all are accepted. */
    list: (names: Secrets) => names.map((name) => (name === 'random' ? make() : kept[name])),
  };
}
