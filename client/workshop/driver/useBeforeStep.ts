import { useCallback } from 'react';
import { useInRoom } from '../connection/useRoom.tsx';
import { useDrive } from './useDrive.ts';

/**
 * Returns what is called before a step is played. While the room is asked a question that is not revealed, "next" reveals it, and the
 * one after that plays the step: a press too many must not give the answer away.
 */
export function useBeforeStep(): () => boolean {
  const { room } = useInRoom();
  const drive = useDrive();
  return useCallback(() => {
    const phase = room.store.getState().room?.question?.phase;
    if (phase !== 'open' && phase !== 'closed') return true;
    void drive({ do: 'reveal' });
    return false;
  }, [room, drive]);
}
