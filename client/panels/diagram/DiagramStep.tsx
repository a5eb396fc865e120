import { memo } from 'react';
import { DiagramRow } from './DiagramRow.tsx';
import { type PlacedGroup, stretches } from './layout.ts';

interface DiagramStepProps {
  placed: PlacedGroup;
  sids: string[];
  selected: number | null;
  /** The `seq` of the one arrow that Tab reaches. */
  reachable: number | null;
  onSelect: (request: number) => void;
  onFocus: (seq: number) => void;
}

/** The band of one step: its number and title, and a row for everything that happened in it. */
export const DiagramStep = memo(function DiagramStep(props: DiagramStepProps) {
  const { placed, sids, selected, reachable, onSelect, onFocus } = props;
  const { group, top, height, rows, handling } = placed;
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
      <div className="diagram-step-head" aria-hidden="true">
        {number !== null && <span className="step-number">{number}</span>}
        <span className="diagram-step-title">{group.title}</span>
      </div>
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
          onSelect={onSelect}
          onFocus={onFocus}
        />
      ))}
    </div>
  );
});
