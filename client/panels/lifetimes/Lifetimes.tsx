import {
  type CSSProperties,
  type MouseEvent,
  memo,
  type PointerEvent,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { View } from '../../../scenarios/engine/read.ts';
import type { TraceEvent } from '../../../scenarios/engine/trace.ts';
import { useRegionName } from '../../ui/panel.ts';
import { Sid } from '../../ui/Sid.tsx';
import { apart, axisOf } from './axis.ts';
import { LifeRow } from './LifeRow.tsx';
import './Lifetimes.css';
import { type Lane, lanesAtOnce, lifeAt, lifeLanes } from './lanes.ts';
import { scaleOf } from './scale.ts';
import { TimeAxis } from './TimeAxis.tsx';
import { laneInWords, leftInWords, momentInWords } from './words.ts';

export interface LifetimesProps {
  view: View;
  events: TraceEvent[];
  /** Events to draw; `view` is the view at that position. */
  position: number;
  /** Sandbox ms; goes on while the learner watches. */
  now: number;
  /** Session ids in order of appearance: the index is the identity's colour and shape. */
  sids: string[];
  /** Go to a step, by its index. */
  onSeek: (step: number) => void;
}

/** Four lanes fit, or five close together; more of them scroll, because the panel must not grow while one steps. */
const rowHeight = 18;
const tightRowHeight = 14.5;

interface Hint {
  /** The id of a lane: the lane itself is another one after the next event. */
  lane: string;
  /** Sandbox ms; null for now. */
  at: number | null;
  left: number;
  top: number;
}

/**
 * How long every session cookie and record lives, on one time axis. What happened is worked out once per event; while time
 * goes by only the cursor moves, and with it the edge between solid and soft.
 */
export function Lifetimes({ view, events, position, now, sids, onSeek }: LifetimesProps) {
  const plot = useRef<HTMLDivElement>(null);
  const width = useWidth(plot);
  const { header } = view;
  const { scenario } = header;
  const { lanes, axis } = useMemo(() => {
    const past = apart(events.slice(0, position));
    const lanes = lifeLanes(past, header);
    return { lanes, axis: axisOf(past, lanes, scenario.steps.length) };
  }, [events, position, header, scenario.steps.length]);
  const scale = useMemo(() => scaleOf(axis, width), [axis, width]);
  const [hint, setHint] = useState<Hint | null>(null);
  const x = scale.x(Math.max(now, axis.end));
  const height = lanes.length <= lanesAtOnce ? rowHeight : tightRowHeight;

  const hover = (lane: Lane) => (event: PointerEvent<HTMLElement>) => {
    const { currentTarget, clientX } = event;
    const left = (clientX - currentTarget.getBoundingClientRect().left) / zoomOf(currentTarget);
    setHint({ lane: lane.id, at: scale.at(left), left, top: besideRow(event.currentTarget) });
  };
  const leave = () => setHint(null);
  /** To the step in which that moment is. */
  const seek = (event: MouseEvent<HTMLElement>) => {
    const at = scale.at(event.clientX - event.currentTarget.getBoundingClientRect().left);
    const tick = axis.ticks.findLast((tick) => tick.at <= at);
    if (tick) onSeek(tick.step);
  };
  const hinted = hint && lanes.find(({ id }) => id === hint.lane);

  return (
    <section className="lifetimes" aria-label={useRegionName('Lifetimes')} style={at(x, width)}>
      <div className="life-plot life-backdrop" ref={plot}>
        <Backdrop scale={scale} ticks={axis.ticks} />
      </div>
      <div className="life-scroller">
        {lanes.length === 0 && (
          <p className="life-empty">
            No session yet. Each cookie and each record gets a bar here, from its first moment to its last.
          </p>
        )}
        {lanes.map((lane) => (
          <div className="life-lane" key={lane.id} style={{ height }}>
            <button
              type="button"
              className="life-label"
              onFocus={(event) => setHint({ lane: lane.id, at: null, left: 0, top: besideRow(event.currentTarget) })}
              onBlur={leave}
            >
              <span className="spoken">{laneInWords(lane, now)}</span>
              <LaneName lane={lane} at={now} sids={sids} />
            </button>
            {/* biome-ignore lint/a11y/noStaticElementInteractions: the steps below are buttons that do the same */}
            {/* biome-ignore lint/a11y/useKeyWithClickEvents: see above */}
            <div className="life-plot" onPointerMove={hover(lane)} onPointerLeave={leave} onClick={seek}>
              <LifeRow lane={lane} scale={scale} width={width} height={height} sids={sids} />
            </div>
            <span className="life-left" aria-hidden="true">
              {leftInWords(lane, now)}
            </span>
          </div>
        ))}
      </div>
      <div className="life-axis">
        <span
          className="life-note"
          title="Not to scale: every step has room, and long gaps are shortened. Within a gap time runs evenly."
        >
          not to scale
        </span>
        <div className="life-plot">
          <TimeAxis ticks={axis.ticks} scale={scale} steps={scenario.steps} current={view.step} onSeek={onSeek} />
        </div>
      </div>
      <div className="life-plot life-front" aria-hidden="true">
        {lanes.length > 0 && (
          <div className="life-cursor" data-flip={x > width - 40}>
            <span>{position < events.length ? 'then' : 'now'}</span>
          </div>
        )}
        {hint && hinted && (
          <div className="life-hint" data-flip={hint.left > width / 2} style={{ left: hint.left, top: hint.top }}>
            {hint.at !== null && <span>{momentInWords(hint.at)} · </span>}
            {laneInWords(hinted, hint.at ?? now)}
          </div>
        )}
      </div>
    </section>
  );
}

function LaneName({ lane, at, sids }: { lane: Lane; at: number; sids: string[] }) {
  const sid = lane.kind === 'record' ? lifeAt(lane, at)?.sid : null;
  return (
    <span className="life-name" aria-hidden="true">
      <span className="life-text">
        <span className="life-kind" data-kind={lane.kind}>
          {lane.label}
          {lane.owner !== null && ', '}
        </span>
        {lane.owner}
      </span>
      {sid && <Sid sid={sid} sids={sids} />}
    </span>
  );
}

/** Where the cursor is, for the style sheet: in pixels, and as a share of the plot. */
const at = (x: number, width: number) =>
  ({ '--now': `${x.toFixed(1)}px`, '--now-share': `${((100 * x) / width).toFixed(3)}%` }) as CSSProperties;

/** Behind the lanes: where each step began, and the hatched time that was jumped. */
const Backdrop = memo(function Backdrop({
  scale,
  ticks,
}: {
  scale: ReturnType<typeof scaleOf>;
  ticks: { at: number }[];
}) {
  return (
    <>
      {scale.stretches.map(
        ({ kind, from, left, width }) =>
          kind === 'jumped' && <div key={from} className="life-jump" style={{ left, width }} />,
      )}
      {ticks.map(({ at }) => (
        <div key={at} className="life-guide" style={{ left: scale.x(at) }} />
      ))}
    </>
  );
});

/** Pixels from the top of the panel to where a hint does not hide its own row: below it, or above it in the lower half. */
function besideRow(element: HTMLElement): number {
  const panel = element.closest('section')!.getBoundingClientRect();
  const top = element.getBoundingClientRect().top - panel.top;
  return top / zoomOf(element) + (top < panel.height / 2 ? 1 : -1) * (rowHeight + 3);
}

/** How much larger than its own pixels an element is shown: pointers and rectangles are measured in the window's. */
const zoomOf = (element: HTMLElement) => element.getBoundingClientRect().width / element.offsetWidth || 1;

/** The inner width of an element in pixels, followed as it changes. */
function useWidth(ref: React.RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(800);
  useLayoutEffect(() => {
    const element = ref.current!;
    const measure = () => setWidth(element.clientWidth);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return width;
}
