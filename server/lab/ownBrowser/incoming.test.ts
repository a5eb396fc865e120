import { describe, expect, test } from 'vitest';
import type { Header } from '../../../scenarios/engine/trace.ts';
import { contextOf, endToEnd } from './incoming.ts';

const url = new URL('http://3f2a90c1d4e7.localhost:3000/me');
const context = (headers: Header[], method = 'GET') =>
  contextOf({ method, url, headers, body: Buffer.alloc(0), address: '127.0.0.1' });

describe('what a browser knew when it decided about cookies:', () => {
  // Each is what Chromium sends for it.
  test.each<[string, Header[], ReturnType<typeof contextOf>['initiator'], boolean, boolean]>([
    [
      'an address that was typed',
      [
        ['Sec-Fetch-Site', 'none'],
        ['Sec-Fetch-Mode', 'navigate'],
      ],
      null,
      true,
      false,
    ],
    [
      'fetch() of its own page',
      [
        ['Sec-Fetch-Site', 'same-origin'],
        ['Sec-Fetch-Mode', 'cors'],
      ],
      url,
      false,
      false,
    ],
    [
      'a form of another site',
      [
        ['Origin', 'https://evil.example'],
        ['Sec-Fetch-Site', 'cross-site'],
        ['Sec-Fetch-Mode', 'navigate'],
      ],
      new URL('https://evil.example'),
      true,
      false,
    ],
    [
      'a link of another site',
      [
        ['Referer', 'http://127.0.0.1:3000/'],
        ['Sec-Fetch-Site', 'cross-site'],
        ['Sec-Fetch-Mode', 'navigate'],
      ],
      new URL('http://127.0.0.1:3000/'),
      true,
      false,
    ],
    [
      'an image of a page that hides who it is',
      [
        ['Sec-Fetch-Site', 'cross-site'],
        ['Sec-Fetch-Mode', 'no-cors'],
        ['Sec-Fetch-Dest', 'image'],
      ],
      new URL('about:blank'),
      false,
      true,
    ],
    ['a browser too old to tell, opening a page', [['Accept', 'text/html,*/*']], null, true, false],
    ['a program', [['Accept', '*/*']], null, false, false],
    [
      'an origin that is none',
      [
        ['Origin', 'null'],
        ['Sec-Fetch-Site', 'cross-site'],
      ],
      new URL('about:blank'),
      false,
      false,
    ],
  ])('%s', (_, headers, initiator, navigation, asImage) => {
    expect(context(headers)).toEqual({ url, method: 'GET', initiator, navigation, asImage });
  });
});

test('what speaks of one connection is not handed on', () => {
  const headers: Header[] = [
    ['Host', 'a'],
    ['Connection', 'keep-alive'],
    ['transfer-encoding', 'chunked'],
    ['Content-Length', '3'],
    ['Cookie', 'a=1'],
    ['Cookie', 'b=2'],
  ];
  expect(endToEnd(headers)).toEqual([
    ['Host', 'a'],
    ['Cookie', 'a=1'],
    ['Cookie', 'b=2'],
  ]);
});
