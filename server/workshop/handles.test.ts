import { expect, test } from 'vitest';
import { handles, newHandle } from './handles.ts';

test('a handle is an adjective and an animal, short and in plain letters', () => {
  expect(handles.filter((handle) => !/^[a-z]{4,11} [a-z]{3,12}$/.test(handle))).toEqual([]);
});

test('a room of two hundred gets handles that look random', () => {
  const [adjectives, animals] = [0, 1].map((word) => new Set(handles.map((handle) => handle.split(' ')[word])));
  expect(adjectives!.size).toBeGreaterThanOrEqual(60);
  expect(animals!.size).toBeGreaterThanOrEqual(60);
  expect(new Set(handles).size).toBe(adjectives!.size * animals!.size);
});

test('two hundred people have two hundred handles, in no order', () => {
  const taken = new Set<string>();
  for (let person = 0; person < 200; person += 1) taken.add(newHandle(taken));
  expect(taken.size).toBe(200);
  expect([...taken]).not.toEqual([...taken].toSorted());
  expect(new Set([...taken].map((handle) => handle[0])).size).toBeGreaterThan(5);
});

test('the last free handle is found, and after it they are numbered', () => {
  const [last, ...others] = handles;
  expect(newHandle(new Set(others))).toBe(last);
  expect(newHandle(new Set(handles))).toMatch(/^[a-z]+ [a-z]+ 2$/);
});
