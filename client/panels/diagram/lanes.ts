/** The lanes of the diagram: whose they are, where they are, and how their names fit. Pure. */
import { actorsIn } from '../../../scenarios/engine/identity.ts';
import { processesOf, processLabel } from '../../../scenarios/engine/memory.ts';
import type { RequestSent, TraceEvent, TraceHeader } from '../../../scenarios/engine/trace.ts';
import { actorColor } from '../../ui/Badge.tsx';

export interface Lane {
  /** An `answerer` answers requests: Express, another instance of it, a cache, another site. */
  kind: 'actor' | 'answerer' | 'store';
  label: string;
  /** The end of the name of an actor's CSS variable `--actor-…`; empty for other lanes. */
  color: string;
}

/** A lane is identified by its index, from left to right. */
export interface Lanes {
  /** The actors, then those who answer, then Redis. */
  list: Lane[];
  redis: number;
  ofActor(name: string): number;
  /** Returns the lane of whoever answers a request; Express when there is no request. */
  ofAnswerer(request: Pick<RequestSent, 'id' | 'url'> | undefined): number;
  /** Returns the lane of a process of the app; Express when it has answered nothing. */
  ofProcess(name: string): number;
}

/** The name of the app in the trace when it has one instance. */
const theApp = 'app';

/** @param events all of the trace, including later ones: stepping back and forth must not move the lanes */
export function lanesIn(header: TraceHeader, events: readonly TraceEvent[]): Lanes {
  const actors = actorsIn(header, events);
  const answeredBy = new Map(
    events.flatMap((event) => (event.type === 'response' ? [[event.request, event.by] as const] : [])),
  );
  const processes = processesOf(header);
  const answerers = [...new Set([...processes, theApp, ...answeredBy.values()])].sort(
    (a, b) => distance(a) - distance(b) || a.localeCompare(b),
  );
  const answererOf = ({ id, url }: Pick<RequestSent, 'id' | 'url'>) => {
    const { origin, host } = new URL(url);
    return answeredBy.get(id) ?? [origin, host].find((name) => answerers.includes(name)) ?? theApp;
  };
  return {
    list: [
      ...actors.map((actor): Lane => ({ kind: 'actor', label: actor.label, color: actorColor(actor, actors) })),
      ...answerers.map((name): Lane => ({ kind: 'answerer', label: answererLabel(name, header), color: '' })),
      { kind: 'store', label: 'Redis', color: '' },
    ],
    redis: actors.length + answerers.length,
    ofActor: (name) => actors.findIndex((actor) => actor.name === name),
    ofProcess: (name) => actors.length + answerers.indexOf(answerers.includes(name) ? name : theApp),
    ofAnswerer: (request) => actors.length + answerers.indexOf(request ? answererOf(request) : theApp),
  };
}

/** Orders those who answer by how close they are to Redis: other sites, the cache in front of the app, the app, further apps. */
function distance(answerer: string): number {
  if (answerer.includes('://')) return 0;
  if (answerer === 'cache') return 1;
  return isInstance(answerer) ? 2 : 3;
}

const capitalized = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

const isInstance = (answerer: string) => answerer === theApp || answerer.startsWith(`${theApp} `);

/** Returns "Express", "Process 2", "Cache", "evil.example"; with its scheme if that is plain http: "http://shop.example". */
function answererLabel(name: string, header: TraceHeader): string {
  if (isInstance(name))
    return processesOf(header).length > 1 ? capitalized(processLabel(header, name)) : header.told ? 'App' : 'Express';
  return name === 'cache' ? 'Cache' : name.replace('https://', '');
}

export interface PlacedLanes {
  /** The x of each lane in px. */
  xs: number[];
  /** The width of the diagram in px. */
  width: number;
}

/**
 * Px between lanes. With `tight`, labels reach across lanes, so that many lanes still fit; `least` is just readable, `good` is
 * comfortable, and more than `most` would separate what belongs together.
 */
const sizes = ['tight', 'least', 'good', 'most'] as const;
type Size = (typeof sizes)[number];
const gaps = {
  edge: { tight: 20, least: 28, good: 40, most: 80 },
  betweenActors: { tight: 37, least: 58, good: 82, most: 190 },
  toAnswerers: { tight: 50, least: 104, good: 220, most: 320 },
  betweenAnswerers: { tight: 37, least: 64, good: 92, most: 150 },
  toRedis: { tight: 60, least: 130, good: 260, most: 400 },
} satisfies Record<string, Record<Size, number>>;

/** Places the lanes of so many actors, those who answer, and Redis in `width` px, or in the width they need at least. */
export function placeLanes(actors: number, answerers: number, width: number): PlacedLanes {
  const fromTheLeft = [
    gaps.edge,
    ...Array.from({ length: actors - 1 }, () => gaps.betweenActors),
    gaps.toAnswerers,
    ...Array.from({ length: answerers - 1 }, () => gaps.betweenAnswerers),
    gaps.toRedis,
  ];
  const total = (size: Size) => fromTheLeft.reduce((sum, gap) => sum + gap[size], gaps.edge[size]);
  const above = Math.max(
    1,
    sizes.findIndex((size) => width < total(size)),
  );
  const [small, large] = width < total('most') ? [sizes[above - 1]!, sizes[above]!] : (['good', 'most'] as const);
  const share = Math.min(1, Math.max(0, (width - total(small)) / (total(large) - total(small))));
  const all = Math.max(width, total('tight'));
  let x = (all - Math.min(all, total('most'))) / 2;
  const xs = fromTheLeft.map((gap) => {
    x += gap[small] + share * (gap[large] - gap[small]);
    return Math.round(x);
  });
  return { xs, width: all };
}

/** The space for the name of a lane. All lengths are in px. */
export interface NameBox {
  /** Its center, which is the x of the lane. */
  x: number;
  width: number;
  fontSize: number;
  lineHeight: number;
  /** The name, or the start of a host name where there is no room for all of it. */
  text: string;
}

/** The width of a letter of Inter in semi-bold, relative to the font size; rounded up. */
const letter = 0.6;
/** Padding, border and margin of a name, above and below together. */
const around = 10;
/** Px. A narrower name has no room for `example`, which ends the name of every other site. */
const roomForHost = 52;
const usual = { height: 42, fontSize: 12.5, lineHeight: 14 };
const crowded = { fontSize: 10.5, lineHeight: 12 };

/** Places each name on its lane, without touching its neighbors or the edge. The height is that of the name with the most lines. */
export function placeNames(lanes: readonly Lane[], { xs, width }: PlacedLanes): { boxes: NameBox[]; height: number } {
  const boxes = xs.map((x, index): NameBox => {
    const left = xs[index - 1] ?? -x;
    const right = xs[index + 1] ?? 2 * width - x;
    const most = Math.min(x - left, right - x) - 6;
    const { fontSize, lineHeight } = most < 64 ? crowded : usual;
    const label = lanes[index]?.label ?? '';
    const text = most < roomForHost ? label.replace(/\.example$/, '') : label;
    return { x, width: Math.min(96, most), fontSize, lineHeight, text };
  });
  const heights = boxes.map((box) => countLines(box.text, box) * box.lineHeight + around);
  return { boxes, height: Math.max(usual.height, ...heights) };
}

/** Splits a name where a line may break: at spaces, and in a host after its scheme and its dots, and before its port. */
export const lineBreaks = (label: string) => label.split(/(?<=\/\/|\.|\s)|(?=:\d)/);

/** Returns how many lines a browser makes of a name. */
function countLines(label: string, { width, fontSize }: NameBox): number {
  const widthOf = (text: string) => text.length * letter * fontSize;
  let [lines, used] = [1, 0];
  for (const piece of lineBreaks(label)) {
    if (used > 0 && used + widthOf(piece.trimEnd()) > width) [lines, used] = [lines + 1, 0];
    used += widthOf(piece);
  }
  return lines;
}
