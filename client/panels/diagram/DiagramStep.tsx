import { IconChevronRight } from '@tabler/icons-react';
import { memo } from 'react';
import { holds } from '../../ui/follow.ts';
import { Sid } from '../../ui/Sid.tsx';
import { fitting } from '../../ui/textWidth.ts';
import { describeContents } from './collapse.ts';
import { foldTexts } from './fold.ts';
import { outlines, type PlacedGroup, type PlacedRow } from './layout.ts';
import type { Arrow, Fold } from './row.ts';
import { Travel } from './Travel.tsx';

interface Props extends SharedProps {
  placed: PlacedGroup;
  /** The lane of Redis. */
  redis: number;
  /** Names the play of this step; null: nothing moves. */
  play: string | null;
  onToggle: (id: string, open: boolean) => void;
  /** Draws the rows that are left out. */
  onShowAll: (id: string) => void;
}

interface SharedProps {
  /** Opens or closes the fold with that `seq`. */
  onUnfold: (seq: number, open: boolean) => void;
  sids: string[];
  /** The id of the selected request. */
  selected: number | null;
  /** The `seq` of the one row that Tab reaches. */
  reachable: number | null;
  /** The `seq` of the first event that differs from the other variant. */
  lit: number | null;
  onSelect: (request: number, seq: number) => void;
  onFocus: (seq: number) => void;
}

/** The band of one step: its number, its title, and its rows. */
export const DiagramStep = memo(function DiagramStep({ placed, redis, play, onToggle, onShowAll, ...shared }: Props) {
  const { selected } = shared;
  const { group, id, open, top, height, rows, leftOut, handling } = placed;
  const number = group.step === null ? null : group.step + 1;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for the fields of a form
    <div
      role="group"
      className="diagram-step"
      data-current={group.current}
      aria-label={number === null ? group.title : `Step ${number}, ${group.title}`}
      style={{ top, height }}
    >
      <button
        type="button"
        className="plain diagram-step-head"
        aria-expanded={open}
        // Without the focus: after a click, the keys of the page must still work.
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => onToggle(id, !open)}
        title={open ? 'Collapse this step' : 'Expand this step'}
      >
        {number !== null && <span className="step-number">{number}</span>}
        <span className="diagram-step-title">{group.title}</span>
        {!open && <span className="diagram-step-contents">{describeContents(group, redis)}</span>}
      </button>
      {leftOut && (
        <button
          type="button"
          className="plain diagram-left-out"
          style={{ top: leftOut.top }}
          onClick={() => onShowAll(id)}
        >
          Show {leftOut.hidden} more
        </button>
      )}
      {selected !== null &&
        outlines(rows, selected).map((box) => <div key={box.top} className="outline" style={box} />)}
      {handling.map(({ request, ...bar }) => (
        <div key={request} className="handling" data-selected={request === selected} style={bar} />
      ))}
      {rows.map((placed) => (
        <DiagramRow key={placed.row.seq} placed={placed} groupTop={top} {...shared} />
      ))}
      {play !== null && <Travel key={play} rows={rows} sids={shared.sids} />}
    </div>
  );
});

interface RowProps extends SharedProps {
  placed: PlacedRow;
  /** Px from the top of the diagram to the group. */
  groupTop: number;
}

/** One event: an arrow with its label, a mark on a lane, or a band across all lanes. If a request caused it, it is a button. */
function DiagramRow({ placed, groupTop, sids, selected, reachable, lit, onSelect, onFocus, onUnfold }: RowProps) {
  const { row, top, height } = placed;
  const { request, seq } = row;
  const isLit = seq === lit;
  const sentence = isLit ? `First difference: ${row.sentence}` : row.sentence;
  const shared = {
    className: 'diagram-row',
    'data-event': seq,
    'data-kind': row.kind,
    'data-line': row.kind === 'arrow' ? row.line : undefined,
    'data-tone': row.kind === 'band' ? row.tone : undefined,
    'data-lit': isLit || undefined,
    style: { top, height },
  };
  if (row.kind === 'fold') {
    return (
      <div {...shared} {...holds(row.rows.map((one) => one.seq))}>
        <FoldChip fold={row} placed={placed} top={groupTop + top} {...{ reachable, onFocus, onUnfold }} />
      </div>
    );
  }
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
      data-bottom={groupTop + top + height}
      aria-pressed={request === selected}
      tabIndex={seq === reachable ? 0 : -1}
      // Without the focus: after a click, the keys of the page must still work.
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => {
        onFocus(seq);
        onSelect(request, seq);
      }}
      onFocus={() => onFocus(seq)}
    >
      <span className="spoken">{sentence}</span>
      <Drawing placed={placed} sids={sids} />
    </button>
  );
}

interface FoldChipProps extends Pick<RowProps, 'reachable' | 'onFocus' | 'onUnfold'> {
  fold: Fold;
  placed: PlacedRow;
  /** Px from the top of the diagram. */
  top: number;
}

/** Pixels of the arrow of a fold, and of its padding and border. */
const besideText = 31;

/** A quiet button that stands for bookkeeping, and draws it on demand. */
function FoldChip({ fold, placed: { label, height }, top, reachable, onFocus, onUnfold }: FoldChipProps) {
  const { seq, open, whole } = fold;
  return (
    <button
      type="button"
      className="plain diagram-fold"
      style={{ left: label.left, maxWidth: label.width }}
      title={whole}
      aria-expanded={open}
      data-seq={seq}
      data-top={top}
      data-bottom={top + height}
      tabIndex={seq === reachable ? 0 : -1}
      // Without the focus: after a click, the keys of the page must still work.
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => {
        onFocus(seq);
        onUnfold(seq, !open);
      }}
      onFocus={() => onFocus(seq)}
    >
      <IconChevronRight size={12} stroke={2} aria-hidden="true" />
      <span>{fitting(foldTexts(fold), label.width - besideText, 11.5)}</span>
    </button>
  );
}

function Drawing({ placed, sids }: Pick<RowProps, 'placed' | 'sids'>) {
  const { row, from, labelTop, lineTop, label } = placed;
  // The whole text, because the label may be shortened.
  const title = row.whole ?? row.parts.map((part) => ('sid' in part ? part.sid : part.text)).join(' ');
  return (
    <>
      {row.kind === 'arrow' && <ArrowLine placed={placed} line={row.line} />}
      {row.kind === 'mark' && (
        <span className="mark-sign" data-sign={row.sign} style={{ left: from, top: lineTop - 8 }}>
          {row.sign}
        </span>
      )}
      {label.lines.map((parts, index) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines of one label never change places
          key={index}
          className="diagram-label"
          aria-hidden="true"
          style={{ left: label.left, top: labelTop + index * 16, width: label.width }}
          title={title}
        >
          {parts.map((part, index) =>
            'sid' in part ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: nor do the parts of a line
              <Sid key={index} sid={part.sid} sids={sids} />
            ) : (
              // biome-ignore lint/suspicious/noArrayIndexKey: see above
              <span key={index} data-tone={part.tone} data-chip={part.follows}>
                {part.text}
              </span>
            ),
          )}
        </span>
      ))}
    </>
  );
}

/** Px. */
const headLength = 8;

function ArrowLine({ placed: { from, to, height, lineTop }, line }: { placed: PlacedRow; line: Arrow['line'] }) {
  const direction = Math.sign(to - from) || 1;
  const tip = to - direction * 2;
  return (
    <svg className="arrow-line" width="100%" height={height} aria-hidden="true">
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
