import { ActionIcon, Tooltip } from '@mantine/core';
import { IconKeyboard } from '@tabler/icons-react';
import { TakeAway } from '../export/TakeAway.tsx';
import { SizeSwitch } from './SizeSwitch.tsx';
import { ThemeSwitch } from './ThemeSwitch.tsx';

/** What a run, and a recorded one, has at the end of its header. */
export function HeaderIcons({ onHelp }: { onHelp: () => void }) {
  return (
    <div className="header-icons">
      <TakeAway />
      <SizeSwitch />
      <ThemeSwitch />
      <Tooltip label="Keyboard">
        <ActionIcon variant="subtle" color="gray" aria-label="Keyboard" onClick={onHelp}>
          <IconKeyboard size={17} stroke={1.7} />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}
