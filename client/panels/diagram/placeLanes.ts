/** Where the lanes of the diagram are, and where between or beside them labels have room. Pure. Lengths are in px. */

/** Where a label can stand, clear of the lanes beside it. */
export interface Space {
  left: number;
  room: number;
}

export interface PlacedLanes {
  /** The x of each lane. */
  xs: number[];
  /** The width of the diagram. */
  width: number;
  /** Where all labels stand when there is too little room between the lanes: beside the last lane. Null: between the lanes. */
  column: Space | null;
}

/** `least` is just readable, `good` is comfortable, and more than `most` would separate what belongs together. */
const sizes = ['least', 'good', 'most'] as const;
type Size = (typeof sizes)[number];
const gaps = {
  edge: { least: 24, good: 34, most: 80 },
  betweenActors: { least: 58, good: 82, most: 190 },
  toAnswerers: { least: 110, good: 208, most: 320 },
  betweenAnswerers: { least: 64, good: 92, most: 150 },
  toRedis: { least: 150, good: 272, most: 400 },
} satisfies Record<string, Record<Size, number>>;

/** `SET sess:<ID> EX 1800 XX` has room in a line, and so have most requests. */
const enoughToRedis = 222;
const enoughToAnswerers = 165;

/** Between a label and the lanes beside it. */
export const clearance = 10;
/** Between a label and the edges of the diagram. */
export const edge = 15;

/** Places the lanes of so many actors, those who answer, and Redis in `width` px, or in the width they need at least. */
export function placeLanes(actors: number, answerers: number, width: number): PlacedLanes {
  const apart = [
    gaps.edge,
    ...Array.from({ length: actors - 1 }, () => gaps.betweenActors),
    gaps.toAnswerers,
    ...Array.from({ length: answerers - 1 }, () => gaps.betweenAnswerers),
    gaps.toRedis,
  ];
  const total = (size: Size) => apart.reduce((sum, gap) => sum + gap[size], gaps.edge[size]);
  const [small, large] = width < total('good') ? (['least', 'good'] as const) : (['good', 'most'] as const);
  const share = Math.min(1, (width - total(small)) / (total(large) - total(small)));
  const between = (gap: Record<Size, number>) => gap[small] + share * (gap[large] - gap[small]);
  if (between(gaps.toRedis) < enoughToRedis || between(gaps.toAnswerers) < enoughToAnswerers)
    return placeClose(apart.length, width);
  let x = (width - Math.min(width, total('most'))) / 2;
  const xs = apart.map((gap) => {
    x += between(gap);
    return Math.round(x);
  });
  return { xs, width, column: null };
}

/** Lanes that stand close together at the left, as the lines of a graph of commits do, leave one column for all labels. */
const close = { edge: 30, least: 30, most: 76 };
/** As wide as most labels; and the narrowest that holds a session ID. */
const columnRoom = { wanted: 202, least: 78 };

function placeClose(count: number, width: number): PlacedLanes {
  const around = close.edge + clearance + edge;
  const apart = Math.floor((width - around - columnRoom.wanted) / (count - 1));
  const pitch = Math.max(close.least, Math.min(close.most, apart));
  const xs = Array.from({ length: count }, (_, index) => close.edge + index * pitch);
  const left = xs.at(-1)! + clearance;
  const all = Math.max(width, left + columnRoom.least + edge);
  return { xs, width: all, column: { left, room: all - edge - left } };
}

/** Returns where labels can stand, from left to right: between two lanes each, or only in the column. */
export function spacesIn({ xs, column }: PlacedLanes): Space[] {
  if (column) return [column];
  return xs.slice(1).map((x, index) => ({ left: xs[index]! + clearance, room: x - xs[index]! - 2 * clearance }));
}
