import type { Cast, World } from '../../scenarios/engine/cast.ts';
import type { LabActor } from './browser/actor.ts';

/** What `await` and JSON ask every object for. */
const asked = ['then', 'toJSON'];

/** What a step is given. Whoever is not in it is said to be missing, where an object would only be undefined. */
export function castOf(actors: readonly LabActor[], world: World): Cast<string, string> {
  const cast = Object.freeze({ ...Object.fromEntries(actors.map((actor) => [actor.name, actor])), world });
  return new Proxy(cast, {
    get(members, name) {
      if (typeof name === 'symbol' || asked.includes(name) || Object.hasOwn(members, name)) {
        return Reflect.get(members, name);
      }
      throw new Error(
        `There is no "${name}" in the cast of this scenario; there are ${Object.keys(members).join(', ')}.`,
      );
    },
  }) as Cast<string, string>;
}
