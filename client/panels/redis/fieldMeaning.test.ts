import { expect, test } from 'vitest';
import { meaningOfField } from './fieldMeaning.ts';

test('a field of the record says what it is for', () => {
  expect(meaningOfField('credentialVersion: 1')).toMatch(/older count/);
  expect(meaningOfField('loginAt: 1796017465263')).toMatch(/absolute limit/);
  expect(meaningOfField('colour: "red"')).toBeUndefined();
  expect(meaningOfField('  "userId": 1')).toBeUndefined();
});
