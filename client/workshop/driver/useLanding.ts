import { useEffect } from 'react';
import { searchOf } from '../../player/place.ts';
import { addressOf, driveAddress, replaceAddress, usePath } from '../../ui/address.ts';
import { useRoom } from '../connection/useRoom.tsx';

/**
 * Leads a page that begins to drive into the run that the room is shown, at its step; to all scenarios before anything is shown.
 * Returns whether the page is at an address that can be drawn.
 */
export function useLanding(): boolean {
  const landed = usePath() !== driveAddress;
  const known = useRoom(({ driver }) => driver !== null);
  const place = useRoom(({ driver }) => driver?.place ?? null);
  useEffect(() => {
    if (landed || !known) return;
    if (!place) return replaceAddress('/');
    const { scenario, variant, ...rest } = place;
    replaceAddress(`${addressOf(scenario)}?${searchOf({ shown: variant, ...rest })}`);
  }, [landed, known, place]);
  return landed;
}
