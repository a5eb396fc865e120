import { describe, expect, test } from 'vitest';
import { addressOf, inHash, inPath, slugIn } from './address.ts';

test.each([
  ['/', null],
  ['/scenarios/idle-timeout', 'idle-timeout'],
  ['/scenarios/idle-timeout/', 'idle-timeout'],
  ['/scenarios/', null],
  ['/scenarios/a/b', null],
  ['/elsewhere', null],
])('%s shows %s', (path, slug) => {
  expect(slugIn(path)).toBe(slug);
});

test('an address leads back to its slug', () => {
  expect(slugIn(addressOf('session-fixation'))).toBe('session-fixation');
});

describe('the address bar', () => {
  const step = { pathname: '/scenarios/session-fixation', search: '?variant=both&step=3', hash: '' };
  const bars = { inPath, inHash };

  test.each([
    ['inPath', 'http://127.0.0.1:3000/', '/', { pathname: '/', search: '', hash: '' }],
    ['inPath', 'http://127.0.0.1:3000/', '/#login', { pathname: '/', search: '', hash: '#login' }],
    ['inPath', 'http://127.0.0.1:3000/', '/scenarios/session-fixation?variant=both&step=3', step],
    ['inHash', 'file:///E:/demo/index.html', '/', { pathname: '/', search: '', hash: '' }],
    ['inHash', 'file:///E:/demo/index.html', '/#login', { pathname: '/', search: '', hash: '#login' }],
    ['inHash', 'file:///E:/demo/index.html', '/scenarios/session-fixation?variant=both&step=3', step],
    ['inHash', 'https://a.example/below/any/path/', '/scenarios/session-fixation?variant=both&step=3', step],
  ] as const)('%s, on %s, reads what it has written for %s', (bar, page, address, where) => {
    const { pathname, search, hash } = bars[bar].read(new URL(bars[bar].write(address), page));
    expect({ pathname, search, hash }).toEqual(where);
  });

  test.each(['', '#', '#elsewhere', '#//evil.example/x', '#/%zz', '#/a#b#c'])(
    'reads %o behind a hash without failing',
    (hash) => {
      expect(inHash.read(new URL(`file:///index.html${hash}`)).pathname).toMatch(/^\//);
    },
  );
});
