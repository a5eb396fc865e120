import { expect, test } from 'vitest';
import type { ScenarioOutline } from '../../scenarios/engine/trace.ts';
import { nextUnplayed, playedOf, scoreIn, scoreOf } from './progress.ts';

const scenarios = ['first', 'second', 'third'].map((slug) => ({ slug }) as ScenarioOutline);
const played = { played: ['protected' as const], predicted: {} };

test('a score counts the right predictions and all predictions', () => {
  const predicted = { 'vulnerable 1': true, 'vulnerable 2': false, 'protected 1': true };
  expect(scoreOf([{ played: [], predicted }, played])).toEqual({ right: 2, of: 3 });
  expect(scoreOf([])).toEqual({ right: 0, of: 0 });
});

test('a scenario counts as played in either variant, but not for a prediction alone', () => {
  const predictedOnly = { played: [], predicted: { 'vulnerable 1': true } };
  expect(playedOf(scenarios, { second: played, third: predictedOnly, elsewhere: played })).toBe(1);
});

test('the next scenario is the first that was not played; there is none if all were', () => {
  expect(nextUnplayed(scenarios, {})?.slug).toBe('first');
  expect(nextUnplayed(scenarios, { first: played, third: played })?.slug).toBe('second');
  expect(nextUnplayed(scenarios, { first: played, second: played, third: played })).toBeNull();
});

test('the score in a scenario counts the questions that were predicted, of the variants that were played', () => {
  const asked = { title: '', purpose: '', narration: '', ask: { question: '', vulnerable: 1, protected: 2 } };
  const scenario = { steps: [asked, { ...asked, ask: null }, asked] };
  const learner = { played: [], predicted: { 'vulnerable 0': true, 'protected 2': false } };
  expect(scoreIn(scenario, learner, ['vulnerable'])).toEqual({ right: 1, of: 1 });
  expect(scoreIn(scenario, learner, ['vulnerable', 'protected'])).toEqual({ right: 1, of: 2 });
  expect(scoreIn(scenario, { played: [], predicted: {} }, ['vulnerable'])).toBe(null);
});
