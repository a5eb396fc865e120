import { expect, test } from 'vitest';
import { outline } from '../../scenarios/engine/scenario.ts';
import { scenarios } from '../../scenarios/index.ts';
import { testRealTime } from '../../testing/realTime.ts';

const waiting = scenarios.filter((scenario) => outline(scenario, 'real', 'real').letsTimePass);

test('some scenarios let time pass', () => expect(waiting.length).toBeGreaterThan(5));

// They give these same answers where time is jumped: scenarios.mock.*.test.ts, scenarios.real.test.ts and scenarios.real.full.test.ts.
testRealTime(waiting);
