import { inMinutes, readTestSeconds } from '../testSeconds.ts';
import type { Figure } from './table.ts';

const most = 240;

/** Returns how long each group of tests took in the last whole `npm test`. To run it once more takes longer than all of the bench. */
export async function tests(): Promise<Figure[]> {
  const last = readTestSeconds();
  if (last === null) return [{ what: 'npm test', figure: 'not run yet', aim: null }];
  const { endedAt, total, groups } = last;
  return [
    {
      what: `npm test, the last one, of ${endedAt.slice(0, 16).replace('T', ' ')} UTC`,
      figure: inMinutes(total),
      aim: { words: `at most ${inMinutes(most)}`, met: total <= most },
    },
    ...groups.map(({ name, seconds }) => ({ what: `  ${name}`, figure: `${seconds.toFixed(0)} s`, aim: null })),
  ];
}
