import type { Block, Inline, Item } from '../../scenarios/engine/markdown.ts';
import { Prose } from '../panels/steps/Prose.tsx';
import './TranscriptText.css';

/** A transcript as the page draws it: the same blocks that become Markdown. */
export function TranscriptText({ blocks }: { blocks: readonly Block[] }) {
  return (
    <div className="transcript">
      {blocks.map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the blocks of a run are only added to
        <BlockText key={index} block={block} />
      ))}
    </div>
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
        // biome-ignore lint/suspicious/noArrayIndexKey: what happened is only added to
        <li key={index}>
          <InlineText text={text} />
          {items.length > 0 && <Items items={items} />}
        </li>
      ))}
    </ul>
  );
}

function InlineText({ text }: { text: readonly Inline[] }) {
  // biome-ignore-start lint/suspicious/noArrayIndexKey: the pieces of one text never change their order
  return text.map((piece, index) =>
    typeof piece === 'string' ? <Prose key={index} text={piece} /> : <code key={index}>{piece.code}</code>,
  );
  // biome-ignore-end lint/suspicious/noArrayIndexKey: see above
}
