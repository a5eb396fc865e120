import { beforeEach, describe, expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { read, type View } from '../../scenarios/engine/read.ts';
import type { Variant } from '../../scenarios/engine/trace.ts';
import { header, type Sketch, stepEnded, stepStarted, traceOf } from '../../testing/trace.ts';
import { nothingOpen } from '../player/state.ts';
import type { TextStorage } from '../ui/storage.ts';
import { createProgress, learnFrom, showSize, storageKey } from './progressStore.ts';

let stored: Map<string, string>;
let storage: TextStorage;

beforeEach(() => {
  stored = new Map();
  storage = {
    getItem: (name) => stored.get(name) ?? null,
    setItem: (name, value) => void stored.set(name, value),
    removeItem: (name) => void stored.delete(name),
  };
});

const open = () => createProgress(() => storage);
const answered = (actual: string): Sketch => ({ type: 'ask', step: 0, expected: actual, actual, holds: true });

function view(variant: Variant, ...sketches: Sketch[]): View {
  const steps = header.scenario.steps.map((step, index) =>
    index === 0 ? { ...step, ask: { question: 'Who?', vulnerable: 'alice', protected: 'nobody' } } : step,
  );
  const { events } = traceOf(...sketches);
  return read({
    header: { ...header, sandbox: `of ${variant}`, variant, scenario: { ...header.scenario, steps } },
    events,
  });
}

const toTheEnd = [0, 1, 2].flatMap((step): Sketch[] => [stepStarted(step), stepEnded(step)]);

describe('a prediction', () => {
  test('is right or wrong once its step was played, and is stored', () => {
    const learner = open();
    learner.guess(view('vulnerable'), 0, 'alice');
    learner.learn(view('vulnerable', stepStarted(0)));
    expect(learner.store.getState().progress).toEqual({});
    learner.learn(view('vulnerable', stepStarted(0), answered('alice')));
    learner.guess(view('protected'), 0, 'alice');
    learner.learn(view('protected', stepStarted(0), answered('nobody')));
    const progress = { 'a-lesson': { played: [], predicted: { 'vulnerable 0': true, 'protected 0': false } } };
    expect(learner.store.getState().progress).toEqual(progress);
    expect(open().store.getState().progress).toEqual(progress);
  });

  test('can be changed until then', () => {
    const learner = open();
    learner.guess(view('vulnerable'), 0, 'nobody');
    learner.guess(view('vulnerable'), 0, 'alice');
    learner.learn(view('vulnerable', stepStarted(0), answered('alice')));
    expect(learner.store.getState().progress['a-lesson']?.predicted).toEqual({ 'vulnerable 0': true });
  });

  test('counts only the first time: the second time, the learner knows the answer', () => {
    const learner = open();
    learner.guess(view('vulnerable'), 0, 'nobody');
    const seen = view('vulnerable', stepStarted(0), answered('alice'));
    learner.learn(seen);
    learner.guess(view('vulnerable'), 0, 'alice');
    learner.learn(seen);
    expect(learner.store.getState().progress['a-lesson']?.predicted).toEqual({ 'vulnerable 0': false });
  });

  test('counts only if it was made', () => {
    const learner = open();
    learner.learn(view('vulnerable', stepStarted(0), answered('alice')));
    expect(learner.store.getState().progress).toEqual({});
  });
});

describe('a scenario', () => {
  test('counts as played once per variant, when its last step was played', () => {
    const learner = open();
    learner.learn(view('protected', ...toTheEnd.slice(0, -1)));
    expect(learner.store.getState().progress).toEqual({});
    learner.learn(view('protected', ...toTheEnd));
    learner.learn(view('protected', ...toTheEnd));
    learner.learn(view('vulnerable', ...toTheEnd));
    expect(learner.store.getState().progress['a-lesson']?.played).toEqual(['protected', 'vulnerable']);
  });

  test('does not count as played if a step failed', () => {
    const learner = open();
    learner.learn(view('protected', ...toTheEnd.slice(0, -1), stepEnded(2, 'Redis is gone.')));
    expect(learner.store.getState().progress).toEqual({});
  });

  test('is recorded from whatever a player plays', () => {
    const learner = open();
    const player = createStore(() => nothingOpen);
    const stop = learnFrom(player, learner);
    player.setState({ live: view('protected', ...toTheEnd) });
    expect(learner.store.getState().progress['a-lesson']?.played).toEqual(['protected']);
    stop();
    player.setState({ live: view('vulnerable', ...toTheEnd) });
    expect(learner.store.getState().progress['a-lesson']?.played).toEqual(['protected']);
  });
});

describe('the stored progress', () => {
  test('is cleared on the page and in the storage, but the presentation size stays', () => {
    const learner = open();
    learner.present(true);
    learner.learn(view('protected', ...toTheEnd));
    learner.clear();
    expect(learner.store.getState()).toMatchObject({ progress: {}, presenting: true });
    expect(open().store.getState()).toMatchObject({ progress: {}, presenting: true });
  });

  test('is read again after another tab wrote it, and the guesses of this tab stay', () => {
    const [one, other] = [open(), open()];
    one.guess(view('vulnerable'), 0, 'alice');
    other.learn(view('protected', ...toTheEnd));
    one.refresh();
    expect(one.store.getState().progress['a-lesson']?.played).toEqual(['protected']);
    one.learn(view('vulnerable', stepStarted(0), answered('alice')));
    expect(one.store.getState().progress['a-lesson']?.predicted).toEqual({ 'vulnerable 0': true });
  });

  test.each([
    ['not JSON', '{"state"'],
    ['null', 'null'],
    ['of another version', '{"version":7,"state":{"progress":{"a-lesson":{"played":["vulnerable"],"predicted":{}}}}}'],
    ['without progress', '{"version":1,"state":{}}'],
    ['a list', '{"version":1,"state":{"progress":[1,2]}}'],
    ['of other types', '{"version":1,"state":{"progress":{"a-lesson":7},"presenting":"yes"}}'],
  ])('that is %s is ignored', (_, text) => {
    stored.set(storageKey, text);
    expect(open().store.getState()).toMatchObject({ progress: {}, presenting: false });
  });

  test('is read as far as it is valid', () => {
    const progress = {
      'a-lesson': { played: ['vulnerable', 'both', 7], predicted: { 'vulnerable 0': true, 'x 1': 'no' } },
    };
    stored.set(storageKey, JSON.stringify({ version: 1, state: { progress } }));
    expect(open().store.getState().progress).toEqual({
      'a-lesson': { played: ['vulnerable'], predicted: { 'vulnerable 0': true } },
    });
  });
});

describe('a browser without storage', () => {
  const refuse = () => {
    throw new DOMException('The operation is insecure.', 'SecurityError');
  };

  test.each([
    ['storage is blocked', refuse],
    ['storage is full', () => ({ ...storage, setItem: refuse })],
  ])('where %s: the page works without it', (_, blocked) => {
    const learner = createProgress(blocked);
    learner.learn(view('protected', ...toTheEnd));
    expect(learner.store.getState().progress['a-lesson']?.played).toEqual(['protected']);
    learner.refresh();
    learner.clear();
    expect(learner.store.getState().progress).toEqual({});
  });
});

test('the size of the page is changed with its setting only: the projector’s window has a size of its own', () => {
  const { store, present, see } = open();
  const root = { dataset: {} } as HTMLElement;
  showSize(store, root);
  root.dataset.size = 'presentation';
  see('tour');
  expect(root.dataset.size).toBe('presentation');
  present(true);
  present(false);
  expect(root.dataset.size).toBeUndefined();
});
