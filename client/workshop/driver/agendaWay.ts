/** Where an agenda leads. Pure. */
import type { StoreKind } from '../../../scenarios/engine/trace.ts';
import type { Agenda } from '../../../scenarios/engine/workshop.ts';
import { searchOf } from '../../player/place.ts';
import type { WayOn } from '../../player/surroundings.ts';
import { addressOf } from '../../ui/address.ts';

type Planned = Pick<Agenda['scenarios'][number], 'slug' | 'variant'>;

/** Returns the address of a scenario of an agenda, from its beginning, as it is planned. */
export const addressIn = ({ slug, variant }: Planned, store: StoreKind): string =>
  `${addressOf(slug)}?${searchOf({ shown: variant, store, pace: 'jump', step: 0 })}`;

/**
 * Returns where a scenario leads on to: to the next one of the agenda, and from its last one to all scenarios. null for a scenario that
 * is not on the agenda.
 * @param titles of the scenarios, by their slugs
 */
export function wayOnAgenda(
  scenarios: readonly Planned[],
  slug: string | null,
  titles: ReadonlyMap<string, string>,
  store: StoreKind,
): WayOn | null {
  const index = scenarios.findIndex((one) => one.slug === slug);
  if (index === -1) return null;
  const next = scenarios[index + 1];
  if (!next) return { to: '/', text: 'End of the agenda: all scenarios' };
  return { to: addressIn(next, store), text: `Next on the agenda: ${titles.get(next.slug) ?? next.slug}` };
}
