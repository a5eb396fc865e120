import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { navigate, roomAddress, slugIn, usePath } from '../../ui/address.ts';
import { usePageKey } from '../../ui/pageKey.ts';
import { useRoom, useRoomPlace } from '../connection/useRoom.tsx';
import { Around } from '../parts/Around.tsx';
import { keysOfRoom } from '../parts/keysOfRoom.ts';
import { quietIf } from '../parts/quietIf.ts';
import { RolePlayers } from '../parts/RolePlayers.tsx';
import { RoomTimer } from '../parts/RoomTimer.tsx';

const back = () => navigate(roomAddress);

/** A participant's own run, or whatever page they went to, with the way back to the room. To go back ends the run. */
export function OwnRun({ children }: { children: ReactNode }) {
  const playing = slugIn(usePath()) !== null;
  const place = useRoomPlace();
  const question = useRoom(({ room }) => room?.question?.phase === 'open');
  const check = useRoom(({ room }) => room?.readyCheck != null);
  const lost = useRoom(({ connection }) => connection === 'lost');
  usePageKey(keysOfRoom.back, back);
  const asks = question ? 'The room is asked a question.' : check ? 'The room is asked whether it is ready.' : null;
  return (
    <Around
      bar={
        <>
          <strong>{playing ? 'Your own run' : 'Away from the room'}</strong>
          <p className="around-said" role="status" data-asks={asks !== null || undefined}>
            {lost ? 'The connection to the room is lost. Reconnecting…' : (asks ?? (place && whereText(place)))}
          </p>
          <RoomTimer />
          <Button {...quietIf(asks === null)} size="compact-sm" data-key="b" onClick={back}>
            Back to the room
          </Button>
        </>
      }
    >
      <RolePlayers>{children}</RolePlayers>
    </Around>
  );
}

const whereText = ({ title, step }: { title: string; step: number }) =>
  `The room is at ${step === 0 ? 'the beginning' : `step ${step}`} of ${title}.`;
