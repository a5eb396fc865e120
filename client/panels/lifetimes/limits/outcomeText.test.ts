import { expect, test } from 'vitest';
import { hours, minutes, seconds } from '../../../../scenarios/engine/durations.ts';
import { type Limits, modelClicks, usualLimits } from '../../../../scenarios/engine/limits.ts';
import { agreementText, leftoverText, outcomeText } from './outcomeText.ts';

test.each<[change: Partial<Limits>, outcome: string, leftover: string | null]>([
  [
    {},
    'Alice stays logged in for 8 h; then the absolute limit ends her session, although she clicks every 5 min.',
    null,
  ],
  [
    { absolute: minutes(30), every: minutes(20) },
    'Alice stays logged in for 30 min; then the absolute limit ends her session, although she clicks every 20 min.',
    'The record stays in Redis until her next click, 10 min later: only a request finds out.',
  ],
  [
    { every: hours(1) },
    'Alice stays logged in for 30 min; then cookie and record expire, because she clicks every 1 h only.',
    null,
  ],
  [
    { rolling: false },
    'Alice stays logged in for 30 min; then her browser drops the cookie, which no click renews, because rolling is off.',
    'The record stays in Redis for 25 min more: a copy of the cookie still works.',
  ],
  [
    { maxAge: minutes(10), idle: hours(1), every: minutes(20) },
    'Alice stays logged in for 10 min; then her browser drops the cookie, because she clicks every 20 min only.',
    'The record stays in Redis for 50 min more: a copy of the cookie still works.',
  ],
  [
    { maxAge: null, idle: minutes(10), every: minutes(20) },
    'Alice stays logged in for 10 min; then Redis deletes the record, because she clicks every 20 min only.',
    'The browser still sends the cookie, but it names no record.',
  ],
  [
    { absolute: null },
    'Alice is still logged in 8 h 20 min after her login, and nothing ends her session as long as she clicks.',
    null,
  ],
  [
    { absolute: hours(24) },
    'Alice is still logged in 8 h 20 min after her login, and the absolute limit ends her session only after 24 h.',
    null,
  ],
  [
    { absolute: null, rolling: false, maxAge: hours(12) },
    'Alice is still logged in 8 h 20 min after her login, and her browser drops the cookie only after 12 h.',
    null,
  ],
])('the usual limits with %o', (change, outcome, leftover) => {
  const limits = { ...usualLimits, ...change };
  const clicks = modelClicks(limits);
  expect(outcomeText(limits, clicks)).toBe(outcome);
  expect(leftoverText(limits, clicks)).toBe(leftover);
});

test('says whether the app did the same, and where not', () => {
  const model = modelClicks({ ...usualLimits, every: hours(1) });
  expect(agreementText(model, model, 'real')).toMatch(/^The app did the same on the real Redis: a login and 1 click, /);
  const [login, click] = model;
  expect(agreementText(model, [login!, { ...click!, status: 200 }], 'mock')).toBe(
    'The app did something else: at click 1, the model says 401, and the app 200.',
  );
  expect(agreementText(model, [{ ...login!, record: seconds(30) }, click!], 'mock')).toBe(
    'The app did something else: after the login, the cookie or the record has another time left.',
  );
});
