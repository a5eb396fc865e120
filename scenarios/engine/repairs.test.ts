import { expect, test } from 'vitest';
import { appName, laidOver, outlineRepairs, type Repairs, requireRepair, runName } from './repairs.ts';

const text = (title: string) => ({ title, idea: 'It ends after {idle}.', because: 'So it is.' });
const repairs: Repairs = {
  fix: text('Right'),
  decoys: [
    { ...text('Wrong'), file: 'wrong', fails: { step: 2, answer: 'yes' } },
    { ...text('Worse'), file: 'worse', fails: { step: 3, status: 401 } },
  ],
};
const outlined = (slug: string) => outlineRepairs(slug, repairs, (text) => text.replace('{idle}', '30 minutes'));

test('a learner gets all repairs, with times in words, and not what their runs answer', () => {
  expect(outlined('a-lesson')).toHaveLength(3);
  expect(outlined('a-lesson')).toContainEqual({
    ...{ file: 'wrong', title: 'Wrong', step: 1 },
    ...{ idea: 'It ends after 30 minutes.', because: 'So it is.' },
  });
  expect(outlined('a-lesson')).toContainEqual(expect.objectContaining({ file: null, title: 'Right', step: null }));
});

test('their order is always the same for a scenario, and the place of the fix differs between scenarios', () => {
  expect(outlined('a-lesson')).toEqual(outlined('a-lesson'));
  const places = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'].map((slug) =>
    outlined(slug).findIndex(({ file }) => file === null),
  );
  expect(new Set(places).size).toBe(3);
});

test('only a repair of the scenario itself is played, and only in place of the fix', () => {
  const scenario = { slug: 'a-lesson', repairs };
  const play = (repair: string | undefined, variant: 'vulnerable' | 'protected' = 'protected') =>
    requireRepair(scenario, { variant, repair });
  expect(() => play(undefined, 'vulnerable')).not.toThrow();
  expect(() => play('wrong')).not.toThrow();
  expect(() => play('login-keeps-session-id')).toThrow(
    'Scenario "a-lesson" has no repair "login-keeps-session-id". It has wrong, worse.',
  );
  expect(() => requireRepair({ slug: 'bare' }, { variant: 'protected', repair: 'wrong' })).toThrow('It has none.');
  expect(() => play('wrong', 'vulnerable')).toThrow('play it with the variant protected.');
});

test('a run is named after what was laid over the app', () => {
  const scenario = { weakness: 'weak' } as never;
  const vulnerable = { variant: 'vulnerable', scenario } as const;
  const fixed = { variant: 'protected', scenario } as const;
  const repaired = { ...fixed, repair: 'wrong' };
  expect([vulnerable, fixed, repaired].map(laidOver)).toEqual(['weak', null, 'wrong']);
  expect([vulnerable, fixed, repaired].map(runName)).toEqual(['vulnerable', 'protected', 'wrong']);
  expect([vulnerable, fixed, repaired].map(appName)).toEqual([
    'Vulnerable app',
    'Protected app',
    'App with the repair wrong',
  ]);
});
