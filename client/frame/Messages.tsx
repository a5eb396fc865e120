import { Button, CloseButton } from '@mantine/core';
import { usePlayer, usePlayerState } from '../player/usePlayer.ts';
import './Messages.css';
import { memo } from 'react';

/** What went wrong or was done, over the page so that nothing moves: at most one sentence, with the way on. */
export const Messages = memo(function Messages() {
  const player = usePlayer();
  const status = usePlayerState((state) => state.status);
  const connected = usePlayerState((state) => state.connected);
  const refusal = usePlayerState((state) => state.refusal);
  const notice = usePlayerState((state) => state.notice);
  const opening = usePlayerState((state) => state.busy === 'opening' && state.sandbox !== null);

  return (
    <div className="messages">
      {status === 'ended' ? (
        <div className="message" data-tone="wrong" role="alert">
          <p>{refusal}</p>
          <Button size="xs" onClick={() => void player.reset()} loading={opening}>
            Start again
          </Button>
        </div>
      ) : !connected ? (
        <div className="message" data-tone="wrong" role="alert">
          <p>The server cannot be reached. Reconnecting; what you see is what had happened until then.</p>
        </div>
      ) : refusal ? (
        <div className="message" data-tone="wrong" role="alert">
          <p>{refusal}</p>
          <CloseButton size="sm" aria-label="Dismiss" onClick={player.dismiss} />
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
