import { describe, expect, test } from 'vitest';
import { stepStarted, traceOf } from '../../testing/trace.ts';
import type { Claim } from './claims.ts';
import { playStep, type Stage } from './run.ts';
import type { Ask, Scenario, Step } from './scenario.ts';
import type { Answer } from './trace.ts';

const ask = (answer: Ask['answer']): Ask => ({ question: '?', answer, vulnerable: 'in', protected: 'out' });

const scenarioOf = (...steps: Pick<Step, 'act' | 'ask' | 'claims'>[]) =>
  ({
    slug: 'a-lesson',
    steps: steps.map((step) => ({ title: '', purpose: '', narration: '', ...step })),
  }) as unknown as Scenario;

/** A stage that writes everything down, in order. */
function stage(variant: Stage['variant'] = 'protected', store: Stage['store'] = 'mock') {
  const recorded: unknown[] = [];
  let clock = 100;
  const it: Stage = {
    variant,
    store,
    trace: traceOf(),
    cast: { alice: 'the cast' } as unknown as Stage['cast'],
    stopwatch: () => (clock += 7),
    inTime: async (work) => work(),
    settled: async () => void recorded.push('settled'),
    record: (event) => void recorded.push(event),
  };
  return { ...it, recorded };
}

test('a step acts with the cast, and asks once everything it caused is recorded', async () => {
  const on = stage();
  const act = (cast: unknown) => on.recorded.push(['act', cast]);
  const answer = (cast: unknown) => {
    on.recorded.push(['answer', cast]);
    return 'out';
  };
  expect(await playStep(scenarioOf({ act, ask: ask(answer) }), 0, on)).toEqual({
    holds: true,
    untrue: [],
    error: null,
  });
  expect(on.recorded).toEqual([
    { type: 'step-started', step: 0 },
    ['act', on.cast],
    'settled',
    ['answer', on.cast],
    { type: 'ask', step: 0, expected: 'out', actual: 'out', holds: true },
    'settled',
    { type: 'step-ended', step: 0, ms: 7, error: null },
  ]);
});

test.each<[Stage['variant'], Answer, boolean]>([
  ['vulnerable', 'in', true],
  ['vulnerable', 'out', false],
  ['protected', 'out', true],
  ['protected', 'in', false],
  ['protected', true, false],
  ['protected', 0, false],
])('on the %s app, whether the answer %j holds is %j', async (variant, answer, holds) => {
  const on = stage(variant);
  const result = await playStep(scenarioOf({ act: () => {}, ask: ask(async () => answer) }), 0, on);
  expect(result).toEqual({ holds, untrue: [], error: null });
});

test('a step without an ask neither holds nor fails', async () => {
  const on = stage();
  expect(await playStep(scenarioOf({ act: async () => {} }), 0, on)).toEqual({ holds: null, untrue: [], error: null });
  expect(on.recorded).not.toContainEqual(expect.objectContaining({ type: 'ask' }));
});

describe('an error ends the step, but not the run:', () => {
  const rule = 'An answer must be a string, a number or a boolean.';
  const broken = () => {
    throw new Error('broken');
  };
  test.each<[what: string, step: Pick<Step, 'act' | 'ask'>, message: string]>([
    ['by the act', { act: broken, ask: ask(() => 'out') }, 'broken'],
    ['by the act, later', { act: () => Promise.reject(new Error('late')), ask: ask(() => 'out') }, 'late'],
    ['by the answer', { act: () => {}, ask: ask(broken) }, 'broken'],
    [
      'because the answer is none',
      { act: () => {}, ask: ask(() => undefined as never) },
      `${rule} This one is undefined.`,
    ],
    ['because it is an object', { act: () => {}, ask: ask(() => ({}) as never) }, `${rule} This one is an object.`],
    ['because it is no number', { act: () => {}, ask: ask(() => Number.NaN) }, `${rule} This one is NaN.`],
    ['because JSON has no such number', { act: () => {}, ask: ask(() => 10n as never) }, `${rule} This one is 10.`],
    ['that is no Error', { act: () => Promise.reject('just text') }, 'just text'],
  ])('%s', async (_, step, message) => {
    const on = stage();
    const result = await playStep(scenarioOf(step), 0, on);
    expect(result).toEqual({ holds: null, untrue: [], error: expect.objectContaining({ message }) });
    expect(on.recorded).not.toContainEqual(expect.objectContaining({ type: 'ask' }));
    expect(on.recorded.slice(-2)).toEqual(['settled', { type: 'step-ended', step: 0, ms: 7, error: message }]);
  });
});

test('a step that does not exist is refused before anything is recorded', async () => {
  const on = stage();
  await expect(playStep(scenarioOf({ act: () => {} }), 1, on)).rejects.toThrow(
    new RangeError('"a-lesson" has 1 steps; there is no step 2.'),
  );
  expect(on.recorded).toEqual([]);
});

test.each(['mock', 'real'] as const)(
  'an answer that depends on the store is expected as it is on %s',
  async (store) => {
    const on = stage('protected', store);
    const dependent = { ...ask(() => 'real'), protected: { mock: 'mock', real: 'real' } };
    expect((await playStep(scenarioOf({ act: () => {}, ask: dependent }), 0, on)).holds).toBe(store === 'real');
  },
);

describe('a claim of the narration', () => {
  const claims: Claim[] = ['alice sends a session cookie'];
  const untrue = [{ claim: claims[0], seen: 'sent no request' }];
  const silent = scenarioOf({ act: () => {}, claims });

  test('that the trace contradicts is in the result and in the trace', async () => {
    const on = { ...stage(), trace: traceOf(stepStarted(0)) };
    expect(await playStep(silent, 0, on)).toEqual({ holds: null, untrue, error: null });
    expect(on.recorded.at(-1)).toMatchObject({ type: 'step-ended', untrue });
  });

  test('of a step that could not be played says nothing', async () => {
    const on = { ...stage(), trace: traceOf(stepStarted(0)) };
    const failing = scenarioOf({ act: () => Promise.reject(new Error('broken')), claims });
    expect((await playStep(failing, 0, on)).untrue).toEqual([]);
  });

  test('is not asked of a repair: its narration is that of the fix', async () => {
    const { events, header, version } = traceOf(stepStarted(0));
    const on = { ...stage(), trace: { version, events, header: { ...header, repair: 'some-file' } } };
    expect((await playStep(silent, 0, on)).untrue).toEqual([]);
  });
});
