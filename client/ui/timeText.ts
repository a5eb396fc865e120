/** Times as the details show them. */

/** Returns a sandbox time in ms as a clock shows it: "0:00:07.3". */
export function clockText(ms: number): string {
  const tenths = Math.floor(Math.max(0, ms) / 100);
  const seconds = Math.floor(tenths / 10);
  const twoDigits = (count: number) => String(count).padStart(2, '0');
  const minutes = twoDigits(Math.floor(seconds / 60) % 60);
  return `${Math.floor(seconds / 3600)}:${minutes}:${twoDigits(seconds % 60)}.${tenths % 10}`;
}

/** Returns the time that something has left, as short as a countdown: "29:58", "7 h 59 min", "364 d". */
export function countdownText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds >= 172_800) return `${Math.floor(seconds / 86_400)} d`;
  const minutes = Math.floor(seconds / 60);
  if (minutes >= 60) return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  return `${minutes}:${String(seconds % 60).padStart(2, '0')}`;
}

/** Returns how long something took: "0.08 ms", "4.3 ms", "61 ms", "6.0 s". */
export function durationText(ms: number): string {
  if (ms >= 1000) return `${(ms / 1000).toFixed(1)} s`;
  return `${ms.toFixed(ms < 1 ? 2 : ms < 10 ? 1 : 0)} ms`;
}
