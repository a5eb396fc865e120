import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { affected, watch } from './watch.ts';

test('what depends on a file that has changed is affected', () => {
  const dependencies = new Map([
    ['a.ts', new Set(['a.ts', 'shared.ts'])],
    ['b.ts', new Set(['b.ts', 'shared.ts'])],
    ['c.ts', new Set(['c.ts'])],
  ]);
  expect(affected(dependencies, new Set(['shared.ts']))).toEqual(['a.ts', 'b.ts']);
  expect(affected(dependencies, new Set(['c.ts', 'unknown.ts']))).toEqual(['c.ts']);
});

test('everything is played at first, then what changes: written in place, replaced, or while others are played', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'session-sandbox-watch-'));
  const [one, two, shared] = ['one.ts', 'two.ts', 'shared.ts'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  for (const file of [one, two, shared]) writeFileSync(file, 'before');
  const ending = new AbortController();
  const played: (readonly string[])[] = [];
  const watching = watch({
    dependencies: () =>
      new Map([
        [one, new Set([one, shared])],
        [two, new Set([two, shared])],
      ]),
    async play(files) {
      played.push(files);
      // The first time, a file changes meanwhile.
      if (played.length === 1) writeFileSync(one, 'while it is played');
    },
    signal: ending.signal,
  });
  const untilPlayed = (expected: string[][]) => vi.waitFor(() => expect(played).toEqual(expected), { timeout: 10_000 });
  const expected = [[one, two], [one]];
  await untilPlayed(expected);
  await new Promise((resolve) => setTimeout(resolve, 50));
  writeFileSync(join(folder, 'draft'), 'replaces it');
  renameSync(join(folder, 'draft'), two);
  await untilPlayed([...expected, [two]]);
  await new Promise((resolve) => setTimeout(resolve, 50));
  writeFileSync(shared, 'of both');
  await untilPlayed([...expected, [two], [one, two]]);
  ending.abort();
  await watching;
  rmSync(folder, { recursive: true });
});
