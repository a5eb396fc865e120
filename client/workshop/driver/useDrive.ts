import { useCallback } from 'react';
import type { DriveAction } from '../../../scenarios/engine/workshop.ts';
import { confirm } from '../../ui/Confirmation.tsx';
import { useInRoom } from '../connection/useRoom.tsx';

/** Returns what sends an action of the driver, and says why one was refused. Resolves to how many runs it has ended; null if refused. */
export function useDrive(): (action: DriveAction) => Promise<number | null> {
  const { api } = useInRoom();
  return useCallback(
    (action) =>
      api.drive(action).then(
        ({ ended }) => ended,
        ({ message }: Error) => {
          confirm(message);
          return null;
        },
      ),
    [api],
  );
}
