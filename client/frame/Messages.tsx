import { Button, CloseButton, Modal } from '@mantine/core';
import { memo } from 'react';
import { actionLine } from '../../scenarios/engine/eventText.ts';
import type { View } from '../../scenarios/engine/read.ts';
import { usePlayer, usePlayerState } from '../player/usePlayer.ts';
import '../ui/Messages.css';

/** Shows what went wrong or was done, and how to go on: one message at most, over the page, so that nothing moves. */
export const Messages = memo(function Messages() {
  const player = usePlayer();
  const status = usePlayerState((state) => state.status);
  const connected = usePlayerState((state) => state.connected);
  const refusal = usePlayerState((state) => state.refusal);
  const notice = usePlayerState((state) => state.notice);
  const opening = usePlayerState((state) => state.busy === 'opening' && state.sandbox !== null);

  const ended = status === 'ended';
  const warning =
    ended || connected
      ? refusal
      : 'The server cannot be reached. Reconnecting; the page shows what had happened until then.';

  return (
    <div className="messages">
      {ended || warning ? (
        <div className="message" data-tone="wrong" role="alert">
          <p>{warning}</p>
          {ended ? (
            <Button size="xs" onClick={() => void player.reset()} loading={opening}>
              Start again
            </Button>
          ) : (
            connected && <CloseButton size="sm" aria-label="Dismiss" onClick={player.dismiss} />
          )}
        </div>
      ) : (
        notice && (
          <div className="message" key={notice} data-tone="done">
            <p>{notice}</p>
          </div>
        )
      )}
    </div>
  );
});

/** Asks whether to fork before a manual action in the past, because a fork replaces this sandbox with another one. */
export const ForkQuestion = memo(function ForkQuestion({ view }: { view: View }) {
  const player = usePlayer();
  const fork = usePlayerState((state) => state.fork);
  return (
    <Modal
      opened={fork !== null}
      onClose={player.cancelFork}
      title="This step has already been played"
      centered
      size="sm"
    >
      {fork && (
        <>
          <p>
            You are looking at the past, which cannot be changed. {replayed(fork.steps)} in a fresh sandbox, and this
            action is performed there: <strong>{actionLine(fork.action, view.header)}</strong>.
          </p>
          <p className="mute">Later steps and manual actions are not replayed.</p>
          <div className="fork-buttons">
            <Button variant="default" onClick={player.cancelFork}>
              Cancel
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
  if (steps === 0) return 'The scenario can start again';
  return steps === 1 ? 'Step 1 can be replayed' : `Steps 1 to ${steps} can be replayed`;
}
