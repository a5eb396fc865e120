import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { tutorial } from '../scenarios/engine/tutorial.ts';
import { scenarios } from '../scenarios/index.ts';
import { asMarkdown, file } from './tutorial.ts';

const lines = tutorial.flatMap((part) => part.lines);

test('docs/tutorial.md is up to date (npm run docs:tutorial updates it)', () => {
  expect(readFileSync(file, 'utf8').replaceAll('\r\n', '\n')).toBe(asMarkdown());
});

test.each(lines)('"$says" is shown by scenarios that exist', ({ shownBy }) => {
  expect(shownBy.length).toBeGreaterThan(0);
  for (const slug of shownBy) expect(scenarios.map((scenario) => scenario.slug)).toContain(slug);
});

// A line that does not hold needs a lesson in which the tutorial's way fails.
test.each(lines.filter(({ verdict }) => verdict !== 'so'))(
  'a lesson makes the difference seen: "$says"',
  ({ shownBy }) => {
    const asks = scenarios
      .filter(({ slug }) => shownBy.includes(slug))
      .flatMap(({ steps }) => steps.flatMap(({ ask }) => ask ?? []));
    expect(asks.some((ask) => JSON.stringify(ask.vulnerable) !== JSON.stringify(ask.protected))).toBe(true);
  },
);
