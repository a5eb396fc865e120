import { beforeEach, describe, expect, test } from 'vitest';
import type { StateStorage } from 'zustand/middleware';
import { createStore } from 'zustand/vanilla';
import { read, type View } from '../../scenarios/engine/read.ts';
import type { Variant } from '../../scenarios/engine/trace.ts';
import { header, type Sketch, stepEnded, stepStarted, traceOf } from '../../testing/trace.ts';
import { nothingOpen } from '../player/state.ts';
import { createMemory, learnFrom, memoryName } from './memory.ts';

let kept: Map<string, string>;
let storage: StateStorage;

beforeEach(() => {
  kept = new Map();
  storage = {
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, value) => void kept.set(name, value),
    removeItem: (name) => void kept.delete(name),
  };
});

const open = () => createMemory(() => storage);
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
  test('is right or wrong once its step was played, and kept', () => {
    const memory = open();
    memory.guess(view('vulnerable'), 0, 'alice');
    memory.learn(view('vulnerable', stepStarted(0)));
    expect(memory.store.getState().progress).toEqual({});
    memory.learn(view('vulnerable', stepStarted(0), answered('alice')));
    memory.guess(view('protected'), 0, 'alice');
    memory.learn(view('protected', stepStarted(0), answered('nobody')));
    const progress = { 'a-lesson': { played: [], predicted: { 'vulnerable 0': true, 'protected 0': false } } };
    expect(memory.store.getState().progress).toEqual(progress);
    expect(open().store.getState().progress).toEqual(progress);
  });

  test('may be changed until then', () => {
    const memory = open();
    memory.guess(view('vulnerable'), 0, 'nobody');
    memory.guess(view('vulnerable'), 0, 'alice');
    memory.learn(view('vulnerable', stepStarted(0), answered('alice')));
    expect(memory.store.getState().progress['a-lesson']?.predicted).toEqual({ 'vulnerable 0': true });
  });

  test('counts the first time only: the second time one has seen the answer', () => {
    const memory = open();
    memory.guess(view('vulnerable'), 0, 'nobody');
    const seen = view('vulnerable', stepStarted(0), answered('alice'));
    memory.learn(seen);
    memory.guess(view('vulnerable'), 0, 'alice');
    memory.learn(seen);
    expect(memory.store.getState().progress['a-lesson']?.predicted).toEqual({ 'vulnerable 0': false });
  });

  test('that was not made counts for nothing', () => {
    const memory = open();
    memory.learn(view('vulnerable', stepStarted(0), answered('alice')));
    expect(memory.store.getState().progress).toEqual({});
  });
});

describe('a scenario', () => {
  test('is played to its end when its last step is, once per app', () => {
    const memory = open();
    memory.learn(view('protected', ...toTheEnd.slice(0, -1)));
    expect(memory.store.getState().progress).toEqual({});
    memory.learn(view('protected', ...toTheEnd));
    memory.learn(view('protected', ...toTheEnd));
    memory.learn(view('vulnerable', ...toTheEnd));
    expect(memory.store.getState().progress['a-lesson']?.played).toEqual(['protected', 'vulnerable']);
  });

  test('of which a step failed is not', () => {
    const memory = open();
    memory.learn(view('protected', ...toTheEnd.slice(0, -1), stepEnded(2, 'Redis is gone.')));
    expect(memory.store.getState().progress).toEqual({});
  });

  test('is learned of from whatever a player plays', () => {
    const memory = open();
    const player = createStore(() => nothingOpen);
    const stop = learnFrom(player, memory);
    player.setState({ live: view('protected', ...toTheEnd) });
    expect(memory.store.getState().progress['a-lesson']?.played).toEqual(['protected']);
    stop();
    player.setState({ live: view('vulnerable', ...toTheEnd) });
    expect(memory.store.getState().progress['a-lesson']?.played).toEqual(['protected']);
  });
});

describe('what is kept', () => {
  test('is cleared, here and in the browser, and the size is not', () => {
    const memory = open();
    memory.present(true);
    memory.learn(view('protected', ...toTheEnd));
    memory.clear();
    expect(memory.store.getState()).toMatchObject({ progress: {}, presenting: true });
    expect(open().store.getState()).toMatchObject({ progress: {}, presenting: true });
  });

  test('is read again when another tab wrote it, and guesses of this one stay', () => {
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
    ['of other things', '{"version":1,"state":{"progress":{"a-lesson":7},"presenting":"yes"}}'],
  ])('and is %s, is nothing', (_, text) => {
    kept.set(memoryName, text);
    expect(open().store.getState()).toMatchObject({ progress: {}, presenting: false });
  });

  test('is taken as far as it makes sense', () => {
    const progress = {
      'a-lesson': { played: ['vulnerable', 'both', 7], predicted: { 'vulnerable 0': true, 'x 1': 'no' } },
    };
    kept.set(memoryName, JSON.stringify({ version: 1, state: { progress } }));
    expect(open().store.getState().progress).toEqual({
      'a-lesson': { played: ['vulnerable'], predicted: { 'vulnerable 0': true } },
    });
  });
});

describe('a browser that keeps nothing', () => {
  const refuse = () => {
    throw new DOMException('The operation is insecure.', 'SecurityError');
  };

  test.each([
    ['has blocked its storage', refuse],
    ['has a full one', () => ({ ...storage, setItem: refuse })],
  ])('because it %s, changes nothing on the page', (_, blocked) => {
    const memory = createMemory(blocked);
    memory.learn(view('protected', ...toTheEnd));
    expect(memory.store.getState().progress['a-lesson']?.played).toEqual(['protected']);
    memory.refresh();
    memory.clear();
    expect(memory.store.getState().progress).toEqual({});
  });
});
