/** Lengths and moments of time as the page shows them. */

/** Sandbox time in a log: "0:00:07.3". */
export function clockText(ms: number): string {
  const tenths = Math.floor(Math.max(0, ms) / 100);
  const two = (count: number) => String(count).padStart(2, '0');
  const seconds = Math.floor(tenths / 10);
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}.${tenths % 10}`;
}

/** What redis-cli would answer to TTL: whole seconds, rounded to the nearest, as Redis itself rounds them. */
export function ttlSeconds(ms: number): number {
  return Math.max(0, Math.floor((ms + 500) / 1000));
}

/** How long something took: "0.08 ms", "4.3 ms", "61 ms", "6.0 s". */
export function took(ms: number): string {
  if (ms >= 1000) return `${(ms / 1000).toFixed(1)} s`;
  return `${ms.toFixed(ms < 1 ? 2 : ms < 10 ? 1 : 0)} ms`;
}
