import { expect, test } from 'vitest';
import { choices, type SessionOptionsNow, warningFor } from './sessionFields.ts';

const now: SessionOptionsNow = {
  rolling: true,
  resave: false,
  saveUninitialized: false,
  maxAge: 1_800_000,
  httpOnly: true,
  secure: true,
  sameSite: 'lax',
  trustProxy: 1,
  store: 'redis',
};

test('each choice offers what holds now, and choosing that changes nothing', () => {
  for (const held of [
    now,
    { ...now, maxAge: 12_345_000, sameSite: null, trustProxy: false, store: 'memory' as const },
    { ...now, maxAge: null, trustProxy: 0 },
  ]) {
    for (const { options, shown, change } of Object.values(choices)) {
      expect(options(held).map(({ value }) => value)).toContain(shown(held));
      const [[name, value]] = Object.entries(change(shown(held))) as [[keyof SessionOptionsNow, unknown]];
      expect(value === false ? 0 : value).toBe(held[name] === false ? 0 : held[name]);
    }
  }
});

test('it is said beforehand what a browser will refuse', () => {
  const code = "name: '__Host-sid',";
  expect(warningFor(now, code)).toBeNull();
  expect(warningFor({ ...now, secure: false }, code)).toContain('refuses __Host-sid');
  expect(warningFor({ ...now, secure: false }, "name: 'sid',")).toBeNull();
  expect(warningFor({ ...now, secure: false, sameSite: 'none' }, '')).toContain('SameSite=None');
});
