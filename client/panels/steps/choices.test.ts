import { describe, expect, test } from 'vitest';
import { outline, storesOf } from '../../../scenarios/engine/scenario.ts';
import type { Answer, AskOutline, ScenarioOutline } from '../../../scenarios/engine/trace.ts';
import { scenarios } from '../../../scenarios/index.ts';
import { choicesFor } from './choices.ts';

const person = (label: string) => ({ name: label.toLowerCase(), label, role: 'person' }) as const;
const among = (...asks: AskOutline[]) =>
  ({
    slug: 'a-lesson',
    actors: [person('Alice'), person('Mallory')],
    steps: asks.map((ask) => ({ title: '', purpose: '', narration: '', ask })),
  }) satisfies Pick<ScenarioOutline, 'slug' | 'actors' | 'steps'>;
const ask = (question: string, vulnerable: Answer, fixed: Answer): AskOutline => ({
  question,
  vulnerable,
  protected: fixed,
});
const choices = (question: string, vulnerable: Answer, fixed: Answer) => {
  const asked = ask(question, vulnerable, fixed);
  return choicesFor(asked, among(asked));
};

test.each<[string, Answer, Answer, Answer[]]>([
  ['Is it there?', 'yes', 'yes', ['yes', 'no']],
  ['Is it there?', false, true, [true, false]],
  ['Does it end with the cookie?', 'no, much later', 'yes', ['yes', 'no, much later']],
  ['Does Alice still use it?', 'the same id', 'a new id', ['a new id', 'the same id']],
  ['Does Alice still use it?', 'a new id', 'a new id', ['a new id', 'the same id']],
  ['What does the shop answer?', 401, 200, [200, 401, 403]],
  ['What does the shop answer?', 403, 403, [200, 401, 403]],
  ['What does the shop answer?', 201, 201, [201, 401, 403]],
  ['What does the shop answer?', 500, 503, [401, 500, 503]],
  ['What does the phone get?', 'no answer', 503, [401, 503, 'no answer']],
  ['Who is she?', 'alice@shop.example', 'nobody', ['alice@shop.example', 'mallory@shop.example', 'nobody']],
  ['Whose account is it?', 'nobody’s', 'nobody’s', ['alice@shop.example', 'mallory@shop.example', 'nobody’s']],
  ['Which e-mail?', 'alice@shop.example', 'no e-mail', ['alice@shop.example', 'mallory@shop.example', 'no e-mail']],
  ['What is in it?', 'hat, ring', 'hat, ring', ['hat', 'hat, ring', 'ring']],
  ['Which devices?', 'laptop and phone', 'laptop', ['laptop', 'laptop and phone', 'phone']],
  ['What does it do?', 'it is silent', 'it warns', ['it is silent', 'it warns']],
  ['How long are they?', '32 and 43', '32 and 43', ['31 and 43', '32 and 43', '43 and 32']],
  ['What, and was it written?', '401, yes', '401, yes', ['200, yes', '401, no', '401, yes']],
  ['What twice?', '401, 401', '401, 401', ['200, 401', '401, 200', '401, 401']],
])('%s %j or %j: %j', (question, vulnerable, fixed, expected) => {
  expect(choices(question, vulnerable, fixed)).toEqual(expected);
});

describe('numbers', () => {
  test.each([
    [5, 10, [5, 8, 10]],
    [3, 1, [1, 2, 3]],
    [1, 0, [0, 1, 2]],
  ])('that differ, %j and %j', (vulnerable, fixed, expected) => {
    expect(choices('How many are there?', vulnerable, fixed)).toEqual(expected);
  });

  test('where both are the same, have neighbours, and stand now here and now there among them', () => {
    const places = ['one', 'two', 'three', 'four', 'five', 'six'].map((question) => choices(question, 4, 4).indexOf(4));
    expect(new Set(places)).toEqual(new Set([0, 1, 2]));
  });

  test('below nothing there are none', () => {
    expect(choices('How many?', 0, 0)).toEqual([0, 1, 2]);
  });

  test('a count that looks like a status code is a count, and is far from what it is compared with', () => {
    expect(choices('For how many days?', 400, 400)).not.toContain(401);
    expect(choices('How many of the ten are answered 200?', 5, 10)).toEqual([5, 8, 10]);
  });
});

test('what the same question is answered with elsewhere in the scenario is a choice', () => {
  const [first, second] = [ask('Which one?', 'the first', 'the first'), ask('Which one?', 'the second', 'the third')];
  expect(choicesFor(first!, among(first!, second!))).toEqual(['the first', 'the second', 'the third']);
});

test('without anything to choose from there is one choice, and so nothing to predict', () => {
  expect(choices('Which host?', 'localhost', 'localhost')).toEqual(['localhost']);
});

const all = scenarios.flatMap((scenario) => {
  const told = outline(scenario, 'jump', storesOf(scenario)[0]!);
  return told.steps.flatMap((step) => (step.ask ? [{ told, asked: step.ask }] : []));
});

test('of every ask both answers are among the choices, which are two or three', () => {
  for (const { told, asked } of all) {
    const offered = choicesFor(asked, told);
    expect(offered).toContain(asked.vulnerable);
    expect(offered).toContain(asked.protected);
    expect(offered.length).toBeLessThanOrEqual(3);
    expect(new Set(offered.map(String)).size).toBe(offered.length);
  }
});

test('nearly every ask can be predicted', () => {
  const silent = all.filter(({ told, asked }) => choicesFor(asked, told).length < 2);
  expect(silent.length).toBeLessThan(all.length / 50);
});
