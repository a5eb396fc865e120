import { Button, Modal } from '@mantine/core';
import { type Block, type Inline, type Item, markdown } from '../../scenarios/engine/markdown.ts';
import { transcript } from '../../scenarios/engine/transcript.ts';
import type { Player } from '../player/player.ts';
import { PlayerContext, usePlayerState } from '../player/usePlayer.ts';
import { Prose } from '../ui/Prose.tsx';
import { copyText } from '../ui/saveText.ts';
import './TranscriptDialog.css';

/** A run by the name it has on the page. */
export interface Run {
  name: string;
  player: Player;
}

/** The transcripts of runs, in headings and lists that a screen reader can navigate. */
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
      <div className="transcript">
        {blocks.map((block, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: blocks are only added, never moved
          <BlockText key={index} block={block} />
        ))}
      </div>
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

function BlockText({ block }: { block: Block }) {
  switch (block.type) {
    case 'heading':
      return block.level === 1 ? <h2>{block.text}</h2> : <h3>{block.text}</h3>;
    case 'paragraph':
      return (
        <p>
          <InlineText text={block.text} />
        </p>
      );
    case 'list':
      return <Items items={block.items} />;
    case 'code':
      return <pre>{block.text}</pre>;
  }
}

function Items({ items }: { items: readonly Item[] }) {
  return (
    <ul>
      {items.map(({ text, items }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: events are only added, never moved
        <li key={index}>
          <InlineText text={text} />
          {items.length > 0 && <Items items={items} />}
        </li>
      ))}
    </ul>
  );
}

function InlineText({ text }: { text: readonly Inline[] }) {
  // biome-ignore-start lint/suspicious/noArrayIndexKey: the pieces of a text never move
  return text.map((piece, index) =>
    typeof piece === 'string' ? <Prose key={index} text={piece} /> : <code key={index}>{piece.code}</code>,
  );
  // biome-ignore-end lint/suspicious/noArrayIndexKey: see above
}
