import { sign } from 'cookie-signature';
import type { Request, Response } from 'express';
import session from 'express-session';
import { expect, test } from 'vitest';
import { cookieNamed } from './cookies.ts';

const secret = 'a secret only this test knows';

const read = (header: string | undefined, name = 'sid') =>
  cookieNamed({ get: () => header } as unknown as Request, name);

test.each<[header: string | undefined, value: string | undefined]>([
  [undefined, undefined],
  ['', undefined],
  ['theme=dark', undefined],
  ['sid=a', 'a'],
  ['sid=', ''],
  ['theme=dark; sid=a', 'a'],
  ['theme=dark;sid=a', 'a'],
  ['sid=first; sid=second', 'first'],
  ['xsid=x; sid=a', 'a'],
  ['sid', undefined],
  ['sid; sid=a', 'a'],
  [' sid = a ', 'a'],
  ['sid="a"', 'a'],
  ['sid=a=b', 'a=b'],
  ['sid=s%3Aa', 's:a'],
  ['sid=%ZZ', '%ZZ'],
])('of %j the value is %j', (header, value) => {
  expect(read(header)).toBe(value);
});

/** What express-session takes for the id of the session; ID1 and ID2 in the header stand for signed ids. */
function idReadByExpressSession(header: string): string | undefined {
  const store = new session.MemoryStore();
  let asked: string | undefined;
  store.get = (sid) => {
    asked = sid;
  };
  const options = { secret, name: 'sid', resave: false, saveUninitialized: false, store };
  const req = { headers: { cookie: header }, url: '/', originalUrl: '/' } as unknown as Request;
  session(options)(req, { writeHead() {}, end() {} } as unknown as Response, () => {});
  return asked;
}

test.each([
  ['sid=ID1', 'ID1'],
  ['theme=dark;sid=ID1', 'ID1'],
  ['sid="ID1"', 'ID1'],
  ['sid=ID1; sid=ID2', 'ID1'],
  ['sid ; sid = ID2', 'ID2'],
  ['xsid=ID1', undefined],
])('in %j express-session reads the same cookie', (header, id) => {
  const signed = header.replaceAll(/ID\d/g, (id) => encodeURIComponent(`s:${sign(id, secret)}`));
  expect(idReadByExpressSession(signed)).toBe(id);
  expect(read(signed)).toBe(id && `s:${sign(id, secret)}`);
});
