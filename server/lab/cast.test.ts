import { expect, test } from 'vitest';
import type { World } from '../../scenarios/engine/cast.ts';
import type { LabActor } from './browser/actor.ts';
import { castOf } from './cast.ts';

const alice = { name: 'alice' } as LabActor;
const world = {} as World;
const cast = castOf([alice], world);

test('the cast has the actors by name, and the world', () => {
  expect(cast.alice).toBe(alice);
  expect(cast.world).toBe(world);
  expect(Object.keys(cast)).toEqual(['alice', 'world']);
});

test('reading somebody else throws an error that names the cast', () => {
  expect(() => cast.bob).toThrow('There is no "bob" in the cast of this scenario; there are alice, world.');
  expect(() => cast.constructor).toThrow('There is no "constructor"');
});

test('the cast can be awaited, printed and spread like any object', async () => {
  expect(await cast).toBe(cast);
  expect(JSON.stringify(cast)).toBe('{"alice":{"name":"alice"},"world":{}}');
  expect({ ...cast }).toEqual({ alice, world });
});
