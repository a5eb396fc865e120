import { ActionIcon, Tooltip, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { IconMoon, IconPresentation, IconSun } from '@tabler/icons-react';
import { useProgress, useProgressState } from '../progress/useProgress.ts';
import { everywhere, usePageKey } from '../ui/pageKey.ts';

/** The switches that every page has: its size, and its color scheme. */
export function DisplaySwitches() {
  return (
    <>
      <SizeSwitch />
      <ThemeSwitch />
    </>
  );
}

/** Switches between the normal size and the larger one for a projector. */
function SizeSwitch() {
  const { present } = useProgress();
  const presenting = useProgressState((state) => state.presenting);
  const toggle = () => present(!presenting);
  usePageKey(everywhere.size, toggle);
  return (
    <Tooltip label={presenting ? 'Normal size' : 'Larger, for a projector'}>
      <ActionIcon
        variant="subtle"
        color="gray"
        className="size-switch"
        aria-label="Presentation size"
        aria-pressed={presenting}
        onClick={toggle}
      >
        <IconPresentation size={17} stroke={1.7} />
      </ActionIcon>
    </Tooltip>
  );
}

/** Switches between light and dark. Until the first click, the page follows the system. */
function ThemeSwitch() {
  const { setColorScheme } = useMantineColorScheme();
  const shown = useComputedColorScheme('light', { getInitialValueInEffect: false });
  const other = shown === 'light' ? 'dark' : 'light';
  return (
    <Tooltip label={`Switch to ${other}`}>
      <ActionIcon variant="subtle" color="gray" aria-label={`Switch to ${other}`} onClick={() => setColorScheme(other)}>
        {shown === 'light' ? <IconMoon size={16} stroke={1.7} /> : <IconSun size={16} stroke={1.7} />}
      </ActionIcon>
    </Tooltip>
  );
}
