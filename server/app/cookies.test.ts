import { sign } from 'cookie-signature';
import type { Request, Response } from 'express';
import session from 'express-session';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { alice, closeApps, openApp, secret, type TestApp } from '../../testing/testApp.ts';
import { createMockRedis, type MockRedis } from '../redis/mock.ts';
import { cookieNamed } from './cookies.ts';
import { cookieName } from './session.ts';

describe('a cookie by its name', () => {
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
  ])('in %j has the value %j', (header, value) => {
    expect(read(header)).toBe(value);
  });

  /** Returns the session id that express-session reads. ID1 and ID2 in the header stand for signed ids. */
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
  ])('in %j is the one that express-session reads', (header, id) => {
    const signed = header.replaceAll(/ID\d/g, (id) => encodeURIComponent(`s:${sign(id, secret)}`));
    expect(idReadByExpressSession(signed)).toBe(id);
    expect(read(signed)).toBe(id && `s:${sign(id, secret)}`);
  });
});

describe('a forged session cookie', () => {
  let mock: MockRedis;
  let app: TestApp;

  beforeEach(async () => {
    mock = createMockRedis();
    app = await openApp(await mock.connect(''), { secret: secrets });
  });
  afterEach(async () => {
    await closeApps();
    await mock.close();
  });

  const secrets = ['a newer secret', secret];
  const signed = (sid: string, by = secret) => encodeURIComponent(`s:${sign(sid, by)}`);
  const reported = () => app.audited.filter(({ name }) => name === 'session_cookie_invalid');

  test.each<[what: string, cookie: string, times: number]>([
    ['no cookie', '', 0],
    ['another cookie', 'theme=dark', 0],
    ['an empty cookie, as after a logout', `${cookieName}=`, 0],
    ['a cookie of the app whose record does not exist', `${cookieName}=${signed('gone')}`, 0],
    ['a cookie that our newer secret has signed', `${cookieName}=${signed('gone', secrets[0])}`, 0],
    ['a cookie that another secret has signed', `${cookieName}=${signed('gone', 'another secret')}`, 1],
    ['an id without a signature', `${cookieName}=s%3Agone`, 1],
    ['plain text', `theme=dark; ${cookieName}=let-me-in`, 1],
    ['plain text after a semicolon without a space', `theme=dark;${cookieName}=let-me-in`, 1],
    ['a cookie of the app in quotes, which are allowed', `${cookieName}="${signed('gone')}"`, 0],
    ['a value that cannot be decoded', `${cookieName}=s%3Agone.%ZZ`, 1],
  ])('%s (%s) passes, and is reported %i times', async (_, cookie, times) => {
    const { status } = await app.send('/', cookie ? { headers: { Cookie: cookie } } : {});
    expect(status).toBe(200);
    expect(reported()).toHaveLength(times);
  });

  test('is not reported of a browser that logs in and returns', async () => {
    const person = await app.loggedIn(alice);
    expect((await person.get('/me')).status).toBe(200);
    expect(reported()).toEqual([]);
  });
});
