import { describe, expect, test } from 'vitest';
import { hours, minutes } from './durations.ts';
import {
  type Click,
  firstDisagreement,
  type Limits,
  loginEnd,
  modelClicks,
  mostClicks,
  usualLimits,
} from './limits.ts';

// Whether the model is true is tested where the app is: server/lab/limits.test.ts.

const endOf = (change: Partial<Limits>) => {
  const limits = { ...usualLimits, ...change };
  return loginEnd(modelClicks(limits), limits);
};

test.each<[change: Partial<Limits>, end: ReturnType<typeof loginEnd>]>([
  [{}, { at: hours(8), by: 'absolute' }],
  [{ rolling: false }, { at: minutes(30), by: 'cookie' }],
  [{ every: minutes(30) }, { at: minutes(30), by: 'both' }],
  [
    { idle: minutes(10), every: minutes(20) },
    { at: minutes(10), by: 'record' },
  ],
  // A request finds out later; but no request would have been accepted since.
  [
    { absolute: minutes(50), every: minutes(20) },
    { at: minutes(50), by: 'absolute' },
  ],
  [{ absolute: null }, null],
])('the usual limits with %o end the login: %o', (change, end) => expect(endOf(change)).toEqual(end));

describe('the clicks', () => {
  test('end with the first one that is refused', () => {
    const clicks = modelClicks({ ...usualLimits, absolute: minutes(15) });
    expect(clicks.map(({ at, status }) => [at / minutes(1), status])).toEqual([
      [0, 200],
      [5, 200],
      [10, 200],
      [15, 401],
    ]);
    expect(clicks.at(-1)).toMatchObject({ cookie: 'gone', record: 'gone' });
  });

  test('end after a hundred', () => {
    expect(modelClicks({ ...usualLimits, absolute: null })).toHaveLength(1 + mostClicks);
  });

  test('renew the record always, the cookie only if it is rolling', () => {
    const left = (rolling: boolean) => {
      const { cookie, record } = modelClicks({ ...usualLimits, rolling })[1]!;
      return { cookie, record };
    };
    expect(left(true)).toEqual({ cookie: minutes(30), record: minutes(30) });
    expect(left(false)).toEqual({ cookie: minutes(25), record: minutes(30) });
  });

  test('leave a cookie without maxAge until the browser is closed, and its record for a day', () => {
    const [login] = modelClicks({ ...usualLimits, maxAge: null });
    expect(login).toMatchObject({ cookie: 'no expiry', record: hours(24) });
  });
});

describe('two runs', () => {
  const model = modelClicks({ ...usualLimits, rolling: false });
  const changed = (index: number, change: Partial<Click>) =>
    model.map((click, at) => (at === index ? { ...click, ...change } : click));

  test('agree although one of them takes time', () => {
    const late = model.map(({ at, ...click }, index) => ({
      ...click,
      at: at + 7 * index,
      record: lessOne(click.record),
    }));
    expect(firstDisagreement(model, late)).toBeNull();
  });

  test('agree where the clicks of one run are later, on what they renew and on what they do not', () => {
    const late = model.map((click, index) => ({ ...click, at: click.at + 3000 * index }));
    expect(firstDisagreement(model, late)).toBeNull();
    const unrenewed = modelClicks({ ...usualLimits, rolling: false });
    const lateUnrenewed = unrenewed.map((click, index) =>
      typeof click.cookie === 'number'
        ? { ...click, at: click.at + 3000 * index, cookie: click.cookie - 3000 * index }
        : click,
    );
    expect(firstDisagreement(unrenewed, lateUnrenewed)).toBeNull();
  });

  test.each<[about: string, other: readonly Click[], differs: number]>([
    ['an answer', changed(2, { status: 401 }), 2],
    ['a cookie', changed(3, { cookie: 'gone' }), 3],
    ['a record', changed(1, { record: minutes(29) }), 1],
    ['their length', model.slice(0, 4), 4],
  ])('differ in %s', (_, other, differs) => {
    expect(firstDisagreement(model, other)).toBe(differs);
    expect(firstDisagreement(other, model)).toBe(differs);
  });
});

const lessOne = (left: Click['record']) => (typeof left === 'number' ? left - 1000 : left);
