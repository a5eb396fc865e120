import type { CSSProperties, ReactNode } from 'react';
import type { Lane } from './arrows.ts';
import { type Head, type Heads, pieces } from './heads.ts';

interface Props {
  lanes: Lane[];
  heads: Heads;
  width: number;
}

/** The names above the lanes; they stay while the arrows scroll under them. */
export function LaneHeads({ lanes, heads, width }: Props) {
  return (
    <div className="lane-heads" style={{ width, height: heads.height }}>
      {lanes.map(({ label, kind, tone }, index) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: a lane is its index
          key={index}
          className="lane-head"
          data-kind={kind}
          style={headStyle(heads.each[index]!, tone)}
        >
          {breakable(label)}
        </span>
      ))}
    </div>
  );
}

const breakable = (label: string): ReactNode[] =>
  pieces(label).flatMap((piece, index) => (index === 0 ? piece : [<wbr key={piece} />, piece]));

function headStyle({ x, width, fontSize, lineHeight }: Head, tone: string): CSSProperties {
  const colours = tone && { color: `var(--actor-${tone})`, background: `var(--actor-${tone}-soft)` };
  return { left: x, width, fontSize, lineHeight: `${lineHeight}px`, ...(colours || {}) };
}
