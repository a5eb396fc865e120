import { type ReactNode, useEffect, useMemo } from 'react';
import { createPagePlayers } from '../../pages/pagePlayers.ts';
import { createApi } from '../../player/serverApi.ts';
import { followWith } from '../../player/stream.ts';
import { ApiContext } from '../../player/useApi.ts';
import { PlayersContext } from '../../player/usePlayer.ts';
import { useProgress } from '../../progress/useProgress.ts';
import { useInRoom } from '../connection/useRoom.tsx';

/** The ordinary pages, whose sandboxes belong to this role in the room. */
export function RolePlayers({ children }: { children: ReactNode }) {
  const { send } = useInRoom();
  const progress = useProgress();
  const { api, players } = useMemo(() => {
    const api = createApi(send);
    return { api, players: createPagePlayers(api, followWith(EventSource, send), progress) };
  }, [send, progress]);
  useEffect(() => () => players.close(), [players]);
  return (
    <ApiContext value={api}>
      <PlayersContext value={players}>{children}</PlayersContext>
    </ApiContext>
  );
}
