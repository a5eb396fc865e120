import { expect, test } from 'vitest';
import { outline } from '../../scenarios/engine/scenario.ts';
import { scenarios } from '../../scenarios/index.ts';
import { preferredStore } from './preferredStore.ts';

const preferred = (store: 'mock' | 'real') =>
  scenarios.filter((scenario) => preferredStore(outline(scenario, 'jump', store))).map(({ slug }) => slug);

test('only the scenario about the difference of the stores prefers the real one, and nothing prefers the mock', () => {
  expect(preferred('mock')).toEqual(['version-trap']);
  expect(preferred('real')).toEqual([]);
});
