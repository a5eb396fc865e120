import { expect, test } from 'vitest';
import { placeOfSid, sidsIn } from './sidsIn.ts';

test.each([
  ['', []],
  ['nothing of the kind', []],
  ['sess:aaaa is longer than aaa', ['aaaa', 'aaa']],
  ['bbbb, then aaaa, then bbbb again', ['aaaa', 'aaa', 'bbbb']],
  ['xbbbby', ['bbbb']],
])('in "%s"', (text, found) => {
  expect(sidsIn(text, ['aaaa', 'aaa', 'bbbb', 'cccc'])).toEqual(found);
});

test('a place is that in the list', () => {
  const sids = ['one', 'two', 'one'];
  expect(['one', 'two', 'three'].map((sid) => placeOfSid(sid, sids))).toEqual([0, 1, -1]);
});

test('a thousand texts are searched for twenty thousand of them at once', () => {
  const sids = Array.from({ length: 20_000 }, (_, index) => `S${index}`.padEnd(32, 'x'));
  const started = performance.now();
  for (let count = 0; count < 1000; count++) expect(sidsIn(`sess:${sids[count * 7]} is set`, sids)).toHaveLength(1);
  expect(performance.now() - started).toBeLessThan(2000);
});
