import { expect, test } from 'vitest';
import { redact } from './redact.ts';

const secret = 'rabbit-hole-7';

test.each([
  ['a login', { email: 'a@b', password: secret }, { email: 'a@b', password: '••••••' }],
  ['another spelling', { newPassword: secret, PASSWORD: secret }, { newPassword: '••••••', PASSWORD: '••••••' }],
  ['a nested one', { user: [{ password: secret }] }, { user: [{ password: '••••••' }] }],
  ['one that is not a string', { password: [secret, { a: secret }] }, { password: '••••••' }],
  ['a body without a password', { item: 'hat' }, { item: 'hat' }],
  ['a number', 7, 7],
  ['null', null, null],
])('passwords in JSON are masked: %s', (_, body, shown) => {
  expect(JSON.parse(redact(JSON.stringify(body)))).toEqual(shown);
});

test.each([
  [`email=a%40b&password=${secret}&next=%2F`, 'email=a%40b&password=••••••&next=%2F'],
  [`{"password": "${secret}", "email`, '{"password": ••••••, "email'],
  ['nothing secret', 'nothing secret'],
  ['', ''],
])('passwords in other text are masked: %s', (body, shown) => {
  expect(redact(body)).toBe(shown);
});
