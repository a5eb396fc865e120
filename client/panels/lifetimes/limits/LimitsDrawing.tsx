import { type CSSProperties, type ReactNode, useRef } from 'react';
import { type Click, endAfter, type Limits, loginEnd } from '../../../../scenarios/engine/limits.ts';
import { useInnerSize } from '../../../ui/panel.ts';
import { LaneDrawing } from '../LaneDrawing.tsx';
import type { Scale } from '../scale.ts';
import { clickLane, drawnUntil, evenScale, roundTimes } from './clickLanes.ts';
import { lengthText } from './limitSteps.ts';

interface Props {
  limits: Limits;
  model: readonly Click[];
  /** null: not played yet. */
  measured: readonly Click[] | null;
  /** What stands in place of the measured rows until they are there. */
  children: ReactNode;
}

const rowHeight = 22;
/** Names of the sessions: each has its own color. */
const sids = ['model', 'measured'];

/** The lifetimes that the model says, and below them those that were measured, on one time axis that is to scale. */
export function LimitsDrawing({ limits, model, measured, children }: Props) {
  const plot = useRef<HTMLDivElement>(null);
  const { width } = useInnerSize(plot);
  const until = drawnUntil(model, limits);
  const scale = evenScale(until, width);
  return (
    <div className="limits-drawing" style={{ '--now-share': '101%' } as CSSProperties}>
      <div className="limits-plot limits-backdrop" ref={plot} aria-hidden="true">
        {roundTimes(until, width).map((at) => (
          <span key={at} className="limits-time" style={{ left: scale.x(at) }}>
            <span>{lengthText(at)}</span>
          </span>
        ))}
      </div>
      <Rows title="What the settings mean" clicks={model} sid="model" limits={limits} scale={scale} width={width} />
      {measured ? (
        <Rows
          title="Measured on the app"
          clicks={measured}
          sid="measured"
          limits={limits}
          scale={scale}
          width={width}
        />
      ) : (
        <div className="limits-rows limits-unplayed">{children}</div>
      )}
    </div>
  );
}

interface RowsProps {
  title: string;
  clicks: readonly Click[];
  sid: string;
  limits: Limits;
  scale: Scale;
  width: number;
}

function Rows({ title, clicks, sid, limits, scale, width }: RowsProps) {
  const end = loginEnd(clicks, limits);
  const lasts = end?.at ?? clicks.at(-1)!.at;
  return (
    <section className="limits-rows" aria-label={title}>
      <h3>{title}</h3>
      <Row label="Logged in" value={end ? `for ${lengthText(lasts)}` : `after ${lengthText(lasts)}`}>
        <svg className="life-row" width={width} height={rowHeight} aria-hidden="true">
          <rect
            className="limits-login"
            data-open={end === null || undefined}
            x={scale.x(0)}
            y={5}
            width={Math.max(2, scale.x(lasts) - scale.x(0))}
            height={rowHeight - 10}
            rx={3}
          />
        </svg>
      </Row>
      {(['cookie', 'record'] as const).map((what) => (
        <Row key={what} label={what === 'cookie' ? 'Cookie' : 'Record'} value={endText(clicks, what)}>
          <LaneDrawing
            lane={clickLane(what, clicks, limits, sid)}
            scale={scale}
            width={width}
            height={rowHeight}
            sids={sids}
          />
        </Row>
      ))}
      <Row label="Answers" value={clicks.at(-1)!.status === 200 ? '200' : 'then 401'}>
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

function endText(clicks: readonly Click[], what: 'cookie' | 'record'): string {
  const last = clicks.at(-1)!;
  const due = last[what] === 'gone' ? Math.min(last.at, endAfter(clicks.at(-2)!, what)) : endAfter(last, what);
  return due === Number.POSITIVE_INFINITY ? 'no expiry' : `until ${lengthText(due)}`;
}

/** A line for each click that is answered, a cross for the one that is refused. */
function Answers({ clicks, scale, width }: Pick<RowsProps, 'clicks' | 'scale' | 'width'>) {
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
