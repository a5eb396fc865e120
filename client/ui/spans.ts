/** Lengths of time as they are shown while they run down. */

const day = 86_400;

/**
 * A length of time in at most two units: "1 h 2 min", "29 min 55 s", "12 s".
 *
 * @param ms milliseconds; rounded down to whole seconds, and not below zero
 */
export function span(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const parts: [number, string][] = [
    [Math.floor(seconds / day), 'd'],
    [Math.floor((seconds % day) / 3600), 'h'],
    [Math.floor((seconds % 3600) / 60), 'min'],
    [seconds % 60, 's'],
  ];
  const first = parts.findIndex(([count]) => count > 0);
  if (first === -1) return '0 s';
  return parts
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ');
}

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
