import { expect, test } from 'vitest';
import type { KeyView } from '../../../scenarios/engine/marks.ts';
import type { KeyCause } from '../../../scenarios/engine/trace.ts';
import { changeWord, told } from './told.ts';

const nameOf = (command: number) => (command === 7 ? 'del' : undefined);
const key = (change: KeyView['change'], mark: KeyView['mark'], cause: KeyCause) => ({ change, mark, cause }) as KeyView;

test.each<[string, KeyView, string]>([
  ['the command that did it', key('deleted', 'removed', { by: 'command', command: 7 }), 'deleted by DEL'],
  ['a hand on the page', key('deleted', 'removed', { by: 'manual' }), 'deleted by hand'],
  ['somebody with redis-cli', key('deleted', 'removed', { by: 'outside' }), 'deleted from outside the sandbox'],
  ['the clock', key('expired', 'removed', { by: 'time' }), 'expired its time to live was over'],
  ['a refresh', key('ttl', 'changed', { by: 'command', command: 99 }), 'TTL by a command'],
  ['long ago', key('set', null, { by: 'command', command: 7 }), ' last changed by DEL'],
])('it names %s', (_, shown, words) => {
  expect(`${changeWord(shown)} ${told(shown, nameOf)}`).toBe(words);
});
