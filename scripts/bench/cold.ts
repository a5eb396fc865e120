import { timeOf } from './child.ts';
import { median } from './statistics.ts';
import type { Figure } from './table.ts';

const rounds = 7;

/** The whole process, from start to exit, as somebody at a terminal waits for it. */
export async function coldStart(): Promise<Figure[]> {
  const sandbox = () => timeOf('server/cli/main.ts', 'session-fixation', '--reporter', 'json');
  const bare = () => timeOf('scripts/bench/bare.ts');
  // The loader keeps what it has compiled; only the very first run ever compiles.
  await sandbox();
  await bare();
  const [sandboxes, bares]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    sandboxes.push(await sandbox());
    bares.push(await bare());
  }
  const ratio = median(sandboxes) / median(bares);
  return [
    { what: 'session-fixation headless, cold, both variants', figure: `${median(sandboxes).toFixed(0)} ms`, aim: null },
    { what: 'the same requests from a bare node:http script', figure: `${median(bares).toFixed(0)} ms`, aim: null },
    {
      what: '  headless : bare',
      figure: `${ratio.toFixed(2)}x`,
      aim: { words: 'at most 3x', met: ratio <= 3 },
    },
  ];
}
