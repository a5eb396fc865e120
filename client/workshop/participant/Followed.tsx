import { useDocumentTitle } from '@mantine/hooks';
import { useStore } from 'zustand';
import { DisplaySwitches } from '../../frame/DisplaySwitches.tsx';
import { HelpButton } from '../../frame/HelpButton.tsx';
import { useRoom } from '../connection/useRoom.tsx';
import { ShownFrame } from '../parts/ShownFrame.tsx';
import { ShownHeader } from '../parts/ShownHeader.tsx';
import './Followed.css';
import { FollowedFooter } from './FollowedFooter.tsx';
import { RoomAsks } from './RoomAsks.tsx';

/** What the driver shows, as it happens; and what the room is asked. */
export function Followed() {
  const onPage = useRoom((state) => state.onPage)!;
  const handle = useRoom(({ you }) => you?.handle);
  const title = useStore(onPage.sides[0]!.store, ({ sandbox }) => sandbox!.header.scenario.title);
  useDocumentTitle(`${title} · The room`);
  return (
    <div className="followed">
      <ShownFrame
        onPage={onPage}
        header={(onHelp) => (
          <ShownHeader onPage={onPage}>
            <span className="followed-handle">
              <span className="mute">You are</span> {handle}
            </span>
            <div className="header-icons">
              <DisplaySwitches />
              <HelpButton onHelp={onHelp} />
            </div>
          </ShownHeader>
        )}
        footer={
          <>
            <RoomAsks />
            <FollowedFooter onPage={onPage} />
          </>
        }
      />
    </div>
  );
}
