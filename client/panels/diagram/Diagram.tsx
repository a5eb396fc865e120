import {
  type ComponentType,
  type CSSProperties,
  type KeyboardEvent,
  memo,
  type ReactNode,
  use,
  useCallback,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { View } from '../../../scenarios/engine/read.ts';
import type { TraceEvent } from '../../../scenarios/engine/trace.ts';
import { SurroundingsContext } from '../../player/surroundings.ts';
import { useInnerSize, useRegionName } from '../../ui/panel.ts';
import { beforePicture } from '../../ui/picture.ts';
import { type Choices, collapse } from './collapse.ts';
import './Diagram.css';
import { DiagramStep } from './DiagramStep.tsx';
import { foldGroups } from './fold.ts';
import type { Lane } from './lanes.ts';
import { endOfCurrent, type Layout, layOut, spanAround, spanOf, topForEnd, topOfCurrent, topToShow } from './layout.ts';
import { MoreBelow } from './MoreBelow.tsx';
import { diagramModel, withDifference } from './model.ts';
import { lineBreaks } from './placeNames.ts';
import type { Row } from './row.ts';
import { useKeptPlace } from './useKeptPlace.ts';

interface Props {
  view: View;
  events: TraceEvent[];
  /** The number of events to draw; `view` is the view at this position. */
  position: number;
  /** All session ids of the trace, in their order. */
  sids: string[];
  /** The id of the selected request. */
  selected: number | null;
  /** Called with the id of a request, and the `seq` of the event whose row was chosen. */
  onSelect: (request: number, seq: number) => void;
  /** In a comparison, the `seq` of the first event that differs from the other variant. */
  lit?: number | null;
  /** What that event has and its counterpart does not: "EX 1800". */
  litText?: string | null;
  /** Whether the current step starts at the top, as it does beside it in the other variant. Else as much as fits is shown above it. */
  fromTop?: boolean;
  /** Names the play of the current step: when it changes, the session IDs travel along its arrows; null: they do not. */
  play?: string | null;
  /** Draws what stands under the name of the Redis lane. */
  StoreTools?: ComponentType<{ view: View; events: readonly TraceEvent[] }>;
}

/** A sequence diagram. The actors, those who answer them, and Redis have a lane each; whatever goes between them is an arrow. */
export const Diagram = memo(function Diagram({ view, events, position, sids, selected, onSelect, ...more }: Props) {
  const { lit = null, litText = null, fromTop = false, play = null, StoreTools } = more;
  const scroller = useRef<HTMLDivElement>(null);
  const { scrolls } = use(SurroundingsContext);
  const { width, zoom } = useInnerSize(scroller);
  const past = useMemo(() => events.slice(0, position), [events, position]);
  const model = useMemo(
    () => withDifference(diagramModel(view, events, sids), lit, litText),
    [view, events, sids, lit, litText],
  );
  const [choices, setChoices] = useState<Choices>({ open: {}, whole: {} });
  const [unfolded, setUnfolded] = useState<Record<number, boolean>>({});
  const onUnfold = useCallback((seq: number, open: boolean) => setUnfolded((all) => ({ ...all, [seq]: open })), []);
  const layout = useMemo(
    () => layOut(model, width, collapse(foldGroups(model.groups, unfolded, lit), choices, selected)),
    [model, width, choices, selected, unfolded, lit],
  );
  const onToggle = (id: string, open: boolean) => setChoices({ ...choices, open: { ...choices.open, [id]: open } });
  const onShowAll = (id: string) => setChoices({ ...choices, whole: { ...choices.whole, [id]: true } });
  const [focused, setFocused] = useState<number | null>(null);

  const shown = useRef<{
    position: number;
    selected: number | null;
    lit: number | null;
    top: number;
    zoom: number;
  } | null>(null);
  const current = topOfCurrent(layout, 0);
  /** Whether the diagram is about to scroll to the current step. Until then nobody has seen where it was. */
  const moving = useRef(false);
  /** Scrolls before the next picture. @param grown px by which what stands above the current step has become higher */
  const scroll = (spans: readonly ({ top: number; bottom: number } | null)[], toCurrent = false, grown = 0) => {
    moving.current ||= toCurrent;
    beforePicture(() => {
      moving.current = false;
      const element = scroller.current;
      if (!element) return;
      const viewport = element.clientHeight / zoom - layout.names.height;
      const start = toCurrent ? topOfCurrent(layout, fromTop ? 0 : viewport) : element.scrollTop / zoom + grown;
      const from = toCurrent && !scrolls ? Math.max(start, topForEnd(layout, viewport, lit)) : start;
      const top = spans.reduce((top, span) => (span ? topToShow(span, viewport, top) : top), from);
      // scrollIntoView would move the whole page as well.
      return () => {
        element.scrollTo({ top: zoom * top, behavior: 'instant' });
        if (toCurrent || spans.some(Boolean)) place.current = toCurrent ? element.scrollTop : null;
      };
    });
  };
  const place = useKeptPlace(scroller, () => scroll([spanAround(layout, lit)], true));
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new width must not scroll to the current step
  useLayoutEffect(() => {
    const before = shown.current;
    shown.current = { position, selected, lit, top: current, zoom };
    const grown = before ? current - before.top : 0;
    // Enlarged for a presentation, the diagram has less room, and places of its own.
    const moved = before?.position !== position || before.zoom !== zoom || moving.current;
    // The last request of a step is selected by itself. The step is read from its beginning.
    const byItself = view.exchanges.findLast(({ request }) => request.step === view.step)?.request.id === selected;
    const chosen = selected !== null && (moved ? !byItself : before.selected !== selected);
    const ofSelected = chosen ? spanOf(layout, selected) : null;
    // The difference is shown when it is found, and when its step is.
    const ofLit = moved || before.lit !== lit ? spanAround(layout, lit) : null;
    if (moved || ofSelected || ofLit || grown !== 0) scroll([ofSelected, ofLit], moved, grown);
  }, [position, selected, lit, current, zoom]);

  const buttons = layout.groups.flatMap(({ rows }) => rows.map(({ row }) => row).filter(isButton));
  const reachable =
    buttons.find(({ seq }) => seq === focused) ??
    buttons.find(({ request }) => request === selected) ??
    buttons.at(-1) ??
    null;

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    // Here these keys do not have their meaning on the page. Enter presses the focused button.
    if (!['ArrowUp', 'ArrowDown', 'Enter'].includes(event.key) || !reachable) return;
    event.stopPropagation();
    if (event.key === 'Enter') return;
    event.preventDefault();
    const next = buttons[buttons.indexOf(reachable) + (event.key === 'ArrowDown' ? 1 : -1)];
    const element = next && event.currentTarget.querySelector<HTMLElement>(`[data-seq="${next.seq}"]`);
    if (!element) return;
    element.focus({ preventScroll: true });
    scroll([{ top: Number(element.dataset.top), bottom: Number(element.dataset.bottom) }]);
  };

  const name = useRegionName('Diagram');
  return (
    <section className="diagram" aria-label={name}>
      <div className="panel-head">
        <h2>{name}</h2>
      </div>
      <div className="diagram-scroller" ref={scroller}>
        <LaneNames lanes={model.lanes} layout={layout}>
          {StoreTools && <StoreTools view={view} events={past} />}
        </LaneNames>
        <div className="diagram-canvas" style={{ width: layout.width, ...placesIn(layout) }}>
          <svg className="lifelines" width={layout.width} height="100%" aria-hidden="true">
            {layout.xs.map((x, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a lane is its index
              <line key={index} x1={x} x2={x} y1={0} y2="100%" />
            ))}
          </svg>
          {layout.streams.map(({ request, lane, open, ...bar }) => (
            <div
              key={request}
              className="diagram-stream"
              data-open={open}
              style={{ ...bar, '--stream': `var(--actor-${model.lanes[lane]!.color})` } as CSSProperties}
              title={open ? 'This response is still open' : 'This response was open'}
            />
          ))}
          {/* biome-ignore lint/a11y/noStaticElementInteractions: it only moves the focus between the buttons in it */}
          <div onKeyDown={onKeyDown}>
            {layout.groups.map((placed) => (
              <DiagramStep
                key={placed.group.rows[0]?.seq ?? `step ${placed.group.step}`}
                placed={placed}
                sids={sids}
                selected={selected}
                reachable={reachable?.seq ?? null}
                lit={lit}
                redis={model.lanes.length - 1}
                play={placed.group.current ? play : null}
                onSelect={onSelect}
                onFocus={setFocused}
                onToggle={onToggle}
                onShowAll={onShowAll}
                onUnfold={onUnfold}
              />
            ))}
          </div>
          {layout.next && (
            <p className="next-step" style={layout.next}>
              <span className="step-number">{model.next!.step + 1}</span>
              <span className="next-title">next: {model.next!.title}</span>
            </p>
          )}
          {layout.groups.length === 0 && (
            <p className="diagram-empty" style={{ top: layout.height }}>
              Each request, response and Redis command is drawn here as an arrow.
            </p>
          )}
        </div>
      </div>
      <MoreBelow scroller={scroller} layout={layout} zoom={zoom} onGo={() => scroll([endOfCurrent(layout)])} />
    </section>
  );
});

/** Tells the style sheet the height of the names and of the rest, and where the current step starts. */
const placesIn = (layout: Layout) =>
  ({
    '--names': `${layout.names.height}px`,
    '--height': `${layout.height}px`,
    '--current': `${topOfCurrent(layout, 0)}px`,
  }) as CSSProperties;

const isButton = ({ request, kind }: Row) => request !== null || kind === 'fold';

/** In the column of the labels, or left of the last name, where the lanes leave room for the commands. */
function besideRedis({ names, width, column }: Layout): CSSProperties {
  const redis = names.boxes.at(-1)!;
  return column ? { left: redis.x + redis.width / 2 + 8 } : { right: width - redis.x + redis.width / 2 + 8 };
}

/** The names above the lanes. They stay while the arrows scroll under them. */
function LaneNames({ lanes, layout, children }: { lanes: Lane[]; layout: Layout; children: ReactNode }) {
  const { names, width } = layout;
  return (
    <div className="lane-heads" style={{ width, height: names.height }}>
      {lanes.map(({ label, kind, color }, index) => {
        const { x, lane, width, middle, fontSize, lineHeight, padding, text } = names.boxes[index]!;
        const colors = color ? { color: `var(--actor-${color})`, background: `var(--actor-${color}-soft)` } : {};
        const size = { width, fontSize, lineHeight: `${lineHeight}px`, padding: `3px ${padding}px` };
        const stub = { '--lane': `${lane}px`, '--below': `${names.height - middle}px` } as CSSProperties;
        const style = { left: x, top: middle, ...size, ...colors, ...stub };
        return (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: a lane is its index
            key={index}
            className="lane-head"
            data-kind={kind}
            style={style}
            title={text === label ? undefined : label}
          >
            {lineBreaks(text).flatMap((piece, index) => (index === 0 ? piece : [<wbr key={piece} />, piece]))}
          </span>
        );
      })}
      <div className="lane-tools" style={besideRedis(layout)}>
        {children}
      </div>
    </div>
  );
}
