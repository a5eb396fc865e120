import type { CatalogueRun } from './catalogueChild.ts';
import { startChild } from './child.ts';
import { median } from './statistics.ts';
import type { Figure } from './table.ts';

const rounds = 3;

/** The whole catalogue, both variants, headless on the mock, jumping time, at bcrypt cost 4: a process from start to end. */
export async function catalogue(): Promise<Figure[]> {
  const times: number[] = [];
  let last: CatalogueRun | undefined;
  for (let round = 0; round < rounds; round++) {
    const started = performance.now();
    const { said, stop } = await startChild<CatalogueRun>('scripts/bench/catalogueChild.ts', []);
    times.push(performance.now() - started);
    await stop();
    if (!said.holds) throw new Error('The catalogue does not hold: npm run scenarios says where.');
    last = said;
  }
  const { runs, requests, hashes, hashMs } = last!;
  const seconds = median(times) / 1000;
  return [
    {
      what: `the whole catalogue headless, ${runs} runs, mock`,
      figure: `${seconds.toFixed(1)} s`,
      aim: { words: 'at most 12 s', met: seconds <= 12 },
    },
    {
      what: `  its ${hashes} bcrypt hashes, the wait for a thread included`,
      figure: `${(hashMs / 1000).toFixed(1)} s`,
      aim: null,
    },
    { what: '  its HTTP requests', figure: String(requests), aim: null },
  ];
}
