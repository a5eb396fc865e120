import { Sid } from '../../ui/Sid.tsx';
import { lineTop, type PlacedRow, rowHeight } from './layout.ts';
import type { Arrow } from './rows.ts';

interface Props {
  placed: PlacedRow;
  /** Px from the top of the diagram to the group. */
  groupTop: number;
  sids: string[];
  selected: boolean;
  /** Whether Tab reaches it. */
  reachable: boolean;
  /** Whether it is the first difference from the other variant. */
  lit: boolean;
  onSelect: (request: number) => void;
  onFocus: (seq: number) => void;
}

/** One event: an arrow with its label, a mark on a lane, or a band across all lanes. If a request caused it, it is a button. */
export function DiagramRow({ placed, groupTop, sids, selected, reachable, lit, onSelect, onFocus }: Props) {
  const { row, top } = placed;
  const { request, seq } = row;
  const sentence = lit ? `First difference: ${row.sentence}` : row.sentence;
  const shared = {
    className: 'diagram-row',
    'data-kind': row.kind,
    'data-line': row.kind === 'arrow' ? row.line : undefined,
    'data-tone': row.kind === 'band' ? row.tone : undefined,
    'data-lit': lit || undefined,
    style: { top, height: rowHeight },
  };
  if (request === null) {
    return (
      <div role="img" aria-label={sentence} {...shared}>
        <Drawing placed={placed} sids={sids} />
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
      // Without the focus: after a click, the keys of the page must still work.
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => {
        onFocus(seq);
        onSelect(request);
      }}
      onFocus={() => onFocus(seq)}
    >
      <span className="spoken">{sentence}</span>
      <Drawing placed={placed} sids={sids} />
    </button>
  );
}

function Drawing({ placed: { row, from, to, label }, sids }: Pick<Props, 'placed' | 'sids'>) {
  // The whole text, because the label may be shortened.
  const title = row.parts.map((part) => ('sid' in part ? part.sid : part.text)).join(' ');
  return (
    <>
      {row.kind === 'arrow' && <ArrowLine from={from} to={to} line={row.line} />}
      {row.kind === 'mark' && (
        <span className="mark-sign" data-sign={row.sign} style={{ left: from }}>
          {row.sign}
        </span>
      )}
      <span className="diagram-label" aria-hidden="true" style={{ left: label.left, width: label.width }} title={title}>
        {label.parts.map((part, index) =>
          'sid' in part ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one label never change places
            <Sid key={index} sid={part.sid} sids={sids} />
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <span key={index} data-tone={part.tone}>
              {part.text}
            </span>
          ),
        )}
      </span>
    </>
  );
}

/** Px. */
const headLength = 8;

function ArrowLine({ from, to, line }: Pick<Arrow, 'from' | 'to' | 'line'>) {
  const direction = Math.sign(to - from) || 1;
  const tip = to - direction * 2;
  return (
    <svg className="arrow-line" width="100%" height={rowHeight} aria-hidden="true">
      <circle cx={from} cy={lineTop} r={2.5} />
      <line x1={from} x2={tip - direction * (headLength - 1)} y1={lineTop} y2={lineTop} />
      {line === 'broken' ? (
        <path className="cross" d={`M${tip - 4} ${lineTop - 4}l8 8m0 -8l-8 8`} />
      ) : (
        <path d={`M${tip} ${lineTop}l${-direction * headLength} -4v8z`} />
      )}
    </svg>
  );
}
