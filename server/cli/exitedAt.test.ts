import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { exitedAt } from './exitedAt.ts';

const lessons = resolve('/lessons');
const mine = join(lessons, 'mine.ts');
const deep = join('deep', 'mine.ts');
const elsewhere = resolve('/elsewhere/helper (one).js');

const stackOf = (...frames: string[]) =>
  [
    'Error',
    '    at process.<anonymous> (/sandbox/process.ts:59:19)',
    '    at process.emit (node:events:518:28)',
    ...frames,
  ].join('\n');
const exit = '    at process.exit (node:internal/process/per_thread:189:13)';

test.each([
  [[exit, `    at ${pathToFileURL(mine).href}:1:9`], 'mine.ts:1:9'],
  [[exit, `    at ${mine}:1:9`], 'mine.ts:1:9'],
  [
    [exit, `    at Object.act (${join(lessons, deep)}:12:15)`, '    at async play (/sandbox/play.ts:3:4)'],
    `${deep}:12:15`,
  ],
  [[exit, `    at leave (${pathToFileURL(elsewhere).href}:3:4)`], `${elsewhere}:3:4`],
  // Nothing was left to do.
  [[], null],
  [[exit], null],
  [[exit, '    at node:internal/main/run_main_module:36:49'], null],
])('%j is named %j', (frames, place) => {
  expect(exitedAt(stackOf(...frames), lessons)).toBe(place);
});
