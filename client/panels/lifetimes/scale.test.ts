import { describe, expect, test } from 'vitest';
import { minutes } from '../../../scenarios/engine/durations.ts';
import type { Trace } from '../../../scenarios/engine/trace.ts';
import { crowd, fixation, leftAlone, traceBuilder, trouble } from '../../../testing/diagramTrace.ts';
import { apart, axisOf } from './axis.ts';
import { barOf, fullTtl, sawtooth } from './curves.ts';
import { lifeLanes } from './lanes.ts';
import { scaleOf } from './scale.ts';

const width = 1000;

function drawn({ header, events }: Trace, position = events.length) {
  const past = apart(events.slice(0, position));
  const lanes = lifeLanes(past, header);
  const axis = axisOf(past, lanes, header.scenario.steps.length);
  return { lanes, axis, scale: scaleOf(axis, width) };
}

const endOfStep = ({ events }: Trace, step: number) =>
  events.findIndex((event) => event.type === 'step-ended' && event.step === step) + 1;

describe.each([
  ['a fixation', fixation(true)],
  ['an expiry', leftAlone()],
  ['trouble', trouble()],
  ['a crowd', crowd()],
])('The axis of %s', (_, trace) => {
  const { axis, scale } = drawn(trace);

  test('has no gap and no overlap, in time and on the screen.', () => {
    for (const [index, { from, left, width }] of scale.stretches.entries()) {
      const before = scale.stretches[index - 1];
      expect(width).toBeGreaterThan(0);
      if (!before) continue;
      expect(from).toBe(before.to);
      expect(left).toBeCloseTo(before.left + before.width, 6);
    }
    expect(scale.end).toBeLessThanOrEqual(width);
    expect(scale.end).toBeGreaterThan(width - 20);
  });

  test('gives every step room to press its number.', () => {
    const places = axis.ticks.map(({ at }) => scale.x(at));
    for (const [index, x] of places.entries()) {
      if (index > 0) expect(x - places[index - 1]!).toBeGreaterThan(40);
    }
  });

  test('can be read both ways.', () => {
    for (const { from, to } of scale.stretches) {
      const moment = from + 0.3 * (to - from);
      expect(scale.at(scale.x(moment))).toBeCloseTo(moment, 3);
    }
  });

  test('keeps what lies beyond it at its ends.', () => {
    expect(scale.x(-1e9)).toBe(scale.stretches[0]!.left);
    expect(scale.x(1e12)).toBeCloseTo(scale.end, 6);
  });
});

test('Steps played within one millisecond still have a place each.', () => {
  const told = traceBuilder([{ name: 'alice', label: 'Alice', role: 'victim' }], ['One', 'Two', 'Three']);
  told.step(() => {});
  told.step(() => {});
  told.step(() => {});
  const trace = told.build();
  const { axis, scale } = drawn({ ...trace, events: trace.events.map((event) => ({ ...event, at: 5 })) });
  const [one, two, three] = axis.ticks.map(({ at }) => scale.x(at));
  expect(two! - one!).toBeGreaterThan(40);
  expect(three! - two!).toBeGreaterThan(40);
});

test('Playing the next step leaves the steps before it where they are.', () => {
  const trace = fixation(false);
  const places = [0, 1, 2, 3].map((step) => {
    const { axis, scale } = drawn(trace, endOfStep(trace, step));
    return axis.ticks.map(({ at }) => Math.round(scale.x(at)));
  });
  expect(places[1]!.slice(0, 1)).toEqual(places[0]);
  expect(places[2]!.slice(0, 2)).toEqual(places[1]);
  expect(places[3]!.slice(0, 3)).toEqual(places[2]);
});

test('A jump of half an hour is marked, wider than a step, and far from a thousand times wider.', () => {
  const { stretches } = drawn(leftAlone()).scale;
  const jump = stretches.find(({ kind }) => kind === 'jumped')!;
  expect(jump.to - jump.from).toBeCloseTo(minutes(31), 0);
  expect(jump.width).toBeGreaterThan(90);
  expect(jump.width).toBeLessThan(300);
});

test('The ends in sight are on the axis; those that nearly coincide share a stretch.', () => {
  const trace = fixation(true);
  const ahead = drawn(trace).axis.stretches.filter(({ kind }) => kind === 'ahead');
  expect(ahead).toHaveLength(1);
  const ends = drawn(trace).lanes.map(({ lives }) => lives.at(-1)!.teeth.at(-1)!.expiresAt!);
  expect(ahead[0]!.to).toBe(Math.max(...ends));
});

test('A key that outlives the sessions goes on beyond the edge, and is not drawn as ending there.', () => {
  const trace = fixation(true);
  const index = { key: 'user:1:sessions', change: 'set', value: null, cause: { by: 'outside' }, sid: null } as const;
  const at = trace.events.at(-1)!.at;
  const long = { type: 'key', seq: 999, at, step: 3, expiresAt: at + minutes(480), ...index } as const;
  const { axis, lanes, scale } = drawn({ ...trace, events: [...trace.events, long] });
  expect(axis.stretches.at(-1)!.to).toBeLessThan(at + minutes(31));
  expect(lanes).toHaveLength(4);
  const alone = lifeLanes([long], { ...trace.header, namespace: '' })[0]!;
  const { line } = sawtooth(alone.lives[0]!, scale, fullTtl(alone), 3, 15);
  expect(Number(line.split(' ').at(-1))).toBeLessThan(4);
});

test('With nothing in sight there is room for time to go by all the same.', () => {
  expect(drawn(fixation(true), 0).axis.stretches).toMatchObject([{ kind: 'open', from: 0 }]);
  expect(drawn(leftAlone()).axis.stretches.at(-1)).toMatchObject({ kind: 'open' });
});

describe('The drawing', () => {
  const { lanes, scale } = drawn(leftAlone());
  const [aliceCookie, malloryCookie, record] = lanes;

  test('ends a cookie’s bar at its expiry, and runs on to the edge for one without.', () => {
    const life = aliceCookie!.lives[0]!;
    expect(barOf(life, scale).right).toBeCloseTo(scale.x(life.teeth[0]!.expiresAt!), 6);
    expect(barOf(malloryCookie!.lives[0]!, scale).right).toBe(scale.end);
  });

  test('draws a record from the bottom up to its full time to live and down to the bottom at its end.', () => {
    const { line } = sawtooth(record!.lives[0]!, scale, fullTtl(record!), 3, 15);
    const ys = line
      .slice(1)
      .split('L')
      .map((point) => Number(point.split(' ')[1]));
    expect(ys[0]).toBe(15);
    expect(ys[1]).toBe(3);
    expect(ys.at(-1)).toBe(15);
    // Down only, after the first tooth: nobody refreshed it.
    expect(ys.slice(1).toSorted((a, b) => a - b)).toEqual(ys.slice(1));
  });

  test('goes up again at a refresh.', () => {
    const life = {
      sid: 'a',
      teeth: [
        { at: 0, expiresAt: 100 },
        { at: 50, expiresAt: 150 },
      ],
      end: null,
    };
    const stretch = { kind: 'played', from: 0, to: 200, weight: 1 } as const;
    const even = scaleOf({ stretches: [stretch], ticks: [], end: 200, budget: 1 }, 222);
    expect(sawtooth(life, even, 100, 0, 10).line).toBe('M11.0 10.0L11.0 0.0L61.0 5.0L61.0 0.0L161.0 10.0L161.0 10.0');
  });

  test('stays at the top for a record that never expires.', () => {
    const life = { sid: 'a', teeth: [{ at: 0, expiresAt: null }], end: null };
    const ys = [...sawtooth(life, scale, 0, 3, 15).line.matchAll(/ ([\d.]+)/g)].map(([, y]) => Number(y));
    expect(ys.length).toBeGreaterThan(2);
    expect(ys).toEqual([15, ...ys.slice(1).map(() => 3)]);
  });
});
