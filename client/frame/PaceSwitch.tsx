import { SegmentedControl, Tooltip } from '@mantine/core';
import type { Pace } from '../../scenarios/engine/trace.ts';
import { choiceOf } from '../player/state.ts';
import { usePlayer, usePlayerState } from '../player/usePlayer.ts';

/** How the steps that let time pass do it: everything gets older at once, or they really wait, with shorter limits. */
export function PaceSwitch() {
  const player = usePlayer();
  const pace = usePlayerState((state) => choiceOf(state)?.pace ?? 'jump');
  return (
    <Tooltip label="Steps that let time pass jump over it, or really wait: then with limits of seconds instead of minutes.">
      <div className="pace">
        <span className="header-label" aria-hidden="true">
          Waits
        </span>
        <SegmentedControl
          size="xs"
          aria-label="Waits"
          value={pace}
          onChange={(value) => void player.switchTo({ pace: value as Pace })}
          data={[
            { value: 'jump', label: 'Jump' },
            { value: 'real', label: 'Real time' },
          ]}
        />
      </div>
    </Tooltip>
  );
}
