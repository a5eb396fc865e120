import { memo } from 'react';
import { describeContents } from './collapse.ts';
import { DiagramRow } from './DiagramRow.tsx';
import { outlines, type PlacedGroup } from './layout.ts';

interface Props {
  placed: PlacedGroup;
  sids: string[];
  /** The id of the selected request. */
  selected: number | null;
  /** The `seq` of the one row that Tab reaches. */
  reachable: number | null;
  lit: number | null;
  /** The lane of Redis. */
  redis: number;
  onSelect: (request: number) => void;
  onFocus: (seq: number) => void;
  onToggle: (id: string, open: boolean) => void;
  /** Draws the rows that are left out. */
  onShowAll: (id: string) => void;
}

/** The band of one step: its number, its title, and its rows. */
export const DiagramStep = memo(function DiagramStep(props: Props) {
  const { placed, sids, selected, reachable, lit, redis, onSelect, onFocus, onToggle, onShowAll } = props;
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
        <DiagramRow
          key={placed.row.seq}
          placed={placed}
          groupTop={top}
          sids={sids}
          selected={placed.row.request !== null && placed.row.request === selected}
          reachable={placed.row.seq === reachable}
          lit={placed.row.seq === lit}
          onSelect={onSelect}
          onFocus={onFocus}
        />
      ))}
    </div>
  );
});
