import type { ReactNode } from 'react';
import { type Click, type Limits, loginEnd } from '../../../../scenarios/engine/limits.ts';
import { LaneDrawing } from '../LaneDrawing.tsx';
import type { Scale } from '../scale.ts';
import { clickLane } from './clickLanes.ts';
import { lengthText } from './limitSteps.ts';
import { answersText, lifetimeText } from './rowText.ts';

/** Px, as in the style sheet. */
const rowHeight = 22;
/** Px between two renewals, below which their signs would cover the lane. */
const crowded = 7;
/** Names of the sessions: each has its own color. */
const sids = ['model', 'measured'];

interface Props {
  title: string;
  clicks: readonly Click[];
  /** Names the session. */
  sid: string;
  limits: Limits;
  scale: Scale;
  /** Of the plot, in px. */
  width: number;
}

/** One run: how long the login lasted, its cookie and its record, and the answers to its clicks. */
export function LimitsRows({ title, clicks, sid, limits, scale, width }: Props) {
  const end = loginEnd(clicks, limits);
  const lasts = end?.at ?? clicks.at(-1)!.at;
  const isCrowded = scale.x(limits.every) - scale.x(0) < crowded;
  return (
    <section className="limits-rows" aria-label={title} data-crowded={isCrowded || undefined}>
      <h3>{title}</h3>
      <Row label="Logged in" value={end ? `for ${lengthText(lasts)}` : 'to the end'}>
        <svg className="life-row" width={width} height={rowHeight} aria-hidden="true">
          <rect
            className="limits-login"
            x={scale.x(0)}
            y={5}
            width={Math.max(2, scale.x(lasts) - scale.x(0))}
            height={rowHeight - 10}
            rx={3}
          />
        </svg>
      </Row>
      {(['cookie', 'record'] as const).map((what) => {
        const lane = clickLane(what, clicks, limits, sid);
        return (
          <Row key={what} label={lane.label} value={lifetimeText(lane)}>
            <LaneDrawing lane={lane} scale={scale} width={width} height={rowHeight} sids={sids} />
          </Row>
        );
      })}
      <Row label="Answers" value={answersText(clicks)}>
        <Answers clicks={clicks} scale={scale} width={width} />
      </Row>
    </section>
  );
}

function Row({ label, value, children }: { label: string; value: string; children: ReactNode }) {
  return (
    <div className="limits-row">
      <span className="limits-label">{label}</span>
      <div className="limits-plot">{children}</div>
      <span className="limits-value">{value}</span>
    </div>
  );
}

/** A line for each click that is answered, a cross for the one that is refused. */
function Answers({ clicks, scale, width }: Pick<Props, 'clicks' | 'scale' | 'width'>) {
  const middle = rowHeight / 2;
  return (
    <svg className="life-row" width={width} height={rowHeight} aria-hidden="true">
      {clicks.map(({ at, status }) => {
        const x = scale.x(at);
        return status === 200 ? (
          <line key={at} className="limits-answered" x1={x} x2={x} y1={middle - 5} y2={middle + 5} />
        ) : (
          <path key={at} className="cut" d={`M${x - 4} ${middle - 4}l8 8m0 -8l-8 8`} />
        );
      })}
    </svg>
  );
}
