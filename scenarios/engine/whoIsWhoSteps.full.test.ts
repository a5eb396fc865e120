import { expect, test } from 'vitest';
import { playedScenario, upToStep } from '../../testing/playedScenario.ts';
import { read } from './read.ts';
import type { Variant } from './trace.ts';
import { verdict } from './whoIsWhoText.ts';

/** Returns what is said after that many steps of a scenario on the mock. */
const saidAfter = async (slug: string, variant: Variant, steps: number) =>
  verdict(read(upToStep(await playedScenario(slug, variant), steps)));

// What other steps show is in testing/whoIsWhoSentences.ts.
test('how long the quickest answers took, and whether that tells accounts from others', async () => {
  const weak = await saidAfter('user-enumeration-by-timing', 'vulnerable', 2);
  expect(weak.text).toMatch(
    /^Mallory got 401 each time\. The quickest took \d+ ms when trying accounts, and \d+ ms when trying no account\.$/,
  );
  expect(weak.tone).toBe('danger');
  expect((await saidAfter('user-enumeration-by-timing', 'protected', 2)).tone).toBe('safe');
});
