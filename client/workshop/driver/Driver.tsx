import { Button } from '@mantine/core';
import { type ReactNode, use, useEffect, useState } from 'react';
import type { SandboxError } from '../../../scenarios/engine/errors.ts';
import { Notice } from '../../pages/Notice.tsx';
import { SurroundingsContext } from '../../player/surroundings.ts';
import { usePlayers } from '../../player/usePlayer.ts';
import { driveAddress, navigate, replaceAddress } from '../../ui/address.ts';
import { MoreKeysContext } from '../../ui/moreKeys.ts';
import { dropRole, type KeptRole, keepRole } from '../connection/keptRole.ts';
import { plainFetch, RoomProvider, useInRoom, useRoom } from '../connection/useRoom.tsx';
import { createWorkshopApi } from '../connection/workshopApi.ts';
import { Around } from '../parts/Around.tsx';
import { keysOfDriver } from '../parts/keysOfRoom.ts';
import { RolePlayers } from '../parts/RolePlayers.tsx';
import { DriverBar } from './DriverBar.tsx';
import { Surrounded } from './Surrounded.tsx';
import { createShowing, shownBy } from './showing.ts';
import { AgendaProvider } from './useAgenda.tsx';
import { useLanding } from './useLanding.ts';

interface Props {
  kept: KeptRole;
  /** The page at the current address. */
  children: ReactNode;
}

/** The driver's page: any page, with a bar that drives the room. What is played on it is shown to the room. */
export function Driver({ kept, children }: Props) {
  return (
    <RoomProvider kept={kept}>
      <MoreKeysContext value={keysOfDriver}>
        <Drives>{children}</Drives>
      </MoreKeysContext>
    </RoomProvider>
  );
}

function Drives({ children }: { children: ReactNode }) {
  const known = useRoom(({ room }) => room !== null);
  const over = useRoom(({ room }) => room?.over ?? false);
  const refusal = useRoom((state) => state.refusal);
  const landed = useLanding();
  if (over) return <Ended>{children}</Ended>;
  if (refusal) return refusal.noRoom ? <Gone /> : <Replaced />;
  if (!known || !landed) return null;
  return (
    <RolePlayers>
      <AgendaProvider>
        <Surrounded>
          <Around bar={<DriverBar />} label="Drive the room">
            <Shows />
            {children}
          </Around>
        </Surrounded>
      </AgendaProvider>
    </RolePlayers>
  );
}

/** Shows the room what the player shows, and does what the driver's phone asks for. */
function Shows() {
  const { api, room } = useInRoom();
  const players = usePlayers();
  const { beforeStep } = use(SurroundingsContext);
  useEffect(() => {
    const show = createShowing((what) =>
      api.drive({ do: 'show', ...what }).then(
        () => {},
        // Without a connection, the bar says so, and what is shown is sent again when it is back.
        () => {},
      ),
    );
    const showNow = () => {
      const what = shownBy(players.store.getState().player);
      if (what) show(what);
    };
    let unwatch = () => {};
    const watch = () => {
      unwatch();
      unwatch = players.store.getState().player.store.subscribe(showNow);
      showNow();
    };
    const stops = [
      players.store.subscribe(watch),
      room.onPress(({ button }) => {
        const { player } = players.store.getState();
        const isPast = player.store.getState().cursor !== null;
        if (button === 'previous') player.previous();
        else if (isPast || beforeStep()) void player.next();
      }),
    ];
    watch();
    return () => {
      unwatch();
      for (const stop of stops) stop();
    };
  }, [api, room, players, beforeStep]);
  return null;
}

const leave = () => {
  dropRole('driver');
  navigate('/');
};

/** The room was ended, or its server was. */
function Gone() {
  return (
    <Notice
      title="This room is gone"
      sentence="It was ended, or its server was started again. A new room has a new driver’s link: in the terminal, or on the page that opens it."
      action="All scenarios"
      onAction={leave}
    />
  );
}

/** Another page drives the room now. */
function Replaced() {
  const { kept } = useInRoom();
  const [problem, setProblem] = useState<string | null>(null);
  const takeBack = () =>
    createWorkshopApi(plainFetch)
      .enter({ key: kept.enteredWith, takeOver: true })
      .then(
        (entered) => {
          replaceAddress(driveAddress);
          keepRole({ ...entered, enteredWith: kept.enteredWith });
        },
        ({ message }: SandboxError) => setProblem(message),
      );
  return (
    <Notice
      title="You no longer drive this room"
      sentence={problem ?? 'Another page drives it now.'}
      action="Take it back"
      onAction={() => void takeBack()}
    >
      <Button variant="default" onClick={leave}>
        Leave the workshop
      </Button>
    </Notice>
  );
}

/** After the end, the page is anybody's again. */
function Ended({ children }: { children: ReactNode }) {
  useEffect(() => () => dropRole('driver'), []);
  return (
    <Around
      label="The workshop is over"
      bar={
        <>
          <strong>The workshop is over</strong>
          <p className="around-said">Every page of the room says so, and nothing about anybody was kept.</p>
          <Button variant="default" size="compact-sm" onClick={() => dropRole('driver')}>
            Close
          </Button>
        </>
      }
    >
      {children}
    </Around>
  );
}
