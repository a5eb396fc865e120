import { ActionIcon, Tooltip } from '@mantine/core';
import { IconTimeline } from '@tabler/icons-react';
import type { ScenarioOutline } from '../../scenarios/engine/trace.ts';
import { usePlayerState } from '../player/usePlayer.ts';
import { keysOfPanels } from '../ui/keys.ts';
import { usePageKey } from '../ui/pageKey.ts';
import { showLifetimes, useLifetimesShown } from './lifetimesShown.ts';

/** Shows or hides the lifetimes, also with a key. */
export function LifetimesSwitch({ scenario }: { scenario: ScenarioOutline }) {
  const shown = useLifetimesShown(
    scenario,
    usePlayerState(({ events }) => events),
  );
  const toggle = () => showLifetimes(!shown);
  usePageKey(keysOfPanels.lifetimes, toggle);
  return (
    <Tooltip
      label={`${shown ? 'Hide' : 'Show'} the lifetimes of cookies and records (${keysOfPanels.lifetimes.keys[0]})`}
    >
      <ActionIcon
        variant="default"
        className="footer-icon"
        size={34}
        aria-label="Lifetimes"
        aria-pressed={shown}
        onClick={toggle}
      >
        <IconTimeline size={17} stroke={1.7} />
      </ActionIcon>
    </Tooltip>
  );
}
