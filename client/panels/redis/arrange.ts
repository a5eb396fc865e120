/** The order of the keys, and which of them are grouped. Pure. */
import type { KeyView } from '../../../scenarios/engine/marks.ts';
import { type Topic, topicOfKey } from '../../../scenarios/engine/subject.ts';
import type { TraceEvent } from '../../../scenarios/engine/trace.ts';

/** Keys of one kind. */
export interface KeyGroup extends Topic {
  shown: KeyView[];
  /** More of the kind, which are shown on demand. */
  rest: KeyView[];
}

/** So many of a kind are shown one by one. */
const few = { subject: 6, bookkeeping: 3 };

/**
 * Returns the keys by kind: the subject first, then the others. Kinds, and the keys of a kind, are in the order in which they
 * first appeared, so that nothing moves. Of many of a kind, those that changed come out of the group, and those that a browser
 * holds a cookie for.
 *
 * @param firstSeen the place of a key in that order
 * @param held the session ids of all browsers
 */
export function arrangeKeys(
  keys: readonly KeyView[],
  subject: readonly string[],
  firstSeen: ReadonlyMap<string, number>,
  held: ReadonlySet<string>,
): KeyGroup[] {
  const place = ({ key }: KeyView) => firstSeen.get(key) ?? Number.POSITIVE_INFINITY;
  /** The place of the subject that keys belong to; what the scenario names first comes first. */
  const rank = ([first]: readonly KeyView[]) => {
    const index = subject.findIndex((one) => first && topicOfKey(first.name, [one]).subject);
    return index === -1 ? subject.length : index;
  };
  const groups = new Map<string, { topic: Topic; keys: KeyView[] }>();
  for (const view of keys.toSorted((a, b) => place(a) - place(b))) {
    const topic = topicOfKey(view.name, subject);
    const id = `${topic.subject} ${topic.group}`;
    const group = groups.get(id) ?? { topic, keys: [] };
    groups.set(id, group);
    group.keys.push(view);
  }
  return [...groups.values()]
    .toSorted((a, b) => rank(a.keys) - rank(b.keys))
    .map(({ topic, keys }) => ({ ...topic, ...split(keys, topic.subject ? few.subject : few.bookkeeping, held) }));
}

function split(keys: KeyView[], most: number, held: ReadonlySet<string>): Pick<KeyGroup, 'shown' | 'rest'> {
  // A group of one or two would save nothing.
  if (keys.length <= most + 2) return { shown: keys, rest: [] };
  const isHeld = ({ sid }: KeyView) => sid !== null && held.has(sid);
  const always = keys.filter(isHeld);
  const others = keys
    .filter((key) => !isHeld(key))
    .toSorted((a, b) => Number(a.mark === null) - Number(b.mark === null));
  const chosen = new Set([...always, ...others.slice(0, Math.max(0, most - always.length))]);
  return { shown: keys.filter((key) => chosen.has(key)), rest: keys.filter((key) => !chosen.has(key)) };
}

/** Returns each key's place in the order in which the trace shows them first. */
export function placesOfKeys(events: readonly TraceEvent[]): Map<string, number> {
  const keys = new Set(events.flatMap((event) => (event.type === 'key' ? [event.key] : [])));
  return new Map([...keys].map((key, index) => [key, index]));
}
