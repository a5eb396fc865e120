import type { TraceEvent } from './trace.ts';

/**
 * Returns the key that the app used the longest ago, which Redis with `allkeys-lru` would evict first. Pure.
 *
 * @param keys with their namespace, as in the trace
 * @returns undefined when there are no keys
 */
export function leastRecentlyUsed(keys: readonly string[], events: readonly TraceEvent[]): string | undefined {
  const lastUse = new Map<string, number>();
  for (const event of events) {
    if (event.type === 'command') for (const arg of event.args) lastUse.set(arg, event.seq);
    if (event.type === 'key') lastUse.set(event.key, event.seq);
  }
  const used = (key: string) => lastUse.get(key) ?? -1;
  return keys.toSorted((a, b) => used(a) - used(b) || (a < b ? -1 : 1))[0];
}
