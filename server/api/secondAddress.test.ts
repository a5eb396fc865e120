import type { Request } from 'express';
import { describe, expect, test } from 'vitest';
import { hostGuard } from './guard.ts';
import { ownBrowserAt } from './ownBrowser/sandboxHosts.ts';

/** Asks the guard of a server that was started at `listensOn` about a request that came to another address. */
function refusalOf(host: string, { listensOn = '127.0.0.1', to = '192.168.1.5', target = '/' } = {}): string | null {
  const request = { headers: { host }, socket: { localAddress: to, localPort: 3000 }, originalUrl: target };
  try {
    void hostGuard(listensOn, ['workshop.local'])(request as unknown as Request, {} as never, () => {});
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

describe('the second address, which a workshop opens, is asked for', () => {
  test.each(['192.168.1.5:3000', 'workshop.local:3000', 'Workshop.Local:3000'])('%s: answered', (host) =>
    expect(refusalOf(host)).toBeNull(),
  );

  test.each([
    'evil.example:3000',
    // Another address could be anybody's: a page that was rebound does not choose this one.
    '192.168.1.6:3000',
    '127.0.0.1:3000',
    'localhost:3000',
    '[::1]:3000',
    '0.0.0.0:3000',
    '192.168.1.5:3001',
    'workshop.local:80',
    'workshop.local.evil.example:3000',
    'evil.workshop.local:3000',
    'workshop.local.:3000',
    'workshop:3000',
    '3232235781:3000',
    '[::ffff:192.168.1.5]:3000',
    'user@192.168.1.5:3000',
    'ab12cd34ef56.localhost:3000',
    '',
  ])('"%s": refused', (host) => {
    expect(refusalOf(host)).toMatch(/use http:\/\/192\.168\.1\.5:3000 or http:\/\/workshop\.local:3000\.$/);
  });

  test('its IPv6 address: answered in brackets', () => {
    expect(refusalOf('[fd00::5]:3000', { to: 'fd00::5' })).toBeNull();
    expect(refusalOf('fd00::5', { to: 'fd00::5' })).not.toBeNull();
  });

  test('a target that names a host of its own: refused', () =>
    expect(refusalOf('192.168.1.5:3000', { target: 'http://192.168.1.5:3000/' })).not.toBeNull());
});

test('loopback still answers for its own names only', () => {
  const to = '127.0.0.1';
  expect(refusalOf('localhost:3000', { to })).toBeNull();
  for (const host of ['192.168.1.5:3000', 'workshop.local:3000']) expect(refusalOf(host, { to })).not.toBeNull();
});

test('a connection that is closed already has no address, and is refused', () =>
  expect(refusalOf('localhost:3000', { to: '' })).not.toBeNull());

test('a neighbor cannot join a sandbox with the own browser, and is told why', () => {
  const joined = (localAddress: string) =>
    ownBrowserAt('127.0.0.1', { localAddress, localPort: 3000 } as Parameters<typeof ownBrowserAt>[1], 'ab12cd34ef56');
  expect(joined('127.0.0.1')).toEqual({ address: 'http://ab12cd34ef56.localhost:3000/' });
  expect(joined('192.168.1.5')).toEqual({ whyNot: expect.stringContaining('your own') });
});
