import { expect, test } from 'vitest';
import { createPasses, keyLifetime, newCode, readCode } from './passes.ts';

let time = 0;
const passes = () => createPasses(() => time);
const always = () => true;

test('a code is read as it is spoken and typed', () => {
  const code = newCode();
  expect(code).toMatch(/^[BCDFGHJKMPQRTVWXY346789]{6}$/);
  expect(readCode(` ${code.slice(0, 3).toLowerCase()}-${code.slice(3)} `)).toBe(code);
});

test('each token has its own holder', () => {
  const { admit, visitor } = passes();
  const [ada, bob] = [admit(), admit()];
  expect(visitor(ada.token)).toEqual(ada.visitor);
  expect(visitor(bob.token)!.id).not.toBe(ada.visitor.id);
  expect(visitor('')).toBeUndefined();
  expect(visitor(ada.visitor.id)).toBeUndefined();
});

test('a token of a room that has ended is told from one that nobody has', () => {
  const [before, now] = [passes(), passes()];
  const { token } = before.admit();
  expect(before.isOfAnother(token)).toBe(false);
  expect(now.isOfAnother(token)).toBe(true);
});

test('the first key works again, but only at this machine', () => {
  const { firstKey, redeem } = passes();
  const key = firstKey();
  expect(() => redeem(key, false, always)).toThrow(expect.objectContaining({ code: 'wrong-code' }));
  expect(redeem(key, true, always).visitor.role).toBe('driver');
  expect(redeem(key, true, always).visitor.role).toBe('driver');
});

test('the first key takes the room from nobody who drives, unless that is wanted', () => {
  const { firstKey, redeem, holds } = passes();
  const key = firstKey();
  const { visitor } = redeem(key, true, always);
  expect(() => redeem(key, true, () => false)).toThrow(expect.objectContaining({ code: 'already-driven' }));
  expect(holds(visitor)).toBe(true);
});

test('there is one driver: a token of the driver before no longer works', () => {
  const { firstKey, newKey, redeem, visitor, holds } = passes();
  const before = redeem(firstKey(), true, always);
  const after = redeem(newKey('driver'), false, () => false);
  expect(visitor(before.token)).toBeUndefined();
  expect(holds(before.visitor)).toBe(false);
  expect(holds(after.visitor)).toBe(true);
});

test('any other key works once, and for five minutes', () => {
  const { newKey, redeem } = passes();
  const [once, late] = [newKey('remote'), newKey('screen')];
  expect(redeem(once, false, always).visitor.role).toBe('remote');
  expect(() => redeem(once, false, always)).toThrow(expect.objectContaining({ code: 'wrong-code' }));
  time += keyLifetime + 1;
  expect(() => redeem(late, false, always)).toThrow(expect.objectContaining({ code: 'wrong-code' }));
});

test('who hands the room over gives away their phone, too; who comes back to it keeps it', () => {
  const { firstKey, newKey, redeem, visitor } = passes();
  const key = firstKey();
  redeem(key, true, always);
  const phone = redeem(newKey('remote'), false, always);
  redeem(key, true, always);
  expect(visitor(phone.token)).toBe(phone.visitor);
  redeem(newKey('driver'), false, always);
  expect(visitor(phone.token)).toBeUndefined();
});
