/**
 * What is followed on the page: a session ID, a Redis key or a cookie, by its name (scenarios/engine/followed.ts). It is one thing
 * for the whole page: whatever names it is lit, and the rest fades (followStyle.ts). A name also says which sandbox is meant.
 */
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { type Followed, readFollowed, type Scope } from '../../scenarios/engine/followed.ts';

interface Choice {
  name: string;
  /** The `seq` of the moment that was chosen; null while none was. */
  moment: number | null;
}

const store = createStore<{ choice: Choice | null }>(() => ({ choice: null }));

/**
 * Starts to follow something. If it is followed already, goes to another of its moments, or else stops.
 *
 * @param moment the `seq` of the event in which it was chosen; null if it was chosen elsewhere
 */
export function toggleFollowing(name: string, moment: number | null = null): void {
  store.setState(({ choice }) => {
    const same = choice?.name === name && (moment === null || moment === choice.moment);
    return { choice: same ? null : { name, moment } };
  });
}

/** @param moment the `seq` of the moment to walk to */
export function walkTo(moment: number): void {
  store.setState(({ choice }) => ({ choice: choice && { ...choice, moment } }));
}

export const stopFollowing = () => store.setState({ choice: null });

/** A sandbox that is shown, with all its session IDs. */
export interface Shown {
  sids: readonly string[];
  view: { header: Scope };
}

/** Returns what is followed, and in which of the sandboxes; null if it is in none of them. */
export function useFollowed<S extends Shown>(all: readonly S[]): (Choice & { followed: Followed; shown: S }) | null {
  const choice = useStore(store, (state) => state.choice);
  if (!choice) return null;
  for (const shown of all) {
    const followed = readFollowed(choice.name, shown.view.header, shown.sids);
    if (followed) return { ...choice, followed, shown };
  }
  return null;
}

/** Returns the attribute of an element in which everything else fades while something of this sandbox is followed. */
export function useFollowingScope(shown: Shown): { 'data-following'?: string } {
  const found = useFollowed([shown]);
  return found ? { 'data-following': found.name } : {};
}

/** Returns the attribute of what is about things that can be followed, and fades while another one is. */
export const about = (...names: (string | null | undefined)[]) => ({ 'data-about': names.filter(Boolean).join(' ') });

/** Returns the attribute of a fold: the events that it stands for. */
export const holds = (seqs: readonly number[]) => ({ 'data-holds': seqs.join(' ') });

/** Returns the name of what has the focus: its own, or the first one in it; null when it is about nothing that can be followed. */
export function nameAt(element: Element | null): string | null {
  const own = element?.closest<HTMLElement>('[data-chip]');
  if (own) return own.dataset.chip ?? null;
  const part = element?.closest<HTMLElement>('[data-about], [data-event]');
  const [first] = part?.dataset.about?.split(' ').filter(Boolean) ?? [];
  return first ?? part?.querySelector<HTMLElement>('[data-chip]')?.dataset.chip ?? null;
}
