import { expect, test } from 'vitest';
import { type SessionOptionsNow, sessionChange } from '../../../scenarios/engine/actions.ts';
import { choicesAt, valueAt, warningFor } from './sessionFields.ts';

const options: SessionOptionsNow = {
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
    for (const { name, data } of choicesAt(current)) {
      const value = valueAt(current, name);
      expect(data.map((one) => one.value)).toContain(value);
      expect(JSON.parse(value)).toBe(current[name] === 0 ? false : current[name]);
    }
  }
});

test('each value of each choice is a change that the contract allows', () => {
  for (const { name, data } of choicesAt(options)) {
    for (const { value } of data) expect(sessionChange.parse({ [name]: JSON.parse(value) })).toHaveProperty(name);
  }
});

test('warns about cookies that a browser refuses', () => {
  const code = "name: '__Host-sid',";
  expect(warningFor(options, code)).toBeNull();
  expect(warningFor({ ...options, secure: false }, code)).toContain('refuses __Host-sid');
  expect(warningFor({ ...options, secure: false }, "name: 'sid',")).toBeNull();
  expect(warningFor({ ...options, secure: false, sameSite: 'none' }, '')).toContain('SameSite=None');
});
