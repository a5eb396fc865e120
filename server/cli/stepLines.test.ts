import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { scenarios } from '../../scenarios/index.ts';
import { stepLines } from './stepLines.ts';

test('a title is found in each kind of quotes, after the step before', () => {
  const source = [
    "const again = { title: 'Again' };",
    'steps: [',
    "  { title: 'Alice logs in' },",
    '  { title: "Bob\'s turn" },',
    "  { title: 'Alice logs in' },",
    '  { title: `He says \\`no\\`` },',
    '  again,',
    '  made(),',
    ']',
  ].join('\n');
  const titles = ['Alice logs in', "Bob's turn", 'Alice logs in', 'He says `no`', 'Again', 'Made by a function'];
  expect(stepLines(source, titles)).toEqual([3, 4, 5, 6, 1, null]);
});

test('every step of the catalogue is found on a line of its own, in order', () => {
  const lost = scenarios.flatMap(({ slug, steps }) => {
    const source = readFileSync(new URL(`../../scenarios/${slug}.ts`, import.meta.url), 'utf8');
    const lines = stepLines(
      source,
      steps.map(({ title }) => title),
    );
    const right = lines.every((line, index) => line !== null && (index === 0 || line > lines[index - 1]!));
    return right ? [] : [`${slug}: ${lines}`];
  });
  expect(lost).toEqual([]);
});
