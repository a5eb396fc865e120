import { type KeyboardEvent, memo, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { View } from '../../../scenarios/engine/read.ts';
import type { TraceEvent } from '../../../scenarios/engine/trace.ts';
import { useRegionName } from '../../ui/panel.ts';
import { tellStory } from './arrows.ts';
import './Diagram.css';
import { DiagramStep } from './DiagramStep.tsx';
import { type Choices, fold } from './fold.ts';
import { LaneHeads } from './LaneHeads.tsx';
import { layOut, rowHeight } from './layout.ts';
import { spanOf, topOfNewest, topToShow } from './scroll.ts';

export interface DiagramProps {
  view: View;
  events: TraceEvent[];
  /** Events to draw; `view` is the view at that position. */
  position: number;
  /** Session ids in order of appearance: the index is the identity's colour and shape. */
  sids: string[];
  /** The id of the selected request. */
  selected: number | null;
  onSelect: (request: number) => void;
  /** The `seq` of the event at which the other variant parts from this one. */
  lit?: number | null;
}

/** Who talks to whom: a lane each for the actors, for those who answer them and for Redis, and an arrow for everything that goes between them. */
export const Diagram = memo(function Diagram({
  view,
  events,
  position,
  sids,
  selected,
  onSelect,
  lit = null,
}: DiagramProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const { width, zoom } = useRoom(scroller);
  const story = useMemo(() => tellStory(view, events, sids), [view, events, sids]);
  const [choices, choose] = useState<Pick<Choices, 'open' | 'whole'>>({ open: {}, whole: {} });
  const layout = useMemo(
    () => layOut(story, width, fold(story.groups, { ...choices, selected })),
    [story, width, choices, selected],
  );
  const onFold = (id: string, open: boolean) => choose({ ...choices, open: { ...choices.open, [id]: open } });
  const onWhole = (id: string) => choose({ ...choices, whole: { ...choices.whole, [id]: true } });
  const [focused, setFocused] = useState<number | null>(null);

  const scroll = (target: (viewport: number, top: number) => number) => {
    const element = scroller.current!;
    const viewport = element.clientHeight / zoom - layout.heads.height;
    // Only this panel moves; scrollIntoView would move the page as well.
    element.scrollTo({ top: zoom * target(viewport, element.scrollTop / zoom), behavior: 'instant' });
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new width or selection is no reason to go to the newest step
  useLayoutEffect(() => scroll((viewport) => topOfNewest(layout, viewport)), [position]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new selection is a reason to go there
  useLayoutEffect(() => {
    const span = selected === null ? null : spanOf(layout, selected);
    if (span) scroll((viewport, top) => topToShow(span, viewport, top));
  }, [selected]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when it is found, and when its step is looked at
  useLayoutEffect(() => {
    const group = layout.groups.findLast(({ group }) => group.current);
    const row = group?.rows.find(({ item }) => item.seq === lit);
    if (!group || !row) return;
    const top = group.top + row.top;
    // With what led to it and what followed.
    scroll((viewport, at) => topToShow({ top: top - 2 * rowHeight, bottom: top + 3 * rowHeight }, viewport, at));
  }, [position, lit]);

  const arrows = layout.groups
    .flatMap(({ rows }) => rows.map(({ item }) => item))
    .filter(({ request }) => request !== null);
  const reachable =
    arrows.find(({ seq }) => seq === focused) ??
    arrows.find(({ request }) => request === selected) ??
    arrows.at(-1) ??
    null;

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    // The page has keys of its own for stepping; these three are the diagram's. Enter presses the arrow, as on every button.
    if (!['ArrowUp', 'ArrowDown', 'Enter'].includes(event.key) || !reachable) return;
    event.stopPropagation();
    if (event.key === 'Enter') return;
    event.preventDefault();
    const next = arrows[arrows.indexOf(reachable) + (event.key === 'ArrowDown' ? 1 : -1)];
    const element = next && event.currentTarget.querySelector<HTMLElement>(`[data-seq="${next.seq}"]`);
    if (!element) return;
    element.focus({ preventScroll: true });
    const top = Number(element.dataset.top);
    scroll((viewport, at) => topToShow({ top, bottom: top + rowHeight }, viewport, at));
  };

  return (
    <section className="diagram" aria-label={useRegionName('Diagram')}>
      <div className="panel-head">
        <h2>Diagram</h2>
      </div>
      <div className="diagram-scroller" ref={scroller}>
        <LaneHeads lanes={story.lanes} heads={layout.heads} width={layout.width} />
        <div className="diagram-canvas" style={{ width: layout.width, minHeight: layout.height }}>
          <svg className="lifelines" width={layout.width} height="100%" aria-hidden="true">
            {layout.lanes.map((x, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a lane is its index
              <line key={index} x1={x} x2={x} y1={0} y2="100%" />
            ))}
          </svg>
          {/* biome-ignore lint/a11y/noStaticElementInteractions: it only moves the focus between the buttons in it */}
          <div onKeyDown={onKeyDown}>
            {layout.groups.map((placed) => (
              <DiagramStep
                key={placed.group.items[0]?.seq ?? `step ${placed.group.step}`}
                placed={placed}
                sids={sids}
                selected={selected}
                reachable={reachable?.seq ?? null}
                lit={lit}
                redis={story.lanes.length - 1}
                onSelect={onSelect}
                onFocus={setFocused}
                onFold={onFold}
                onWhole={onWhole}
              />
            ))}
          </div>
          {layout.next && (
            <p className="next-step" style={{ top: layout.next.top, height: layout.next.height }}>
              <span className="step-number">{story.next!.step + 1}</span>
              <span className="next-title">next: {story.next!.title}</span>
            </p>
          )}
          {layout.groups.length === 0 && (
            <p className="diagram-empty" style={{ top: layout.height }}>
              Each request, each answer and each Redis command becomes an arrow here.
            </p>
          )}
        </div>
      </div>
    </section>
  );
});

/** How wide the diagram may be, in pixels of its own: on a projector the style sheet makes them larger than the page's. */
function useRoom(ref: React.RefObject<HTMLElement | null>): { width: number; zoom: number } {
  const [room, setRoom] = useState({ width: 640, zoom: 1 });
  useLayoutEffect(() => {
    const element = ref.current!;
    const measure = () => {
      const zoom = Number(getComputedStyle(element).getPropertyValue('--zoom')) || 1;
      const width = Math.floor(element.clientWidth / zoom);
      setRoom((last) => (last.width === width && last.zoom === zoom ? last : { width, zoom }));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return room;
}
