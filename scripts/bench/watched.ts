import { startChild } from './child.ts';
import { median, percentile } from './statistics.ts';
import type { Figure } from './table.ts';
import type { WatchedSandboxes } from './watchedSandboxes.ts';

const many = 500;
const megabyte = 1024 * 1024;

/** What watching costs while nothing happens: sandboxes with a viewer each, on a real Redis. */
export async function watched(): Promise<Figure[]> {
  const { said, stop } = await startChild<WatchedSandboxes>('scripts/bench/watchedSandboxes.ts', [String(many)]);
  await stop();
  const { processor, commandsPerSecond, memory, delays, alone, beside } = said;
  const percent = processor * 100;
  const p99 = percentile(delays, 99);
  const ratio = median(beside) / median(alone);
  return [
    {
      what: `${many} sandboxes with a viewer, idle, real`,
      figure: `${percent.toFixed(1)} % of a processor`,
      aim: { words: 'at most 10 %', met: percent <= 10 },
    },
    {
      what: '  Redis commands',
      figure: `${commandsPerSecond.toFixed(1)} /s`,
      aim: { words: 'under 100 /s', met: commandsPerSecond < 100 },
    },
    {
      what: '  memory',
      figure: `${(memory / megabyte).toFixed(0)} MB`,
      aim: { words: 'under 600 MB', met: memory < 600 * megabyte },
    },
    {
      what: '  key changed by others -> event, p99',
      figure: `${p99.toFixed(1)} ms`,
      aim: { words: 'under 50 ms', met: p99 < 50 },
    },
    {
      what: '  a play beside them, as one alone',
      figure: `${ratio.toFixed(2)}x`,
      aim: { words: '0.8x to 1.2x', met: ratio >= 0.8 && ratio <= 1.2 },
    },
  ];
}
