import { usePageKey } from '../../ui/pageKey.ts';
import { useRoom } from '../connection/useRoom.tsx';
import { keysOfRoom } from '../parts/keysOfRoom.ts';
import { codeText } from '../parts/roomText.ts';
import { AgendaPopover } from './AgendaPopover.tsx';
import { AskControls } from './AskControls.tsx';
import './DriverBar.css';
import { DriverMenu } from './DriverMenu.tsx';
import { PeoplePopover } from './PeoplePopover.tsx';
import { ReadyControl } from './ReadyControl.tsx';
import { TimerPopover } from './TimerPopover.tsx';
import { useDrive } from './useDrive.ts';

/** What drives the room, in one row. */
export function DriverBar() {
  const code = useRoom(({ room }) => room!.code);
  const address = useRoom(({ room }) => room!.address);
  const lost = useRoom(({ connection }) => connection === 'lost');
  const screen = useRoom(({ room }) => room!.screen);
  const drive = useDrive();
  usePageKey(keysOfRoom.join, () => void drive({ do: 'screen', shows: screen === 'join' ? 'run' : 'join' }));
  return (
    <>
      <p className="driver-place">
        <strong className="driver-code" title="The code of the room">
          {codeText(code)}
        </strong>
        <span className="driver-address">{address}</span>
      </p>
      <PeoplePopover />
      {lost && (
        <p className="driver-lost" role="status">
          The server does not answer. Reconnecting…
        </p>
      )}
      <div className="driver-asks">
        <AskControls />
        <ReadyControl />
      </div>
      <div className="driver-tools">
        <TimerPopover />
        <AgendaPopover />
        <DriverMenu />
      </div>
    </>
  );
}
