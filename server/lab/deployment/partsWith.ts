import type { AppSetup } from '../../../scenarios/engine/scenario.ts';
import { type Parts, parts } from '../../app/parts.ts';
import type { Services } from '../../app/services.ts';
import { SessionStore } from '../../app/sessionStore.ts';
import { weaknesses } from '../../weaknesses/index.ts';

/** @throws Error for a weakness that does not exist */
export function partsWith(weakness: string | undefined, slug: string): Parts {
  if (weakness === undefined) return parts;
  const laidOver = Object.hasOwn(weaknesses, weakness) ? weaknesses[weakness] : undefined;
  if (laidOver) return { ...parts, ...laidOver };
  const known = Object.keys(weaknesses).join(', ');
  throw new Error(`Scenario "${slug}": there is no weakness "${weakness}" in server/weaknesses; there are ${known}.`);
}

/** The same parts with other names for the session cookie and the records. */
export function named(
  { cookieName: name, keyPrefix: prefix }: Pick<AppSetup, 'cookieName' | 'keyPrefix'>,
  parts: Parts,
): Parts {
  const { sessionOptions } = parts;
  return {
    ...parts,
    ...(name !== undefined && { sessionOptions: (services: Services) => ({ ...sessionOptions(services), name }) }),
    ...(prefix !== undefined && { sessionStore: ({ redis }: Services) => new SessionStore({ client: redis, prefix }) }),
  };
}
