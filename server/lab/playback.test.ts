import { describe, expect, test } from 'vitest';
import type { World } from '../../scenarios/engine/cast.ts';
import { lessonOf } from '../../testing/lesson.ts';
import { header } from '../../testing/trace.ts';
import { castOf } from './cast.ts';
import { createPatience, createPlayback } from './playback.ts';
import { createRecorder } from './recorder.ts';
import { createClock } from './time/clock.ts';

const never = () => new Promise<never>(() => {});
const notAborted = new AbortController().signal;
const soon = () => new Promise((resolve) => setTimeout(resolve, 5));

describe('work that may be done while a step waits', () => {
  /** A playback whose first step starts and ends, and whose step waits for time to pass, when the test says so. */
  function open() {
    const listeners = new Set<() => void>();
    const time = {
      waiting: false,
      onWait(listener: () => void) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    };
    let endStep = () => {};
    const scenario = lessonOf(
      () =>
        new Promise<void>((resolve) => {
          endStep = resolve;
        }),
    );
    const recorder = createRecorder(header, createClock());
    const playback = createPlayback({
      scenario,
      stage: {
        variant: 'protected',
        store: 'mock',
        cast: castOf([], {} as World),
        settled: async () => {},
        record: recorder.record,
        trace: recorder.trace,
      },
      recorder,
      time,
      signal: notAborted,
      waiter: { client: 'c', sandbox: 's' },
    });
    const order: string[] = [];
    const note = (what: string) => async () => void order.push(what);
    return {
      ...{ playback, listeners, order, note },
      startWaiting() {
        time.waiting = true;
        for (const listener of listeners) listener();
      },
      endStep: () => endStep(),
    };
  }

  test('is done before the end of a step that waits, other work after it', async () => {
    const { playback, order, note, startWaiting, endStep } = open();
    const step = playback.playTo(1).then(note('the step'));
    const other = playback.afterwards(note('other work'));
    const early = playback.duringWait(note('asked for before the wait'));
    await soon();
    expect(order).toEqual([]);
    startWaiting();
    await early;
    await playback.duringWait(note('asked for during the wait'));
    expect(order).toEqual(['asked for before the wait', 'asked for during the wait']);
    endStep();
    await Promise.all([step, other, playback.idle()]);
    expect(order.slice(2)).toEqual(['the step', 'other work']);
  });

  test('is finished before the work that follows the step, even if it takes longer than the step', async () => {
    const { playback, order, note, startWaiting, endStep } = open();
    const step = playback.playTo(1);
    await soon();
    startWaiting();
    const slow = playback.duringWait(() => soon().then(note('slow')));
    const next = playback.afterwards(note('next'));
    endStep();
    await Promise.all([step, slow, next]);
    expect(order).toEqual(['slow', 'next']);
  });

  test('is forgotten when it is done, refused or not', async () => {
    const { playback, listeners } = open();
    for (let count = 0; count < 20; count++) {
      await playback.duringWait(async () => 'done');
      await expect(playback.duringWait(() => Promise.reject(new Error('refused')))).rejects.toThrow('refused');
    }
    await playback.idle();
    expect(listeners.size).toBe(0);
  });
});

describe('patience', () => {
  test('returns what the work returns', async () => {
    const inTime = createPatience(() => 0, notAborted, 50);
    expect(await inTime(() => 'now')).toBe('now');
    expect(await inTime(async () => 'later')).toBe('later');
    await expect(
      inTime(() => {
        throw new Error('broken');
      }),
    ).rejects.toThrow('broken');
  });

  test('gives up work that is idle too long', async () => {
    await expect(createPatience(() => 0, notAborted, 50)(never)).rejects.toThrow(
      'It did not end: nothing happened for 0.05 seconds. What does it wait for?',
    );
  });

  test('lets active work take its time', async () => {
    const inTime = createPatience(() => performance.now(), notAborted, 50);
    expect(await inTime(() => new Promise((resolve) => setTimeout(resolve, 200, 'long')))).toBe('long');
  });

  test('gives up work that goes on after its sandbox has ended', async () => {
    const ending = new AbortController();
    const waiting = createPatience(() => 0, ending.signal)(never);
    ending.abort(new Error('The page was closed.'));
    await expect(waiting).rejects.toThrow('The page was closed.');
  });
});
