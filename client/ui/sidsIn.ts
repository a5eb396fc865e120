/** Finds session IDs in texts, in time that does not grow with their number. Pure. */

interface Index {
  /** The place of each in the list. */
  places: ReadonlyMap<string, number>;
  /** The lengths that occur: one, unless an app makes IDs of its own. */
  lengths: readonly number[];
}

const indexes = new WeakMap<readonly string[], Index>();

function indexOf(sids: readonly string[]): Index {
  const known = indexes.get(sids);
  if (known) return known;
  const index: Index = {
    places: new Map(sids.map((sid, place): [string, number] => [sid, place]).toReversed()),
    lengths: [...new Set(sids.map(({ length }) => length))],
  };
  indexes.set(sids, index);
  return index;
}

/** Returns the place of a session ID in the list; -1 when it is not there. */
export const placeOfSid = (sid: string, sids: readonly string[]): number => indexOf(sids).places.get(sid) ?? -1;

/** Returns those that a text contains, in the order of the list. */
export function sidsIn(text: string, sids: readonly string[]): string[] {
  const { places, lengths } = indexOf(sids);
  const found = new Set<number>();
  for (const length of lengths) {
    for (let start = 0; start + length <= text.length; start++) {
      const place = places.get(text.slice(start, start + length));
      if (place !== undefined) found.add(place);
    }
  }
  return [...found].sort((a, b) => a - b).map((place) => sids[place]!);
}
