import { expect, test } from 'vitest';
import type { Fault } from '../../../scenarios/engine/faults.ts';
import { read } from '../../../scenarios/engine/read.ts';
import { keyRemoved, keySet, type Sketch, stepStarted, traceOf } from '../../../testing/trace.ts';
import { keysOfOthers, whyNoKeys } from './noKeys.ts';

const byApp = { by: 'command', command: 1 } as const;
const fault = (fault: Fault): Sketch => ({ type: 'fault', fault });

test.each<[string, Sketch[]]>([
  ['No keys: the app has stored nothing in Redis yet.', []],
  ['No keys left: the only one was deleted by the app.', [keySet('a', '1'), keyRemoved('a', 'deleted', byApp)]],
  ['No keys left: both expired.', [keyRemoved('a', 'expired'), keyRemoved('b', 'expired')]],
  [
    'No keys left: 1 was deleted manually, 1 expired.',
    [keyRemoved('a', 'deleted', { by: 'manual' }), keyRemoved('b', 'expired')],
  ],
  ['No keys left: the only one was deleted from outside or evicted.', [keyRemoved('a', 'deleted')]],
  [
    'No keys left: both were evicted.',
    [
      keyRemoved('a', 'deleted'),
      fault({ is: 'filled', keys: 800, bytes: 10_000, refused: 0 }),
      keyRemoved('b', 'deleted'),
    ],
  ],
  [
    'No keys left: 1 was evicted, 1 was lost in the restart.',
    [keyRemoved('a', 'deleted', { by: 'eviction' }), keyRemoved('b', 'deleted', { by: 'redis-restart' })],
  ],
  ['No keys left: the only one was lost in the crash.', [fault({ is: 'started-empty' }), keyRemoved('a', 'deleted')]],
])('%s', (sentence, sketches) => {
  expect(whyNoKeys(traceOf(stepStarted(0), ...sketches).events)).toBe(sentence);
});

test('keys of another program are counted, without those that Redis refused, until it is started again, empty', () => {
  const filled = fault({ is: 'filled', keys: 800, bytes: 10_000, refused: 541 });
  const count = (...events: Sketch[]) => keysOfOthers(read(traceOf(stepStarted(0), ...events)));
  expect(count()).toBe(0);
  expect(count(filled)).toBe(259);
  expect(count(filled, fault({ is: 'crashed' }), fault({ is: 'started-empty' }))).toBe(0);
});
