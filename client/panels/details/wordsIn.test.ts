import { expect, test } from 'vitest';
import { sidA, signed } from '../../../testing/traceBuilder.ts';
import { cookiePieces } from './wordsIn.ts';

const session = `__Host-sid=${signed(sidA)}`;

test.each<[string, string, string[]]>([
  ['Cookie', `csrf=a; ${session}; userId=2`, ['csrf', 'userId']],
  ['cookie', 'csrf=a=b; csrf=csrf', ['csrf', 'csrf']],
  ['Set-Cookie', 'csrf=a; Path=/; Secure', ['csrf']],
  ['set-cookie', `${session}; Path=/`, []],
  ['Content-Type', 'text/html; charset=utf-8', []],
  ['Cookie', '', []],
])('the header %s: %s names the cookies %j, which stand for no session', (name, value, cookies) => {
  const pieces = cookiePieces([name, value], [sidA]);
  expect(pieces.flatMap(({ cookie }) => cookie ?? [])).toEqual(cookies);
  expect(pieces.map(({ text }) => text).join('')).toBe(value);
});
