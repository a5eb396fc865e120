import { describe, expect, test } from 'vitest';
import { read } from '../../scenarios/engine/read.ts';
import { verdict } from '../../scenarios/engine/whoIsWhoText.ts';
import { checkExample, examples } from '../../testing/checkedExamples.ts';

/** The one that every run checks with its flaws. */
const quick = examples.find(({ file }) => file === 'fastify-session/shop.mjs')!;
// Those that a shop of another kind needs seconds for.
const others = examples.filter((example) => example !== quick);

describe.each(others)('$file', (example) => {
  test('check finds exactly the flaws that its README lists', async () => {
    const { fails, exitCode, stopped } = await checkExample(example, { repaired: false });
    expect(stopped).toBe(null);
    expect(fails).toEqual([...example.flaws].sort());
    expect(exitCode).toBe(1);
  });

  test('check finds nothing in the repaired one', async () => {
    const { fails, exitCode, stopped } = await checkExample(example, { repaired: true });
    expect({ fails, exitCode, stopped }).toEqual({ fails: [], exitCode: 0, stopped: null });
  });
});

test(`check finds nothing in the repaired ${quick.file}, and the page shows that the takeover failed`, async () => {
  const { fails, exitCode, stopped, traces } = await checkExample(quick, { repaired: true });
  expect(verdict(read(traces().get('fixation-frozen-id')!)).text).toMatch(/Mallory(’s cookie means| is) nobody/);
  expect({ fails, exitCode, stopped }).toEqual({ fails: [], exitCode: 0, stopped: null });
});
