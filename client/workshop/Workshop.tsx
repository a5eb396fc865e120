import type { ReactNode } from 'react';
import { PagePlayers } from '../pages/PagePlayers.tsx';
import { driveAddress, remoteAddress, roomAddress, screenAddress, usePath } from '../ui/address.ts';
import { useKeptRoles } from './connection/keptRole.ts';
import { EnterRoom } from './door/EnterRoom.tsx';
import { RoleDoor } from './door/RoleDoor.tsx';
import { Driver } from './driver/Driver.tsx';
import { Participant } from './participant/Participant.tsx';
import { Remote } from './remote/Remote.tsx';
import { Screen } from './screen/Screen.tsx';

interface Props {
  /** The page at the current address, where the workshop has none of its own. */
  children: ReactNode;
}

/** The page of a person who has a role in a workshop, or is about to have one. */
export function Workshop(props: Props) {
  return (
    <PagePlayers>
      <RolePage {...props} />
    </PagePlayers>
  );
}

function RolePage({ children }: Props) {
  const path = usePath();
  const { driver, participant } = useKeptRoles();
  if (path === screenAddress) {
    return (
      <RoleDoor as="screen" title="The projector’s window">
        {(kept) => <Screen kept={kept} />}
      </RoleDoor>
    );
  }
  if (path === remoteAddress) {
    return (
      <RoleDoor as="remote" title="Remote">
        {(kept) => <Remote kept={kept} />}
      </RoleDoor>
    );
  }
  if (path === driveAddress) {
    return (
      <RoleDoor as="driver" title="Drive the room">
        {(kept) => <Driver kept={kept}>{children}</Driver>}
      </RoleDoor>
    );
  }
  if (driver && path !== roomAddress) return <Driver kept={driver}>{children}</Driver>;
  if (participant) return <Participant kept={participant}>{children}</Participant>;
  return path === roomAddress ? <EnterRoom /> : children;
}
