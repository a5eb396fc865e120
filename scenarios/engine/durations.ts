export type Durations<Names extends string = string> = Record<Names, number>;

export const seconds = (count: number) => count * 1000;
export const minutes = (count: number) => seconds(count * 60);
export const hours = (count: number) => minutes(count * 60);

const units = [
  ['hour', hours(1)],
  ['minute', minutes(1)],
  ['second', seconds(1)],
] as const;

/** Milliseconds as people say them, in the largest unit that gives a whole number: "30 minutes", "90 seconds". */
export function inWords(ms: number): string {
  const [unit, size] = units.find(([, size]) => ms >= size && ms % size === 0) ?? ['second', seconds(1)];
  return new Intl.NumberFormat('en', { style: 'unit', unit, unitDisplay: 'long' }).format(ms / size);
}

/** "After {idle} the record is gone" with the time of that name in words. An unknown name stays as it is. */
export function fillDurations(text: string, times: Durations): string {
  return text.replace(/\{(\w+)\}/g, (placeholder, name: string) => {
    const ms = Object.hasOwn(times, name) ? times[name] : undefined;
    return ms === undefined ? placeholder : inWords(ms);
  });
}
