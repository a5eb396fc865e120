import { Button, Modal } from '@mantine/core';
import { memo } from 'react';
import { actionLine } from '../../scenarios/engine/eventText.ts';
import type { View } from '../../scenarios/engine/read.ts';
import { usePlayer, usePlayerState } from '../player/usePlayer.ts';

/** Asked before something is done at a past moment: that makes another sandbox, and lets go of this one. */
export const ForkQuestion = memo(function ForkQuestion({ view }: { view: View }) {
  const player = usePlayer();
  const fork = usePlayerState((state) => state.fork);
  return (
    <Modal opened={fork !== null} onClose={player.cancelFork} title="This moment is over" centered size="sm">
      {fork && (
        <>
          <p>
            Nothing can be done any more where you are looking. {replayed(fork.steps)} in a fresh sandbox, and this is
            done there: <strong>{actionLine(fork.action, view.header)}</strong>.
          </p>
          <p className="mute">What came later here, and what was done by hand, does not come along.</p>
          <div className="fork-buttons">
            <Button variant="default" onClick={player.cancelFork}>
              Keep looking
            </Button>
            <Button data-autofocus onClick={() => void player.forkAndAct()}>
              Fork here
            </Button>
          </div>
        </>
      )}
    </Modal>
  );
});

function replayed(steps: number): string {
  if (steps === 0) return 'The scenario can begin anew';
  return steps === 1 ? 'Step 1 can be replayed' : `Steps 1 to ${steps} can be replayed`;
}
