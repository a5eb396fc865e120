import { describe, expect, test } from 'vitest';
import {
  firstDraft,
  parseHeaders,
  requestOf,
  routeNames,
  withAddress,
  withMethod,
  withOrigin,
} from './requestDraft.ts';

describe('a draft', () => {
  test('takes the method from a suggested route, and says that the body is JSON', () => {
    const picked = withAddress(firstDraft, 'POST /basket');
    expect(picked).toMatchObject({ method: 'POST', url: '/basket', headers: 'Content-Type: application/json' });
    expect(withAddress(picked, 'GET /me')).toMatchObject({ method: 'GET', url: '/me', headers: '' });
    expect(withAddress(picked, '/orders').method).toBe('POST');
  });

  test('keeps additional headers', () => {
    expect(withMethod({ ...firstDraft, headers: 'X-A: b' }, 'POST').headers).toBe('X-A: b');
  });

  test('from the address bar becomes a GET without additional headers and body', () => {
    const typed = withOrigin({ ...firstDraft, method: 'POST', headers: 'X-A: b', body: '{}' }, '');
    expect(requestOf(typed)).toMatchObject({ method: 'GET', origin: null, headers: [], body: null });
  });

  test('becomes a request', () => {
    const draft = { ...withAddress(firstDraft, 'POST /basket'), actor: 'alice', body: '{"item":"hat"}' };
    expect(requestOf(draft)).toEqual({
      do: 'request',
      actor: 'alice',
      method: 'POST',
      url: '/basket',
      origin: 'https://shop.example',
      headers: [['Content-Type', 'application/json']],
      body: '{"item":"hat"}',
    });
  });

  test('says what fetch() says about cookies, unless it is include or there is no fetch()', () => {
    expect(requestOf({ ...firstDraft, credentials: 'omit' })).toMatchObject({ credentials: 'omit' });
    expect(requestOf(firstDraft)).not.toHaveProperty('credentials');
    expect(requestOf({ ...firstDraft, origin: '', credentials: 'omit' })).not.toHaveProperty('credentials');
  });

  test.each([
    [{ url: ' ' }, 'Type a path'],
    [{ url: '/sessions/:handle/end' }, 'Replace :handle'],
    [{ headers: 'nonsense' }, '“nonsense” is not a header'],
  ])('with %j becomes a sentence about what is wrong', (change, why) => {
    expect(requestOf({ ...firstDraft, ...change })).toContain(why);
  });

  test('can have an address with a port, which is not a route parameter', () => {
    expect(requestOf({ ...firstDraft, url: 'http://localhost:3001/' })).toMatchObject({ do: 'request' });
  });
});

test('headers are one per line, with any spaces around them', () => {
  expect(parseHeaders('X-A: b:c\n\n  X-D :e ')).toEqual([
    ['X-A', 'b:c'],
    ['X-D', 'e'],
  ]);
});

test('each route is suggested once', () => {
  const me = { method: 'GET', path: '/me' };
  expect(routeNames([me, me])).toEqual(['GET /me']);
});
