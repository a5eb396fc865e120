import { expect, test } from 'vitest';
import { hours, minutes, seconds } from '../../../../scenarios/engine/durations.ts';
import { type Limits, usualLimits } from '../../../../scenarios/engine/limits.ts';
import type { Variant } from '../../../../scenarios/engine/trace.ts';
import { weaknessNames } from '../../../../server/weaknesses/index.ts';
import { header } from '../../../../testing/trace.ts';
import { knownWeaknesses, limitsOfRun } from './limitsOfRun.ts';

const run = (weakness: string | null, variant: Variant, limits = { idle: minutes(30), absolute: hours(8) }) =>
  limitsOfRun({ ...header, limits, variant, scenario: { ...header.scenario, weakness } });

test.each<[weakness: string | null, variant: Variant, change: Partial<Limits>]>([
  [null, 'vulnerable', {}],
  ['login-keeps-session-id', 'vulnerable', {}],
  ['cookie-not-renewed', 'protected', {}],
  ['cookie-not-renewed', 'vulnerable', { rolling: false }],
  ['no-absolute-limit', 'vulnerable', { absolute: null }],
  ['idle-limit-only-in-the-cookie', 'vulnerable', { idle: hours(24) }],
])(
  'the sliders start at the limits of the app: with %s, %s, they are the usual ones and %o',
  (weakness, variant, change) => {
    expect(run(weakness, variant)).toEqual({ ...usualLimits, ...change });
  },
);

test('the limits of a scenario are taken over if the sliders offer them', () => {
  expect(run(null, 'protected', { idle: minutes(10), absolute: hours(1) })).toMatchObject({
    maxAge: minutes(10),
    absolute: hours(1),
  });
  expect(run(null, 'protected', { idle: seconds(6), absolute: seconds(11) })).toEqual(usualLimits);
});

test('every weakness that changes a slider exists', () => {
  expect(weaknessNames).toEqual(expect.arrayContaining(knownWeaknesses));
});
