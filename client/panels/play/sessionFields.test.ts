import { expect, test } from 'vitest';
import { type SessionOptionsNow, sessionChange } from '../../../scenarios/engine/actions.ts';
import type { TraceEvent } from '../../../scenarios/engine/trace.ts';
import { choicesAt, optionsAt, valueAt, warningFor } from './sessionFields.ts';

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

test('the options at a moment are those of the scenario with the changes until then', () => {
  const change = (change: object) =>
    ({ type: 'manual-action', action: { do: 'session-options', change } }) as TraceEvent;
  const changes = [change({ rolling: false, maxAge: null }), change({ rolling: true, secure: false })];
  expect(optionsAt(options, [])).toEqual(options);
  expect(optionsAt(options, changes.slice(0, 1))).toEqual({ ...options, rolling: false, maxAge: null });
  expect(optionsAt(options, changes)).toEqual({ ...options, maxAge: null, secure: false });
});
