import type { CSSProperties, ReactNode } from 'react';
import type { Lane } from './arrows.ts';
import { headsHeight, type Placed } from './layout.ts';

/** The names above the lanes; they stay while the arrows scroll under them. */
export function LaneHeads({ lanes, places }: { lanes: Lane[]; places: Placed }) {
  return (
    <div className="lane-heads" style={{ width: places.width, height: headsHeight }}>
      {lanes.map(({ label, kind, tone }, index) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: a lane is its index
          key={index}
          className="lane-head"
          data-kind={kind}
          style={headStyle(index, tone, places)}
        >
          {breakable(label)}
        </span>
      ))}
    </div>
  );
}

/** A host name breaks at its dots, not in the middle of a word. */
const breakable = (label: string): ReactNode[] =>
  label.split(/(?<=\/\/|\.)/).flatMap((part, index) => (index === 0 ? part : [<wbr key={part} />, part]));

/** Centred on its lane, and never wider than what keeps it clear of its neighbours and of the edge. */
function headStyle(index: number, tone: string, { lanes, width }: Placed): CSSProperties {
  const x = lanes[index]!;
  const left = lanes[index - 1] ?? -x;
  const right = lanes[index + 1] ?? 2 * width - x;
  const most = Math.min(x - left, right - x) - 6;
  const colours = tone && { color: `var(--actor-${tone})`, background: `var(--actor-${tone}-soft)` };
  return {
    left: x,
    width: Math.min(96, most),
    fontSize: most < 64 ? 10.5 : 12.5,
    lineHeight: most < 64 ? '12px' : undefined,
    ...(colours || {}),
  };
}
