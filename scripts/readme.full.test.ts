import { expect, test } from 'vitest';
import { scenarios } from '../scenarios/index.ts';
import { runAsProcess } from '../testing/commandLineRuns.ts';
import { commands } from './readmeBlocks.ts';

test.each(commands)(
  '"$command" holds, as a process',
  async ({ words }) => {
    const { code, stdout, stderr } = await runAsProcess(words);
    expect({ code, stderr }, stdout.slice(-3000)).toEqual({ code: 0, stderr: '' });
    if (!words.includes('json')) return;
    const { holds, scenarios: played } = JSON.parse(stdout);
    expect(holds).toBe(true);
    expect(played.map(({ slug }: { slug: string }) => slug)).toEqual(scenarios.map(({ slug }) => slug));
  },
  180_000,
);
