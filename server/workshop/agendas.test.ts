import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { scenarios } from '../../scenarios/index.ts';
import { readAgenda } from './agenda.ts';
import { findAgenda, offeredAgendas, shippedAgenda, shippedAgendas } from './agendas.ts';

test.each(shippedAgendas)('%s is valid, and its minutes are those of its name', (name) => {
  const agenda = shippedAgenda(name);
  const total = agenda.scenarios.reduce((sum, { minutes }) => sum + minutes!, 0);
  expect(`${total}-minutes`).toBe(name);
  for (const { slug, minutes, notes, steps } of agenda.scenarios) {
    expect(notes, slug).not.toBe('');
    const inSteps = steps.reduce((sum, { minutes, notes }) => {
      expect(notes, slug).not.toBe('');
      return sum + minutes!;
    }, 0);
    expect(inSteps, slug).toBeLessThanOrEqual(minutes!);
    expect(scenarios.find((scenario) => scenario.slug === slug)?.needsRealRedis, slug).toBeUndefined();
  }
});

/** "Vulnerable: the same ID. Protected: a new ID." in the notes of a step must be what its ask answers in that variant. */
test.each(shippedAgendas)('the answers in the notes of %s are those of the scenarios', (name) => {
  let checked = 0;
  for (const { slug, steps } of shippedAgenda(name).scenarios) {
    const scenario = scenarios.find((scenario) => scenario.slug === slug)!;
    for (const { step, notes } of steps) {
      for (const [, word = '', said = ''] of notes.matchAll(/\b(Vulnerable|Protected): ([^.:,]+)[.,]/g)) {
        const expected = scenario.steps[step]!.ask?.[word === 'Vulnerable' ? 'vulnerable' : 'protected'];
        expect(
          sameAnswer(said.replace(/\s+/g, ' '), String(expected)),
          `${slug}, step ${step + 1}, ${word}: ${said} / ${expected}`,
        ).toBe(true);
        checked += 1;
      }
    }
  }
  expect(checked).toBeGreaterThan(5);
});

/** The notes may say "Alice" for "alice@shop.example", and add a word to a number: "2 orders". */
const sameAnswer = (said: string, expected: string) =>
  said === expected ||
  expected.startsWith(`${said.split(/[ ’]/)[0]!.toLowerCase()}@`) ||
  said.split(' ')[0] === expected.split(',')[0] ||
  (said === 'none' && expected === '0');

test('the page offers them', () =>
  expect(offeredAgendas()).toEqual([
    { name: '45-minutes', title: 'Session security in 45 minutes', minutes: 45 },
    { name: '90-minutes', title: 'Session security in 90 minutes', minutes: 90 },
    { name: '180-minutes', title: 'Session security in three hours', minutes: 180 },
  ]));

test('the command line finds them by name, and files by their path', () => {
  expect(findAgenda('45-minutes', '/nowhere').source).toBe('45-minutes');
  const folder = new URL('./agendas/', import.meta.url).pathname;
  expect(findAgenda('./90-minutes.md', folder)).toEqual({ ...shippedAgenda('90-minutes'), source: '90-minutes.md' });
});

test.each([
  ['45-minute', 'There is no such file. Did you mean 45-minutes?'],
  ['tuesday.md', 'There is no such file. These come with the sandbox: 45-minutes, 90-minutes, 180-minutes.'],
  ['.', 'It cannot be read (EISDIR).'],
])('%s is refused', (name, sentence) =>
  expect(() => findAgenda(name, '/')).toThrow(`${name} is not an agenda:\n${sentence}`),
);

test('the example of docs/workshop.md is an agenda', () => {
  const text = readFileSync(new URL('../../docs/workshop.md', import.meta.url), 'utf8');
  const [, example = ''] = /^````md\n(.*?)^````/ms.exec(text) ?? [];
  expect(readAgenda(example, 'docs/workshop.md', scenarios).scenarios).toMatchObject([
    { slug: 'first-login', variant: 'protected', minutes: 8 },
    { slug: 'session-fixation', variant: 'both', minutes: 15, steps: [{ step: 2, minutes: 4 }] },
  ]);
});
