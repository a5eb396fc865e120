import { memo } from 'react';
import { DiagramRow } from './DiagramRow.tsx';
import { contents } from './fold.ts';
import { type PlacedGroup, stretches } from './layout.ts';

interface DiagramStepProps {
  placed: PlacedGroup;
  sids: string[];
  selected: number | null;
  /** The `seq` of the one arrow that Tab reaches. */
  reachable: number | null;
  lit: number | null;
  onSelect: (request: number) => void;
  onFocus: (seq: number) => void;
  /** The lane of Redis. */
  redis: number;
  onFold: (id: string, open: boolean) => void;
  /** Draw what is left out. */
  onWhole: (id: string) => void;
}

/** The band of one step: its number and title, and a row for everything that happened in it. */
export const DiagramStep = memo(function DiagramStep(props: DiagramStepProps) {
  const { placed, sids, selected, reachable, lit, redis, onSelect, onFocus, onFold, onWhole } = props;
  const { group, id, open, top, height, rows, left, handling } = placed;
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
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => onFold(id, !open)}
        title={open ? 'Fold this step' : 'Show this step'}
      >
        {number !== null && <span className="step-number">{number}</span>}
        <span className="diagram-step-title">{group.title}</span>
        {!open && <span className="diagram-step-kept">{contents(group, redis)}</span>}
      </button>
      {left && (
        <button type="button" className="plain diagram-left" style={{ top: left.top }} onClick={() => onWhole(id)}>
          {left.hidden} more: show them
        </button>
      )}
      {selected !== null &&
        stretches(rows, selected).map((stretch) => <div key={stretch.top} className="outline" style={stretch} />)}
      {handling.map(({ request, ...bar }) => (
        <div key={request} className="handling" data-selected={request === selected} style={bar} />
      ))}
      {rows.map((row) => (
        <DiagramRow
          key={row.item.seq}
          row={row}
          groupTop={top}
          sids={sids}
          selected={row.item.request !== null && row.item.request === selected}
          reachable={row.item.seq === reachable}
          lit={row.item.seq === lit}
          onSelect={onSelect}
          onFocus={onFocus}
        />
      ))}
    </div>
  );
});
