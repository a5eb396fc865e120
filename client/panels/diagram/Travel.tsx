import type { CSSProperties } from 'react';
import { sidColor } from '../../ui/Sid.tsx';
import type { PlacedRow } from './layout.ts';
import './Travel.css';

/** Of more arrows, the movement would be a flicker. */
const mostArrows = 24;

/** A dot for each arrow that carries a session ID, one after the other, in the time that the dots of the picture take. */
export function Travel({ rows, sids }: { rows: readonly PlacedRow[]; sids: readonly string[] }) {
  const arrows = rows.flatMap(({ row, top, lineTop, from, to }) => {
    const carried = row.parts.find((part) => 'sid' in part);
    return row.kind === 'arrow' && carried ? [{ seq: row.seq, sid: carried.sid, top: top + lineTop, from, to }] : [];
  });
  return arrows.slice(0, mostArrows).map(({ seq, sid, top, from, to }, index, { length }) => {
    const style = {
      left: from,
      top,
      background: sidColor(sid, sids),
      '--way': `${to - from}px`,
      '--share': 1 / length,
      '--turn': index,
    } as CSSProperties;
    return <span key={seq} className="diagram-travel" style={style} aria-hidden="true" />;
  });
}
