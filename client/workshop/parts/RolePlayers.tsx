import { type ReactNode, useMemo } from 'react';
import { PagePlayers } from '../../pages/PagePlayers.tsx';
import { createApi } from '../../player/serverApi.ts';
import { followWith } from '../../player/stream.ts';
import { ApiContext, FollowContext } from '../../player/useApi.ts';
import { useInRoom } from '../connection/useRoom.tsx';

/** The ordinary pages, whose sandboxes belong to this role in the room. */
export function RolePlayers({ children }: { children: ReactNode }) {
  const { send } = useInRoom();
  const api = useMemo(() => createApi(send), [send]);
  const follow = useMemo(() => followWith(EventSource, send), [send]);
  return (
    <ApiContext value={api}>
      <FollowContext value={follow}>
        <PagePlayers>{children}</PagePlayers>
      </FollowContext>
    </ApiContext>
  );
}
