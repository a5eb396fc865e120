import { type ReactNode, useEffect, useRef } from 'react';
import { navigate, roomAddress, usePath } from '../../ui/address.ts';
import { confirm } from '../../ui/Confirmation.tsx';
import { MoreKeysContext } from '../../ui/moreKeys.ts';
import { dropRole, type KeptRole } from '../connection/keptRole.ts';
import { RoomProvider, useInRoom, useRoom } from '../connection/useRoom.tsx';
import { EnterRoom } from '../door/EnterRoom.tsx';
import { keysOfParticipant } from '../parts/keysOfRoom.ts';
import { Followed } from './Followed.tsx';
import { Over } from './Over.tsx';
import { OwnRun } from './OwnRun.tsx';
import { Waiting } from './Waiting.tsx';

interface Props {
  kept: KeptRole;
  /** The page at the current address. */
  children: ReactNode;
}

/** The page of a participant: in the room, or at a run of their own with a way back. */
export function Participant({ kept, children }: Props) {
  return (
    <RoomProvider kept={kept}>
      <MoreKeysContext value={keysOfParticipant}>
        <InTheRoom>{children}</InTheRoom>
      </MoreKeysContext>
    </RoomProvider>
  );
}

function InTheRoom({ children }: { children: ReactNode }) {
  const inRoom = usePath() === roomAddress;
  const known = useRoom(({ room }) => room !== null);
  const over = useRoom(({ room }) => room?.over ?? false);
  const refusal = useRoom((state) => state.refusal);
  const shown = useRoom(({ onPage }) => onPage !== null);
  useResets();
  // The token opens nothing any more. An own run goes on as anybody's.
  useEffect(() => {
    if (refusal !== null && !inRoom) dropRole('participant');
  }, [refusal, inRoom]);

  if (over) return <Over />;
  if (refusal !== null) return <EnterRoom why={refusal.why} />;
  if (!known) return <Waiting />;
  if (!inRoom) return <OwnRun>{children}</OwnRun>;
  return shown ? <Followed /> : <Waiting />;
}

/** Leads back to the room, and to where it is, when the driver has ended all runs. */
function useResets(): void {
  const { room } = useInRoom();
  const resets = useRoom(({ you }) => you?.resets ?? null);
  const before = useRef<number | null>(null);
  useEffect(() => {
    if (before.current !== null && resets !== null && resets > before.current) {
      navigate(roomAddress);
      room.follow();
      confirm('The instructor has ended all runs. You follow the room again.');
    }
    before.current = resets;
  }, [resets, room]);
}
