import { describe, expect, test } from 'vitest';
import { scenarios } from '../index.ts';
import { choicesFor } from './choices.ts';
import { outline, storesOf } from './scenario.ts';
import type { Answer, AskOutline, ScenarioOutline } from './trace.ts';

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
  ['Does Alice still use it?', 'the same ID', 'a new ID', ['a new ID', 'the same ID']],
  ['Does Alice still use it?', 'a new ID', 'a new ID', ['a new ID', 'the same ID']],
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
])('the choices for %s with the answers %j and %j are %j', (question, vulnerable, fixed, expected) => {
  expect(choices(question, vulnerable, fixed)).toEqual(expected);
});

describe('numbers', () => {
  test.each([
    [5, 10, [5, 8, 10]],
    [3, 1, [1, 2, 3]],
    [1, 0, [0, 1, 2]],
  ])('that differ, %j and %j, get one between or next to them', (vulnerable, fixed, expected) => {
    expect(choices('How many are there?', vulnerable, fixed)).toEqual(expected);
  });

  test('that are the same get adjacent ones, and their place among them varies', () => {
    const places = ['one', 'two', 'three', 'four', 'five', 'six'].map((question) => choices(question, 4, 4).indexOf(4));
    expect(new Set(places)).toEqual(new Set([0, 1, 2]));
  });

  test('are never negative', () => {
    expect(choices('How many?', 0, 0)).toEqual([0, 1, 2]);
  });

  test('that look like a status code but are a count get choices that are far from them', () => {
    expect(choices('For how many days?', 400, 400)).not.toContain(401);
    expect(choices('How many of the ten are answered 200?', 5, 10)).toEqual([5, 8, 10]);
  });
});

test('answers to the same question at other steps are choices', () => {
  const [first, second] = [ask('Which one?', 'the first', 'the first'), ask('Which one?', 'the second', 'the third')];
  expect(choicesFor(first!, among(first!, second!))).toEqual(['the first', 'the second', 'the third']);
});

test('without a plausible second answer there is one choice, so nothing to predict', () => {
  expect(choices('Which host?', 'localhost', 'localhost')).toEqual(['localhost']);
});

const all = scenarios.flatMap((scenario) => {
  const outlined = outline(scenario, 'jump', storesOf(scenario)[0]!);
  return outlined.steps.flatMap((step) => (step.ask ? [{ outlined, asked: step.ask }] : []));
});

test('the choices of every ask include both answers, and are at most three', () => {
  for (const { outlined, asked } of all) {
    const offered = choicesFor(asked, outlined);
    expect(offered).toContain(asked.vulnerable);
    expect(offered).toContain(asked.protected);
    expect(offered.length).toBeLessThanOrEqual(3);
    expect(new Set(offered.map(String)).size).toBe(offered.length);
  }
});

test('nearly every ask can be predicted', () => {
  const unpredictable = all.filter(({ outlined, asked }) => choicesFor(asked, outlined).length < 2);
  expect(unpredictable.length).toBeLessThan(all.length / 50);
});
