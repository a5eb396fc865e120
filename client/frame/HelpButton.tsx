import { ActionIcon, Tooltip } from '@mantine/core';
import { IconKeyboard } from '@tabler/icons-react';

/** Opens the list of keys and signs. */
export const HelpButton = ({ onHelp }: { onHelp: () => void }) => (
  <Tooltip label="Keys and signs">
    <ActionIcon variant="subtle" color="gray" aria-label="Keys and signs" onClick={onHelp}>
      <IconKeyboard size={17} stroke={1.7} />
    </ActionIcon>
  </Tooltip>
);
