import { expect, test } from 'vitest';
import type { KeyView } from '../../../scenarios/engine/marks.ts';
import { header, keySet, traceOf } from '../../../testing/trace.ts';
import { arrangeKeys, placesOfKeys } from './arrange.ts';

const key = (name: string, more: Partial<KeyView> = {}) =>
  ({ key: name, name, sid: /^sess:(.*)/.exec(name)?.[1] ?? null, mark: null, ...more }) as KeyView;
const records = (count: number) => Array.from({ length: count }, (_, index) => key(`sess:${index}`));
const places = (keys: readonly KeyView[]) => new Map(keys.map(({ key }, index) => [key, index]));
const names = (keys: readonly KeyView[]) => keys.map(({ name }) => name).join(' ');
const arrange = (keys: KeyView[], held: string[] = [], subject = ['sess:']) =>
  arrangeKeys(keys, subject, places(keys), new Set(held)).map(({ group, shown, rest }) => [
    group,
    names(shown),
    names(rest),
  ]);

test('the subject comes first, then the other kinds, each in the order in which the trace shows them first', () => {
  const keys = ['basket:z', 'sess:z', 'throttle:a', 'sess:a', 'basket:a'].map((name) => key(name));
  expect(arrange(keys)).toEqual([
    ['session record', 'sess:z sess:a', ''],
    ['basket', 'basket:z basket:a', ''],
    ['throttle', 'throttle:a', ''],
  ]);
  expect(arrange(keys, [], ['throttle:', 'sess:']).map(([group]) => group)).toEqual([
    'throttle',
    'session record',
    'basket',
  ]);
});

test('many of a kind are grouped, but not those that changed or that a browser holds a cookie for', () => {
  const keys = records(50);
  expect(arrange(keys)[0]![1]).toBe('sess:0 sess:1 sess:2 sess:3 sess:4 sess:5');
  expect(arrange(keys)[0]![2]!.split(' ')).toHaveLength(44);
  const changed = keys.map((one, index) => (index === 30 ? { ...one, mark: 'changed' as const } : one));
  expect(arrange(changed, ['48', '49'])[0]![1]).toBe('sess:0 sess:1 sess:2 sess:30 sess:48 sess:49');
  const added = keys.map((one) => ({ ...one, mark: 'added' as const }));
  expect(arrange(added)[0]![2]!.split(' ')).toHaveLength(44);
  expect(arrange(records(8))[0]![2]).toBe('');
});

test('the place of a key is that of its first change', () => {
  const { events } = traceOf(keySet('sess:b', '1'), keySet('sess:a', '1'), keySet('sess:b', '2'));
  expect([...placesOfKeys(events)]).toEqual([
    [`${header.namespace}sess:b`, 0],
    [`${header.namespace}sess:a`, 1],
  ]);
});
