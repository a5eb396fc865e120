import { expect, test } from 'vitest';
import { fillDurations, hours, inWords, minutes, seconds, span } from './durations.ts';

test.each([
  [seconds(1), '1 second'],
  [seconds(90), '90 seconds'],
  [minutes(1), '1 minute'],
  [minutes(30), '30 minutes'],
  [minutes(90), '90 minutes'],
  [hours(1), '1 hour'],
  [hours(8), '8 hours'],
  [1500, '1.5 seconds'],
  [0, '0 seconds'],
])('%d ms are %s', (ms, words) => {
  expect(inWords(ms)).toBe(words);
});

test.each([
  ['after {idle} and {idle} again', 'after 30 minutes and 30 minutes again'],
  ['after {idle}, not {coffee}', 'after 30 minutes, not 2 seconds'],
  ['after {unknown}', 'after {unknown}'],
  ['{ idle } {} {toString}', '{ idle } {} {toString}'],
  ['nothing to fill', 'nothing to fill'],
])('"%s" becomes "%s"', (text, filled) => {
  expect(fillDurations(text, { idle: minutes(30), coffee: seconds(2) })).toBe(filled);
});

test.each([
  [-5, '0 s'],
  [999, '0 s'],
  [seconds(12), '12 s'],
  [minutes(1), '1 min'],
  [minutes(29) + seconds(55), '29 min 55 s'],
  [hours(1) + minutes(2) + seconds(30), '1 h 2 min'],
  [hours(1) + seconds(5), '1 h'],
  [hours(24), '1 d'],
  [hours(400 * 24 + 3), '400 d 3 h'],
])('the span of %i ms is %s', (ms, text) => {
  expect(span(ms)).toBe(text);
});
