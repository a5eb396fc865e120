import { Sid } from '../../ui/Sid.tsx';
import type { Item } from './items.ts';
import type { Part } from './labels.ts';
import { lineTop, type PlacedRow, rowHeight } from './layout.ts';

interface DiagramRowProps {
  row: PlacedRow;
  /** From the top of the diagram, for scrolling to it. */
  groupTop: number;
  sids: string[];
  selected: boolean;
  reachable: boolean;
  /** The first thing that is different on the other side. */
  lit: boolean;
  onSelect: (request: number) => void;
  onFocus: (seq: number) => void;
}

/** One thing that happened: an arrow with its label above it, a mark on a lane, or a band across all of them. */
export function DiagramRow({ row, groupTop, sids, selected, reachable, lit, onSelect, onFocus }: DiagramRowProps) {
  const { item, top } = row;
  const { request, seq } = item;
  const sentence = lit ? `The first difference: ${item.sentence}` : item.sentence;
  const shared = {
    className: 'diagram-row',
    'data-kind': item.kind,
    'data-line': item.kind === 'arrow' ? item.line : undefined,
    'data-tone': item.kind === 'band' ? item.tone : undefined,
    'data-lit': lit || undefined,
    style: { top, height: rowHeight },
  };
  const drawing = <Drawing row={row} sids={sids} />;
  if (request === null) {
    return (
      <div role="img" aria-label={sentence} {...shared}>
        {drawing}
      </div>
    );
  }
  return (
    <button
      type="button"
      {...shared}
      data-seq={seq}
      data-top={groupTop + top}
      aria-pressed={selected}
      tabIndex={reachable ? 0 : -1}
      // Whoever clicks an arrow with the mouse wants the next key to mean the next step, not this button.
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => {
        onFocus(seq);
        onSelect(request);
      }}
      onFocus={() => onFocus(seq)}
    >
      <span className="spoken">{sentence}</span>
      {drawing}
    </button>
  );
}

function Drawing({ row: { item, from, to, label }, sids }: { row: PlacedRow; sids: string[] }) {
  return (
    <>
      {item.kind === 'arrow' && <ArrowLine from={from} to={to} line={item.line} />}
      {item.kind === 'mark' && <MarkSign x={from} sign={item.sign} />}
      <span
        className="diagram-label"
        aria-hidden="true"
        style={{ left: label.left, width: label.width }}
        title={titleOf(item)}
      >
        {label.parts.map((part, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one label never change places
          <LabelPart key={index} part={part} sids={sids} />
        ))}
      </span>
    </>
  );
}

function LabelPart({ part, sids }: { part: Part; sids: string[] }) {
  if ('sid' in part) return <Sid sid={part.sid} sids={sids} />;
  return <span data-tone={part.tone}>{part.say}</span>;
}

/** The whole text where the label may have been cut; a chip has a title of its own. */
function titleOf({ parts }: Item): string {
  return parts.map((part) => ('sid' in part ? part.sid : part.say)).join(' ');
}

const head = 8;

function ArrowLine({ from, to, line }: { from: number; to: number; line: string }) {
  const towards = Math.sign(to - from) || 1;
  const tip = to - towards * 2;
  return (
    <svg className="arrow-line" width="100%" height={rowHeight} aria-hidden="true">
      <circle cx={from} cy={lineTop} r={2.5} />
      <line x1={from} x2={tip - towards * (head - 1)} y1={lineTop} y2={lineTop} />
      {line === 'broken' ? (
        <path className="cross" d={`M${tip - 4} ${lineTop - 4}l8 8m0 -8l-8 8`} />
      ) : (
        <path d={`M${tip} ${lineTop}l${-towards * head} -4v8z`} />
      )}
    </svg>
  );
}

function MarkSign({ x, sign }: { x: number; sign: string }) {
  return (
    <span className="mark-sign" data-sign={sign} style={{ left: x }}>
      {sign}
    </span>
  );
}
