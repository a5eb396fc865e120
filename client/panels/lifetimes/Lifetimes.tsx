import {
  type CSSProperties,
  type MouseEvent,
  type PointerEvent,
  type ReactNode,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { View } from '../../../scenarios/engine/read.ts';
import type { TraceEvent } from '../../../scenarios/engine/trace.ts';
import { about } from '../../ui/follow.ts';
import { useInnerSize, useRegionName } from '../../ui/panel.ts';
import { Sid } from '../../ui/Sid.tsx';
import { LaneDrawing } from './LaneDrawing.tsx';
import './Lifetimes.css';
import { timeAxis, withDistinctTimes } from './axis.ts';
import { AllSigns } from './Legend.tsx';
import { type Lane, lifetimeLanes, visibleLanes } from './lanes.ts';
import { describeLane, laneName, lifetimeAt, livingFirst, momentText, timeLeftText } from './laneText.ts';
import { createScale } from './scale.ts';
import { AxisBackdrop, TimeAxis } from './TimeAxis.tsx';

interface Props {
  view: View;
  events: TraceEvent[];
  /** The number of events to draw; `view` is the view at this position. */
  position: number;
  /** The current time in sandbox ms. */
  now: number;
  /** All session ids of the trace, in their order. */
  sids: string[];
  /** Goes to a step, by its index. */
  onSeek: (step: number) => void;
  /** What the signs mean; null while it is not shown. */
  legend: ReactNode;
  /** Shows the legend. */
  onLegend: () => void;
  /** Lets the learner try other limits; null where there is no room for it. */
  onLimits: (() => void) | null;
}

/** Px. Four lanes fit into the panel, or five low ones. More lanes scroll, because the panel must not grow from step to step. */
const rowHeight = 18;
/** As in the style sheet. */
const scrollerHeight = 76;
const lowRowHeight = scrollerHeight / 5;

interface Hint {
  /** The id of the lane. The lane object is replaced with each event. */
  lane: string;
  /** Sandbox ms; null for the current time. */
  at: number | null;
  left: number;
  top: number;
}

/**
 * How long every session cookie and session record lives, on one time axis. The lanes are computed once per event. While time
 * passes only the cursor moves, and with it the edge between solid and soft.
 */
export function Lifetimes({ view, events, position, now, sids, onSeek, legend, onLegend, onLimits }: Props) {
  const plot = useRef<HTMLDivElement>(null);
  const { width } = useInnerSize(plot);
  const { header } = view;
  const { steps } = header.scenario;
  const { lanes, axis } = useMemo(() => {
    const past = withDistinctTimes(events.slice(0, position));
    const lanes = lifetimeLanes(past, header);
    return { lanes, axis: timeAxis(past, lanes, header.scenario.steps.length) };
  }, [events, position, header]);
  const scale = useMemo(() => createScale(axis, width), [axis, width]);
  const [hint, setHint] = useState<Hint | null>(null);
  // By half a pixel: the browser would lay out the whole strip again for less, five times a second, and nobody would see it.
  const x = Math.round(2 * scale.x(Math.max(now, axis.end))) / 2;
  const height = lanes.length <= visibleLanes ? rowHeight : lowRowHeight;

  const showHint = (lane: Lane) => (event: PointerEvent<HTMLElement>) => {
    const { currentTarget, clientX } = event;
    const left = (clientX - currentTarget.getBoundingClientRect().left) / zoomOf(currentTarget);
    setHint({ lane: lane.id, at: scale.at(left), left, top: hintTop(currentTarget) });
  };
  const hideHint = () => setHint(null);
  const seek = (event: MouseEvent<HTMLElement>) => {
    const at = scale.at(event.clientX - event.currentTarget.getBoundingClientRect().left);
    const tick = axis.ticks.findLast((tick) => tick.at <= at);
    if (tick) onSeek(tick.step);
  };
  const [all, setAll] = useState(false);
  const more = Math.max(0, lanes.length - Math.floor((scrollerHeight + 0.5) / height));
  // Where all are in sight, each keeps its place.
  const rows = more > 0 ? livingFirst(lanes, now) : lanes;
  const hinted = hint && lanes.find(({ id }) => id === hint.lane);

  return (
    <section
      className="lifetimes"
      aria-label={useRegionName('Lifetimes')}
      style={{ ...cursorStyle(x, width), '--rows': `${lanes.length * height}px` } as CSSProperties}
      data-all={all || undefined}
    >
      <div className="life-chart">
        <div className="life-plot life-backdrop" ref={plot}>
          <AxisBackdrop scale={scale} ticks={axis.ticks} />
        </div>
        <div className="life-scroller">
          {lanes.length === 0 && (
            <div className="life-empty">
              <p>No session yet. Each session cookie and each session record gets a bar here:</p>
              <AllSigns />
            </div>
          )}
          {rows.map((lane) => (
            <div
              className="life-lane"
              key={lane.id}
              style={{ height }}
              {...about(...lane.lifetimes.map(({ sid }) => sid))}
            >
              <button
                type="button"
                className="life-label"
                onFocus={(event) => setHint({ lane: lane.id, at: null, left: 0, top: hintTop(event.currentTarget) })}
                onBlur={hideHint}
              >
                <span className="spoken">{describeLane(lane, now)}</span>
                <LaneName lane={lane} at={now} sids={sids} />
              </button>
              {/* biome-ignore lint/a11y/noStaticElementInteractions: the numbers of the steps are buttons that do the same */}
              {/* biome-ignore lint/a11y/useKeyWithClickEvents: see above */}
              <div className="life-plot" onPointerMove={showHint(lane)} onPointerLeave={hideHint} onClick={seek}>
                <LaneDrawing lane={lane} scale={scale} width={width} height={height} sids={sids} />
              </div>
              <span className="life-left" aria-hidden="true">
                {timeLeftText(lane, now)}
              </span>
            </div>
          ))}
        </div>
        <div className="life-axis">
          <span className="life-buttons">
            {more > 0 && (
              <button type="button" className="plain life-button" aria-expanded={all} onClick={() => setAll(!all)}>
                {all ? 'Fewer rows' : `+${more} more`}
              </button>
            )}
            {!legend && (
              <button
                type="button"
                className="plain life-button"
                title="Show what the signs mean. The axis is not to scale: long gaps are shortened."
                onClick={onLegend}
              >
                Legend
              </button>
            )}
          </span>
          <div className="life-plot">
            <TimeAxis
              ticks={axis.ticks}
              scale={scale}
              width={width}
              steps={steps}
              current={view.step}
              onSeek={onSeek}
            />
          </div>
          {onLimits && (
            <button type="button" className="plain life-button life-limits" onClick={onLimits}>
              Try other limits
            </button>
          )}
        </div>
        <div className="life-plot life-front" aria-hidden="true">
          {lanes.length > 0 && (
            <div className="life-cursor" data-flip={x > width - 40}>
              <span>{position < events.length ? 'then' : 'now'}</span>
            </div>
          )}
          {hint && hinted && (
            <div className="life-hint" data-flip={hint.left > width / 2} style={{ left: hint.left, top: hint.top }}>
              {hint.at !== null && <span>{momentText(hint.at)} · </span>}
              {describeLane(hinted, hint.at ?? now)}
            </div>
          )}
        </div>
      </div>
      {legend}
    </section>
  );
}

function LaneName({ lane, at, sids }: { lane: Lane; at: number; sids: string[] }) {
  const sid = lane.kind === 'record' ? lifetimeAt(lane, at)?.sid : null;
  return (
    <span className="life-name" aria-hidden="true" title={laneName(lane)}>
      <span className="life-text">
        {lane.detail === null && (
          <span className="life-kind" data-kind={lane.kind}>
            {lane.label}
            {lane.owner !== null && ', '}
          </span>
        )}
        {lane.owner}
      </span>
      {lane.detail !== null && <span className="life-detail mono">{lane.detail}</span>}
      {sid && <Sid sid={sid} sids={sids} />}
    </span>
  );
}

/** Gives the style sheet the place of the cursor: in px, and as a share of the plot. */
const cursorStyle = (x: number, width: number) =>
  ({ '--now': `${x}px`, '--now-share': `${((100 * x) / width).toFixed(3)}%` }) as CSSProperties;

/** Returns the top of a hint in px, so that it does not hide its own row: below a row in the upper half of the panel, else above. */
function hintTop(row: HTMLElement): number {
  const panel = row.closest('.life-chart')!.getBoundingClientRect();
  const top = row.getBoundingClientRect().top - panel.top;
  return top / zoomOf(row) + (top < panel.height / 2 ? 1 : -1) * (rowHeight + 3);
}

/** Returns how much the page enlarges an element. Pointers and rectangles are measured in px of the window. */
const zoomOf = (element: HTMLElement) => element.getBoundingClientRect().width / element.offsetWidth || 1;
