/** The middle value; of an even number of values, the mean of the middle two. */
export const median = (values: readonly number[]) => percentile(values, 50);

/** The value that `percent` per cent of the values do not exceed, interpolated between neighbours. @throws for none */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = ((sorted.length - 1) * percent) / 100;
  const [below, above] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  if (below === undefined || above === undefined) throw new Error('Nothing was measured.');
  return below + (above - below) * (place - Math.floor(place));
}
