/**
 * The session ID that is followed on the page. It is one thing for the whole page: whatever names the ID is lit, and the rest
 * fades (followStyle.ts). The IDs of two sandboxes differ, so in a comparison it says which side is meant, too.
 */
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

interface Followed {
  sid: string;
  /** The `seq` of the moment that was chosen; null while none was. */
  moment: number | null;
}

const store = createStore<{ followed: Followed | null }>(() => ({ followed: null }));

/**
 * Starts to follow a session ID. If it is followed already, goes to another of its moments, or else stops.
 *
 * @param moment the `seq` of the event in which it was chosen; null if it was chosen elsewhere
 */
export function toggleFollowing(sid: string, moment: number | null = null): void {
  store.setState(({ followed }) => {
    const same = followed?.sid === sid && (moment === null || moment === followed.moment);
    return { followed: same ? null : { sid, moment } };
  });
}

/** @param moment the `seq` of the moment to walk to */
export function walkTo(moment: number): void {
  store.setState(({ followed }) => ({ followed: followed && { ...followed, moment } }));
}

export const stopFollowing = () => store.setState({ followed: null });

/** Returns what is followed if it is one of these session IDs; otherwise null. */
export function useFollowed(sids: readonly string[]): Followed | null {
  return useStore(store, ({ followed }) => (followed && sids.includes(followed.sid) ? followed : null));
}

/** Returns the attribute of an element in which everything else fades while one of these session IDs is followed. */
export function useFollowingScope(sids: readonly string[]): { 'data-following'?: string } {
  const followed = useFollowed(sids);
  return followed ? { 'data-following': followed.sid } : {};
}

/** Returns the attribute of what is about session IDs, and fades while another one is followed. */
export const about = (...sids: (string | null | undefined)[]) => ({ 'data-about': sids.filter(Boolean).join(' ') });

/** Returns the session ID of what has the focus: its own, or the first one in it; null when it is about none. */
export function sidAt(element: Element | null): string | null {
  const own = element?.closest<HTMLElement>('[data-chip]');
  if (own) return own.dataset.chip ?? null;
  const part = element?.closest<HTMLElement>('[data-about], [data-event], .cookie');
  const [first] = part?.dataset.about?.split(' ').filter(Boolean) ?? [];
  return first ?? part?.querySelector<HTMLElement>('[data-chip]')?.dataset.chip ?? null;
}
