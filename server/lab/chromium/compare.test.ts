import { expect, test } from 'vitest';
import type { JarCookie } from '../../../scenarios/engine/trace.ts';
import { cookie, type Sketch, stepEnded, stepStarted, traceOf } from '../../../testing/trace.ts';
import { differences } from './compare.ts';

const signed = (sid: string) => `s%3A${sid}.signature`;

interface Seen {
  status?: number;
  sent?: string;
  jar?: Partial<JarCookie>[];
  /** Milliseconds of sandbox time. */
  answeredAt?: number;
}

/** One step in which Alice opens a page and then has these cookies. */
function stepWith({ status = 200, sent = '', jar = [], answeredAt = 0 }: Seen): Sketch[] {
  const url = 'https://shop.example/me?x=1';
  const headers: [string, string][] = sent === '' ? [] : [['Cookie', sent]];
  return [
    stepStarted(0),
    {
      type: 'request',
      id: 1,
      actor: 'alice',
      method: 'GET',
      url,
      headers,
      forwarded: [],
      body: null,
      note: null,
      cookies: [],
    },
    {
      type: 'response',
      request: 1,
      status,
      statusText: '',
      headers: [],
      body: '',
      ms: 1,
      by: 'app',
      cookies: [],
      at: answeredAt,
    },
    {
      type: 'jar',
      actor: 'alice',
      cookies: jar.map(cookie),
      cause: { by: 'response', request: 1 },
      at: answeredAt + 5000,
    },
    stepEnded(0),
  ];
}

const compare = (virtual: Seen, chromium: Seen) =>
  differences(traceOf(...stepWith(virtual)), traceOf(...stepWith(chromium))).map(
    ({ step, what }) => `${step}: ${what}`,
  );

const request = 'first: the requests of alice';
const jar = 'first: the jar of alice';

test.each<[what: string, virtual: Seen, chromium: Seen, different: string[]]>([
  ['the same', { jar: [{}] }, { jar: [{}] }, []],
  ['another status', { status: 200 }, { status: 401 }, [request]],
  ['a cookie that is not sent', { sent: 'a=1; b=2' }, { sent: 'a=1' }, [request]],
  ['another order of cookies', { sent: 'a=1; b=2' }, { sent: 'b=2; a=1' }, [request]],
  ['other random values', { sent: 'a=1' }, { sent: 'a=2' }, []],
  ['a missing cookie', { jar: [{}] }, { jar: [] }, [jar]],
  ['another domain', { jar: [{ hostOnly: true }] }, { jar: [{ hostOnly: false }] }, [jar]],
  ['another path', { jar: [{ path: '/' }] }, { jar: [{ path: '/me' }] }, [jar]],
  ['another flag', { jar: [{ httpOnly: true }] }, { jar: [{ httpOnly: false }] }, [jar]],
  ['SameSite=Lax and no SameSite', { jar: [{ sameSite: 'Lax' }] }, { jar: [{ sameSite: null }] }, [jar]],
  ['another session id in the same place', { jar: [{ value: signed('x') }] }, { jar: [{ value: signed('y') }] }, []],
  [
    'the same id in two cookies, and two different ids',
    { jar: [{ value: signed('x') }, { path: '/me', value: signed('x') }] },
    { jar: [{ value: signed('x') }, { path: '/me', value: signed('y') }] },
    [jar],
  ],
  ['an expiry a second later', { jar: [{ expiresAt: 60_000 }] }, { jar: [{ expiresAt: 61_000 }] }, []],
  ['an expiry six seconds later', { jar: [{ expiresAt: 60_000 }] }, { jar: [{ expiresAt: 66_000 }] }, [jar]],
  ['no expiry', { jar: [{ expiresAt: 60_000 }] }, { jar: [{ expiresAt: null }] }, [jar]],
  [
    'the same lifetime from a later response',
    { jar: [{ expiresAt: 60_000 }] },
    { jar: [{ expiresAt: 90_000 }], answeredAt: 30_000 },
    [],
  ],
])('%s', (_, virtual, chromium, different) => {
  expect(compare(virtual, chromium)).toEqual(different);
});

test('a difference describes both sides', () => {
  const [found] = differences(traceOf(...stepWith({ sent: 'a=1' })), traceOf(...stepWith({ status: 401 })));
  expect(found).toEqual({
    index: 0,
    step: 'first',
    what: 'the requests of alice',
    virtual: 'GET https://shop.example/me from an unknown site in mode unknown, no Origin, with a: 200',
    chromium: 'GET https://shop.example/me from an unknown site in mode unknown, no Origin, with no cookie: 401',
  });
});
