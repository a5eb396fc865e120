import { describe, expect, test } from 'vitest';
import { read } from '../../scenarios/engine/read.ts';
import type { Trace } from '../../scenarios/engine/trace.ts';
import { verdict } from '../../scenarios/engine/whoIsWhoText.ts';
import { checkExample, examples } from '../../testing/checkedExamples.ts';

// The others, and this one repaired: examples.full.test.ts.
const quick = examples.filter(({ file }) => file === 'fastify-session/shop.mjs');

/** What the page says at the end of the trace of a takeover. */
const pictureOf = (traces: Map<string, Trace>) => verdict(read(traces.get('fixation-frozen-id')!));

describe.each(quick)('$file', (example) => {
  test('check finds exactly the flaws that its README lists', async () => {
    const { fails, exitCode, stopped, traces } = await checkExample(example, { repaired: false });
    expect(stopped).toBe(null);
    expect(fails).toEqual([...example.flaws].sort());
    expect(exitCode).toBe(1);
    expect(pictureOf(traces())).toMatchObject({
      tone: 'danger',
      text: expect.stringMatching(/^Mallory got .* as Alice\.$/),
    });
  });
});
