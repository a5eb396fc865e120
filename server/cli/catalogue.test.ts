import { expect, test } from 'vitest';
import { scenarios } from '../../scenarios/index.ts';
import { catalogue } from './catalogue.ts';

test('each scenario is found by its slug, without the others', async () => {
  const found = await Promise.all(scenarios.map(({ slug }) => catalogue.named(slug)));
  expect(found).toEqual(scenarios);
});

test.each(['index', 'engine', 'no-such-scenario', '../server/main', 'engine/scenario', 'session-fixation.ts', ''])(
  '"%s" is no scenario',
  async (word) => {
    expect(await catalogue.named(word)).toBeUndefined();
  },
);
