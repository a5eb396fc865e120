/** Why there are no keys. Pure. */
import { lossesIn } from '../../../scenarios/engine/losses.ts';
import type { View } from '../../../scenarios/engine/read.ts';
import type { KeyChanged, TraceEvent } from '../../../scenarios/engine/trace.ts';

/**
 * @param events up to the moment that is shown, after which no key exists
 * @param watched false: nobody looked at the Redis of this app, if it has one
 */
export function whyNoKeys(events: readonly TraceEvent[], watched = true): string {
  const ends = endsOfKeys(events);
  if (!watched) return 'The Redis of this app was not watched.';
  if (ends.size === 0) return 'No keys: the app has stored nothing in Redis yet.';
  const counts = new Map<string, number>();
  for (const why of ends.values()) counts.set(why, (counts.get(why) ?? 0) + 1);
  const [only, ...more] = [...counts];
  if (more.length === 0) {
    const [why, count] = only!;
    const was = count === 1 ? 'the only one' : count === 2 ? 'both' : `all ${count}`;
    return `No keys left: ${was} ${verb(why, count)}${why}.`;
  }
  return `No keys left: ${[...counts].map(([why, count]) => `${count} ${verb(why, count)}${why}`).join(', ')}.`;
}

/** How many keys another program has written into this Redis, which is not watched for them; 0 where none has since it was emptied. */
export function keysOfOthers({ faults, emptied }: Pick<View, 'faults' | 'emptied'>): number {
  const written = faults.filter(({ seq }) => seq > (emptied ?? -1));
  return written.reduce((sum, { fault }) => sum + (fault.is === 'filled' ? fault.keys - fault.refused : 0), 0);
}

const verb = (why: string, count: number) => (why === 'expired' ? '' : count === 1 ? 'was ' : 'were ');

/** Returns how each key ended, by its name: "expired", "deleted by the app", "evicted". */
export function endsOfKeys(events: readonly TraceEvent[]): Map<string, string> {
  const losses = lossesIn(events);
  const ends = new Map<string, string>();
  for (const event of events) {
    if (event.type !== 'key') continue;
    if (event.change === 'set' || event.change === 'ttl') ends.delete(event.key);
    else ends.set(event.key, losses.get(event.seq) ?? endOf(event));
  }
  return ends;
}

const endOf = ({ change, cause }: KeyChanged) =>
  change === 'expired' ? 'expired' : cause.by === 'manual' ? 'deleted manually' : 'deleted by the app';
