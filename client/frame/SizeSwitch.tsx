import { ActionIcon, Tooltip } from '@mantine/core';
import { IconPresentation } from '@tabler/icons-react';
import { useProgress, useProgressState } from '../progress/useProgress.ts';
import { everywhere } from '../ui/keys.ts';
import { usePageKey } from '../ui/usePageKey.ts';

/** Larger for a projector, or as it was. */
export function SizeSwitch() {
  const memory = useProgress();
  const presenting = useProgressState((remembered) => remembered.presenting);
  usePageKey(everywhere.size, () => memory.present(!presenting));
  return (
    <Tooltip label={presenting ? 'Back to the usual size' : 'Larger, for a projector'}>
      <ActionIcon
        variant="subtle"
        color="gray"
        className="size-switch"
        aria-label="Presentation size"
        aria-pressed={presenting}
        onClick={() => memory.present(!presenting)}
      >
        <IconPresentation size={17} stroke={1.7} />
      </ActionIcon>
    </Tooltip>
  );
}
