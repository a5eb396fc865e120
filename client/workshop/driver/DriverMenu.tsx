import { ActionIcon, Menu } from '@mantine/core';
import {
  IconDeviceMobile,
  IconDots,
  IconFileSpreadsheet,
  IconPlayerStop,
  IconPresentation,
  IconPrinter,
  IconRefresh,
  IconSwitchHorizontal,
  IconUserShare,
} from '@tabler/icons-react';
import { useState } from 'react';
import type { NewKey, WorkshopKey } from '../../../scenarios/engine/workshop.ts';
import { HandOuts, printHandOuts } from '../../export/HandOut.tsx';
import { useApi } from '../../player/useApi.ts';
import { confirm } from '../../ui/Confirmation.tsx';
import { download } from '../../ui/saveText.ts';
import { useInRoom, useRoom } from '../connection/useRoom.tsx';
import { keysOfRoom } from '../parts/keysOfRoom.ts';
import { EndDialog, KeyDialog, ResetDialog } from './DriverDialogs.tsx';
import { useDrive } from './useDrive.ts';

type Asking = { what: 'reset' | 'end' } | { what: 'key'; role: NewKey['role']; link: WorkshopKey };

/** What is needed once in a while: other pages of the driver, papers, and the ends. */
export function DriverMenu() {
  const { api } = useInRoom();
  const { catalogue } = useApi();
  const drive = useDrive();
  const [asking, setAsking] = useState<Asking | null>(null);
  const screen = useRoom(({ room }) => room!.screen);
  const shownSoFar = useRoom(({ driver }) => driver?.shownSoFar ?? nothing);

  const say = ({ message }: Error) => confirm(message);
  const askForKey = (role: NewKey['role']) =>
    api.newKey(role).then((link) => setAsking({ what: 'key', role, link }), say);
  const openScreen = () =>
    // Without a link between the windows: the new one must not be given this tab's storage, where the driver's token is.
    api.newKey('screen').then(({ path }) => void window.open(path, '_blank', 'noopener'), say);
  const saveCounts = () => api.summary().then((text) => download('workshop.csv', text, 'text/csv'), say);
  const print = () =>
    catalogue().then(
      ({ scenarios }) => printHandOuts(shownSoFar.flatMap((slug) => scenarios.find((one) => one.slug === slug) ?? [])),
      say,
    );
  return (
    <>
      <HandOuts />
      <Menu position="bottom-end" width={290} returnFocus>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label="More for the room">
            <IconDots size={17} stroke={1.8} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPresentation size={16} stroke={1.6} />} onClick={() => void openScreen()}>
            Open the projector’s window
          </Menu.Item>
          <Menu.Item
            leftSection={<IconSwitchHorizontal size={16} stroke={1.6} />}
            rightSection={<kbd className="menu-key">{keysOfRoom.join.keys[0]}</kbd>}
            onClick={() => void drive({ do: 'screen', shows: screen === 'join' ? 'run' : 'join' })}
          >
            {screen === 'join' ? 'Show the run on the projector' : 'Show the address on the projector'}
          </Menu.Item>
          <Menu.Item leftSection={<IconDeviceMobile size={16} stroke={1.6} />} onClick={() => void askForKey('remote')}>
            Remote on your phone
          </Menu.Item>
          <Menu.Item leftSection={<IconUserShare size={16} stroke={1.6} />} onClick={() => void askForKey('driver')}>
            Hand the room over
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item leftSection={<IconFileSpreadsheet size={16} stroke={1.6} />} onClick={() => void saveCounts()}>
            Save the counts as CSV
          </Menu.Item>
          <Menu.Item
            leftSection={<IconPrinter size={16} stroke={1.6} />}
            disabled={shownSoFar.length === 0}
            onClick={() => void print()}
          >
            Print the hand-out of what was shown
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item leftSection={<IconRefresh size={16} stroke={1.6} />} onClick={() => setAsking({ what: 'reset' })}>
            Reset all own runs
          </Menu.Item>
          <Menu.Item leftSection={<IconPlayerStop size={16} stroke={1.6} />} onClick={() => setAsking({ what: 'end' })}>
            End the workshop
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ResetDialog opened={asking?.what === 'reset'} onClose={() => setAsking(null)} />
      <EndDialog opened={asking?.what === 'end'} onClose={() => setAsking(null)} onSave={() => void saveCounts()} />
      {asking?.what === 'key' && <KeyDialog role={asking.role} link={asking.link} onClose={() => setAsking(null)} />}
    </>
  );
}

const nothing: string[] = [];
