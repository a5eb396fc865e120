import { expect, test } from 'vitest';
import { playedScenario, upToStep } from '../../testing/playedScenario.ts';
import { sentences } from '../../testing/whoIsWhoSentences.ts';
import { scenarios } from '../index.ts';
import { read } from './read.ts';
import { storesOf } from './scenario.ts';
import type { Variant } from './trace.ts';
import { verdict } from './whoIsWhoText.ts';

/** Returns the view after that many steps of a scenario on the mock. */
const viewAfter = async (slug: string, variant: Variant, steps: number) =>
  read(upToStep(await playedScenario(slug, variant), steps));

// A hundred moments of many scenarios are in testing/whoIsWhoSentences.ts. server/lab/scenarios.mock.*.test.ts, scenarios.hashes.test.ts and
// scenarios.hashes.full.test.ts look at them in the runs that they play anyway, as long as each is one of a scenario that they play.
test.each(sentences)('%s, %s, after step %i is a moment of a scenario on the mock', (slug, _variant, step) => {
  const scenario = scenarios.find((one) => one.slug === slug)!;
  expect(scenario.steps.length).toBeGreaterThanOrEqual(step);
  expect(storesOf(scenario)).toContain('mock');
});

test('when the site of a false link was sent its token, the sentence shows the beginning of it', async () => {
  const { tone, text } = verdict(await viewAfter('password-reset-poisoning', 'vulnerable', 3));
  expect(tone).toBe('danger');
  expect(text).toMatch(/^evil\.example was sent the token of the link in the mail: \?reset=[\w-]{9}…$/);
});

test.each([
  ['nothing', [], 'Mallory got the account page as Alice.'],
  ['a slow Redis', [{ is: 'slow', command: null, ms: 300 }], 'Mallory got the account page as Alice after 1 s.'],
  [
    'a Redis that is fast again',
    [{ is: 'slow', command: null, ms: 300 }, { is: 'fast-again' }],
    'Mallory got the account page as Alice.',
  ],
] as const)('an answer that takes a second because of %s', async (_, faults, text) => {
  const played = await playedScenario('memory-store-two-instances', 'vulnerable');
  const view = read(structuredClone(upToStep(played, 5)));
  const { request, response } = view.exchanges.at(-1)!;
  response!.ms = 1000;
  const happened = faults.map((fault, index) => ({
    ...{ type: 'fault' as const, fault, at: request.at, step: null },
    seq: request.seq - faults.length + index,
  }));
  expect(verdict({ ...view, faults: happened }).text).toBe(text);
});

test('no sentence says what was answered while answers are missing', async () => {
  const played = await playedScenario('concurrent-session-limit', 'vulnerable');
  const inStep = played.events.filter((event) => event.step === 3);
  const answered = inStep.filter(({ type }) => type === 'response');
  expect(answered).toHaveLength(6);
  const { parts } = verdict(read(played, answered[0]!.seq));
  expect(parts[0]).toEqual({
    tone: 'plain',
    text: 'All of Mallory’s 6 requests for the login are waiting for an answer.',
  });
  for (const { seq } of inStep) expect(verdict(read(played, seq)).text).not.toMatch(/checked|got \.| 1 sessions/);
});

test('what is normal has its own tone beside what is dangerous', async () => {
  const { parts } = verdict(await viewAfter('signed-token-instead-of-a-session', 'vulnerable', 7));
  expect(parts).toEqual([
    { tone: 'plain', text: 'Admin disabled the account of Alice.' },
    { tone: 'danger', text: 'Mallory’s cookie still means Alice.' },
  ]);
});
