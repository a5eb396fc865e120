import { describe, expect, test } from 'vitest';
import { checkExample, examples } from '../../testing/checkedExamples.ts';

// Those that a shop of another kind needs seconds for.
const others = examples.filter(({ file }) => file !== 'fastify-session/shop.mjs');

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
