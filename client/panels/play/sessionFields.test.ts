import { expect, test } from 'vitest';
import { choices, type Options, warningFor } from './sessionFields.ts';

const options: Options = {
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

test('each choice includes the current value, and choosing it changes nothing', () => {
  for (const current of [
    options,
    { ...options, maxAge: 12_345_000, sameSite: null, trustProxy: false, store: 'memory' as const },
    { ...options, maxAge: null, trustProxy: 0 },
  ]) {
    for (const { choicesAt, selected, changeTo } of choices) {
      expect(choicesAt(current).map(({ value }) => value)).toContain(selected(current));
      const [[name, value]] = Object.entries(changeTo(selected(current))) as [[keyof Options, unknown]];
      expect(value === false ? 0 : value).toBe(current[name] === false ? 0 : current[name]);
    }
  }
});

test('warns about cookies that a browser refuses', () => {
  const code = "name: '__Host-sid',";
  expect(warningFor(options, code)).toBeNull();
  expect(warningFor({ ...options, secure: false }, code)).toContain('refuses __Host-sid');
  expect(warningFor({ ...options, secure: false }, "name: 'sid',")).toBeNull();
  expect(warningFor({ ...options, secure: false, sameSite: 'none' }, '')).toContain('SameSite=None');
});
