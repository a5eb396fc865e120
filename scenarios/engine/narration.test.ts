import { expect, test } from 'vitest';
import { narrationFor, narrationsIn, toldIn } from './narration.ts';

const times = { idle: 1_800_000 };
const outline = (narration: Parameters<typeof narrationsIn>[0]) => ({
  title: '',
  purpose: '',
  ask: null,
  ...narrationsIn(narration, times),
});

test('a reader of one variant is told of that one, and a reader of both is told of both', () => {
  const step = outline({ vulnerable: 'It stays for {idle}.', protected: 'It is deleted.', both: 'One is deleted.' });
  expect([null, 'vulnerable' as const, 'protected' as const].map((variant) => narrationFor(step, variant))).toEqual([
    'One is deleted.',
    'It stays for 30 minutes.',
    'It is deleted.',
  ]);
});

test('one narration is for everybody', () => {
  expect(narrationFor(outline('Lasts {idle}.'), 'protected')).toBe('Lasts 30 minutes.');
});

test('what looks like the fix is told neither that it holds nor that it does not', () => {
  expect(toldIn({ variant: 'protected' })).toBe('protected');
  expect(toldIn({ variant: 'vulnerable' })).toBe('vulnerable');
  expect(toldIn({ variant: 'protected', repair: 'login-copies-session' })).toBeNull();
});
