/** Milliseconds by name, as a scenario declares them. */
export type Durations<Names extends string = string> = Record<Names, number>;

export const seconds = (count: number) => count * 1000;
export const minutes = (count: number) => seconds(count * 60);
export const hours = (count: number) => minutes(count * 60);

/** A hundred years: nothing in a lesson lasts longer, and a Redis expiry can hold it. Milliseconds. */
export const longestTime = hours(24) * 366 * 100;

const units = [
  ['hour', hours(1)],
  ['minute', minutes(1)],
  ['second', seconds(1)],
] as const;

/** Returns milliseconds in words, in the largest unit that gives a whole number: "30 minutes", "90 seconds". */
export function inWords(ms: number): string {
  const [unit, size] = units.find(([, size]) => ms >= size && ms % size === 0) ?? ['second', seconds(1)];
  return new Intl.NumberFormat('en', { style: 'unit', unit, unitDisplay: 'long' }).format(ms / size);
}

/** Replaces "{idle}" in a text by the time of that name in words. Unknown names stay as they are. */
export function fillDurations(text: string, times: Durations): string {
  return text.replace(/\{(\w+)\}/g, (placeholder, name: string) => {
    const ms = Object.hasOwn(times, name) ? times[name] : undefined;
    return ms === undefined ? placeholder : inWords(ms);
  });
}

/**
 * Returns a length of time in at most two units: "1 h 2 min", "29 min 55 s", "12 s".
 * @param ms milliseconds; rounded down to whole seconds, and not below zero
 */
export function span(ms: number): string {
  const whole = Math.max(0, Math.floor(ms / 1000));
  const parts: [count: number, unit: string][] = [
    [Math.floor(whole / 86_400), 'd'],
    [Math.floor((whole % 86_400) / 3600), 'h'],
    [Math.floor((whole % 3600) / 60), 'min'],
    [whole % 60, 's'],
  ];
  const first = parts.findIndex(([count]) => count > 0);
  if (first === -1) return '0 s';
  return parts
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ');
}
