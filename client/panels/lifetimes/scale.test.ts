import { describe, expect, test } from 'vitest';
import { minutes } from '../../../scenarios/engine/durations.ts';
import type { Trace } from '../../../scenarios/engine/trace.ts';

import { crowd, fixation, leftAlone, trouble } from '../../../testing/panelTraces.ts';
import { createTraceBuilder, sidB } from '../../../testing/traceBuilder.ts';
import { type Stretch, timeAxis, withDistinctTimes } from './axis.ts';
import { lifetimeLanes } from './lanes.ts';
import { cookieBar, createScale, longestTtl, ttlCurve } from './scale.ts';

const width = 1000;

function drawn({ header, events }: Trace, position = events.length) {
  const past = withDistinctTimes(events.slice(0, position));
  const lanes = lifetimeLanes(past, header);
  const axis = timeAxis(past, lanes, header.scenario.steps.length);
  return { lanes, axis, scale: createScale(axis, width) };
}

const endOfStep = ({ events }: Trace, step: number) =>
  events.findIndex((event) => event.type === 'step-ended' && event.step === step) + 1;

describe.each([
  ['a fixation', fixation(true)],
  ['an expiry', leftAlone()],
  ['trouble', trouble()],
  ['a crowd', crowd()],
])('the axis of %s', (_, trace) => {
  const { axis, scale } = drawn(trace);

  test('has neither gaps nor overlaps, in time and on the screen', () => {
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

  test('gives the number of every step enough room to be clicked', () => {
    const places = axis.ticks.map(({ at }) => scale.x(at));
    for (const [index, x] of places.entries()) {
      if (index > 0) expect(x - places[index - 1]!).toBeGreaterThan(40);
    }
  });

  test('maps times to px and back', () => {
    for (const { from, to } of scale.stretches) {
      const moment = from + 0.3 * (to - from);
      expect(scale.at(scale.x(moment))).toBeCloseTo(moment, 3);
    }
  });

  test('maps times beyond its ends to its ends', () => {
    expect(scale.x(-1e9)).toBe(scale.stretches[0]!.left);
    expect(scale.x(1e12)).toBeCloseTo(scale.end, 6);
  });
});

test('steps played within one millisecond still have a place each', () => {
  const builder = createTraceBuilder([{ name: 'alice', label: 'Alice', role: 'victim' }], ['One', 'Two', 'Three']);
  for (let step = 0; step < 3; step++) builder.step(() => {});
  const trace = builder.trace();
  const { axis, scale } = drawn({ ...trace, events: trace.events.map((event) => ({ ...event, at: 5 })) });
  const [one, two, three] = axis.ticks.map(({ at }) => scale.x(at));
  expect(two! - one!).toBeGreaterThan(40);
  expect(three! - two!).toBeGreaterThan(40);
});

test('playing the next step does not move the steps before it', () => {
  const trace = fixation(false);
  const places = [0, 1, 2, 3].map((step) => {
    const { axis, scale } = drawn(trace, endOfStep(trace, step));
    return axis.ticks.map(({ at }) => Math.round(scale.x(at)));
  });
  expect(places[1]!.slice(0, 1)).toEqual(places[0]);
  expect(places[2]!.slice(0, 2)).toEqual(places[1]);
  expect(places[3]!.slice(0, 3)).toEqual(places[2]);
});

test('a time jump of half an hour is wider than a step, but not a thousand times wider', () => {
  const { stretches } = drawn(leftAlone()).scale;
  const jump = stretches.find(({ kind }) => kind === 'jumped')!;
  expect(jump.to - jump.from).toBeCloseTo(minutes(31), 0);
  expect(jump.width).toBeGreaterThan(90);
  expect(jump.width).toBeLessThan(300);
});

/** After a jump of half an hour, a record that has `ms` left. */
function afterJump(ms: number) {
  const { header, events } = leftAlone();
  const jumped = events.findIndex(({ type }) => type === 'time');
  const { at } = events[jumped]!;
  const key = { key: `${header.namespace}sess:${sidB}`, change: 'set', value: null, cause: { by: 'outside' } } as const;
  const login = { type: 'key', seq: 999, at, step: 2, expiresAt: at + ms, sid: sidB, ...key } as const;
  return drawn({ version: 2, header, events: [...events.slice(0, jumped + 1), login] }).scale;
}

test('time ahead has the scale of the time that was jumped, so that the two can be compared', () => {
  const { stretches } = afterJump(minutes(30));
  const pxPerMs = (kind: string) => {
    const { from, to, width } = stretches.find((one) => one.kind === kind)!;
    return width / (to - from);
  };
  expect(pxPerMs('ahead')).toBeCloseTo(pxPerMs('jumped'), 9);
  expect(pxPerMs('open')).toBeCloseTo(pxPerMs('jumped'), 9);
  expect(stretches.some(({ isBreak }) => isBreak)).toBe(false);
});

test('where time ahead has a scale of its own, a break marks it', () => {
  const breaks = (stretches: readonly Stretch[]) => stretches.filter(({ isBreak }) => isBreak).length;
  // Nothing was jumped.
  expect(breaks(drawn(fixation(true)).axis.stretches)).toBe(1);
  // In the scale of the jump, five seconds would be too short to see, and a day too long to fit.
  for (const left of [5000, minutes(1440)]) {
    const { stretches } = afterJump(left);
    expect(breaks(stretches)).toBe(1);
    expect(stretches.at(-1)!.width).toBeGreaterThan(90);
  }
});

test('known ends are on the axis, and those close together share a stretch', () => {
  const trace = fixation(true);
  const ahead = drawn(trace).axis.stretches.filter(({ kind }) => kind === 'ahead');
  expect(ahead).toHaveLength(1);
  const ends = drawn(trace).lanes.map(({ lifetimes }) => lifetimes.at(-1)!.expiries.at(-1)!.expiresAt!);
  expect(ahead[0]!.to).toBe(Math.max(...ends));
});

test('a key that outlives the sessions continues beyond the right edge', () => {
  const trace = fixation(true);
  const index = { key: 'user:1:sessions', change: 'set', value: null, cause: { by: 'outside' }, sid: null } as const;
  const at = trace.events.at(-1)!.at;
  const long = { type: 'key', seq: 999, at, step: 3, expiresAt: at + minutes(480), ...index } as const;
  const { axis, lanes, scale } = drawn({ ...trace, events: [...trace.events, long] });
  expect(axis.stretches.at(-1)!.to).toBeLessThan(at + minutes(31));
  expect(lanes).toHaveLength(4);
  const scenario = { ...trace.header.scenario, subject: ['user:*:sessions'] };
  const alone = lifetimeLanes([long], { ...trace.header, scenario, namespace: '' })[0]!;
  const { line } = ttlCurve(alone.lifetimes[0]!, scale, longestTtl(alone), 3, 15);
  expect(Number(line.split(' ').at(-1))).toBeLessThan(4);
});

test('without a known end there is room for time to pass', () => {
  expect(drawn(fixation(true), 0).axis.stretches).toMatchObject([{ kind: 'open', from: 0 }]);
  expect(drawn(leftAlone()).axis.stretches.at(-1)).toMatchObject({ kind: 'open' });
});

describe('the drawing', () => {
  const { lanes, scale } = drawn(leftAlone());
  const [aliceCookie, malloryCookie, record] = lanes;

  test('ends the bar of a cookie at its expiry, or at the right edge without one', () => {
    const lifetime = aliceCookie!.lifetimes[0]!;
    expect(cookieBar(lifetime, scale).right).toBeCloseTo(scale.x(lifetime.expiries[0]!.expiresAt!), 6);
    expect(cookieBar(malloryCookie!.lifetimes[0]!, scale).right).toBe(scale.end);
  });

  test('draws the TTL of a record from the bottom to the top, and down to the bottom at its end', () => {
    const { line } = ttlCurve(record!.lifetimes[0]!, scale, longestTtl(record!), 3, 15);
    const ys = line
      .slice(1)
      .split('L')
      .map((point) => Number(point.split(' ')[1]));
    expect(ys[0]).toBe(15);
    expect(ys[1]).toBe(3);
    expect(ys.at(-1)).toBe(15);
    // Nothing refreshed it, so it only falls.
    expect(ys.slice(1).toSorted((a, b) => a - b)).toEqual(ys.slice(1));
  });

  test('rises at a refresh', () => {
    const lifetime = {
      sid: 'a',
      expiries: [
        { at: 0, expiresAt: 100 },
        { at: 50, expiresAt: 150 },
      ],
      end: null,
    };
    const stretch = { kind: 'played', from: 0, to: 200, weight: 1 } as const;
    const even = createScale({ stretches: [stretch], ticks: [], end: 200, totalWeight: 1 }, 222);
    expect(ttlCurve(lifetime, even, 100, 0, 10).line).toBe(
      'M11.0 10.0L11.0 0.0L61.0 5.0L61.0 0.0L161.0 10.0L161.0 10.0',
    );
  });

  test('stays at the top for a record without an expiry', () => {
    const lifetime = { sid: 'a', expiries: [{ at: 0, expiresAt: null }], end: null };
    const ys = [...ttlCurve(lifetime, scale, 0, 3, 15).line.matchAll(/ ([\d.]+)/g)].map(([, y]) => Number(y));
    expect(ys.length).toBeGreaterThan(2);
    expect(ys).toEqual([15, ...ys.slice(1).map(() => 3)]);
  });
});
