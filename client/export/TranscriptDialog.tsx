import { Button, Modal } from '@mantine/core';
import { markdown } from '../../scenarios/engine/markdown.ts';
import { transcript } from '../../scenarios/engine/transcript.ts';
import { PlayerContext, usePlayerState } from '../player/usePlayer.ts';
import { copyText } from '../ui/copyText.ts';
import type { Run } from './TakeRun.tsx';
import { TranscriptText } from './TranscriptText.tsx';

/** Everything that happened as text, in headings and lists that a screen reader can walk through. */
export function TranscriptDialog({ runs, opened, onClose }: { runs: Run[]; opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="Transcript of this run" size="xl">
      {runs.map(({ name, player }) => (
        <PlayerContext key={name} value={player}>
          <Transcript />
        </PlayerContext>
      ))}
    </Modal>
  );
}

function Transcript() {
  const sandbox = usePlayerState((state) => state.sandbox);
  const events = usePlayerState((state) => state.events);
  if (!sandbox) return null;
  const blocks = transcript({ header: sandbox.header, events });
  return (
    <>
      <TranscriptText blocks={blocks} />
      <Button
        variant="default"
        size="xs"
        my={16}
        onClick={() => copyText(markdown(blocks), 'Copied the transcript as Markdown.')}
      >
        Copy as Markdown
      </Button>
    </>
  );
}
