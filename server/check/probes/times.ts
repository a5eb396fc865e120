import type { Verdict } from '../verdicts.ts';

/** Less is no password hash, and is noise in most networks. Milliseconds. */
const leastGap = 5;

/**
 * Compares how long a wrong password takes for names that exist and for names that do not. Only one wrong password is tried for
 * each name that exists, so the test goes by ranks: where nothing tells them apart, the one that was tried among the n others is
 * the slowest or the fastest of all in 2 of n + 1 runs. It says "fails" only if, in addition, the other known name agrees, and
 * the gap is wider than all that the others differ among themselves.
 */
export function compareTimes(
  [first = 0, amongOthers = 0]: readonly number[],
  unknown: readonly number[],
): { verdict: Verdict; says: string } {
  const sorted = [...unknown].sort((a, b) => a - b);
  const [least, most] = [sorted[0]!, sorted.at(-1)!];
  const spread = most - least;
  const gap = Math.max(leastGap, spread);
  const chance = `${Math.round(200 / (unknown.length + 1))} %`;
  const range = `${ms(least)} to ${ms(most)} for ${unknown.length} names that nobody has`;
  const slower = Math.min(first, amongOthers) - most > gap;
  const faster = least - Math.max(first, amongOthers) > gap;
  if (slower || faster) {
    return {
      verdict: 'fails',
      says: `A wrong password takes ${ms(amongOthers)} and ${ms(first)} for names that exist, and ${range}. By order alone chance would do that in less than ${chance} of runs; the gap makes it far less likely.`,
    };
  }
  const middle = sorted[Math.floor(sorted.length / 2)]!;
  const near = Math.abs(amongOthers - middle) <= Math.max(leastGap, spread) && spread <= Math.max(10, middle / 2);
  return near
    ? {
        verdict: 'holds',
        says: `A wrong password takes ${ms(amongOthers)} for a name that exists, and ${range}. A difference of more than ${ms(gap + spread)} would have shown.`,
      }
    : {
        verdict: 'not shown',
        says: `A wrong password takes ${ms(amongOthers)} for a name that exists, and ${range}: that decides nothing.`,
      };
}

const ms = (value: number) => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
