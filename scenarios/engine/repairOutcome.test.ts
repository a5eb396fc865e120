import { describe, expect, test } from 'vitest';
import { header, type Sketch, stepEnded, stepStarted, traceOf } from '../../testing/trace.ts';
import { read, type View } from './read.ts';
import { outcomeOf } from './repairOutcome.ts';
import type { Answer } from './trace.ts';

const scenario = {
  ...header.scenario,
  // Within a sentence she is Alice.
  actors: header.scenario.actors.map((actor) =>
    actor.name === 'alice' ? { ...actor, label: 'Alice, with two tabs' } : actor,
  ),
  steps: header.scenario.steps.map((step, index) => ({
    ...step,
    ask: [
      null,
      { question: 'Who is it?', vulnerable: 'alice', protected: 'nobody' },
      { question: 'Does it work?', vulnerable: true, protected: true },
    ][index]!,
  })),
};

interface Run {
  who?: Answer;
  works?: Answer;
  /** The status that Alice gets in the first step. */
  status?: number;
  error?: string;
}

/** A run in which Alice and Mallory send a request each in the first step, and two questions are asked. */
function run({ who = 'nobody', works = true, status = 200, error }: Run = {}): View {
  const exchange = (id: number, actor: string, status: number): Sketch[] => [
    {
      ...{ type: 'request', id, actor, method: 'GET', url: 'https://shop.example/me?x=1', note: null },
      ...{ headers: [], forwarded: [], body: null, cookies: [] },
    },
    {
      ...{ type: 'response', request: id, status, statusText: '', headers: [], body: '', ms: 1, by: 'app' },
      cookies: [],
    },
  ];
  const ask = (step: number, actual: Answer, expected: Answer): Sketch => ({
    ...{ type: 'ask', step, expected, actual, holds: actual === expected },
  });
  const { events } = traceOf(
    ...[stepStarted(0), ...exchange(1, 'alice', status), ...exchange(2, 'mallory', 401), stepEnded(0)],
    ...[stepStarted(1), ask(1, who, 'nobody'), stepEnded(1, error ?? null)],
    ...[stepStarted(2), ask(2, works, true), stepEnded(2)],
  );
  return read({ header: { ...header, scenario }, events });
}

test('a run like that of the fix puts it right, and says what was seen', () => {
  expect(outcomeOf(run(), run())).toEqual({
    is: 'holds',
    step: 1,
    sentences: [
      'Put right: the weakness is gone.',
      'Step 2, “Who is it?”: nobody. Alice can still use the shop: GET /me is answered 200.',
    ],
    findings: [],
  });
});

test('the answer of the vulnerable app means that the weakness is still there', () => {
  const outcome = outcomeOf(run({ who: 'alice', works: false }), run());
  expect([outcome.is, outcome.step]).toEqual(['weak', 1]);
  expect(outcome.sentences).toEqual([
    'The weakness is still there.',
    'Step 2, “Who is it?”: alice. With the fix: nobody.',
  ]);
  expect(outcome.findings).toHaveLength(2);
});

describe('something else is not as with the fix:', () => {
  test.each<[what: string, Run, sentence: string]>([
    ['an answer', { works: false }, 'Step 3, “Does it work?”: no. With the fix: yes.'],
    ['an answer of neither app', { who: 'bob' }, 'Step 2, “Who is it?”: bob. With the fix: nobody.'],
    ['a request that is refused', { status: 401 }, 'Step 1: Alice sends GET /me and gets 401. With the fix: 200.'],
    ['a step that cannot be played', { error: 'There is no cookie.' }, 'Step 2 cannot be played: There is no cookie.'],
  ])('%s', (_, different, sentence) => {
    const outcome = outcomeOf(run(different), run());
    expect(outcome.is).toBe('other');
    expect(outcome.sentences).toEqual(['Better, but not right.', sentence]);
  });

  test('the step that shows it best comes first, if it shows anything', () => {
    const both = { who: 'bob', works: false };
    expect(outcomeOf(run(both), run(), 2).step).toBe(2);
    expect(outcomeOf(run(both), run(), 0).step).toBe(1);
  });
});

test('a request that the fix refuses too, and one of an attacker, are no findings', () => {
  expect(outcomeOf(run({ status: 401 }), run({ status: 403 })).is).toBe('holds');
});
