import { describe, expect, test } from 'vitest';
import type { Header } from '../../../scenarios/engine/trace.ts';
import { contextOf } from './incomingRequest.ts';

const url = new URL('http://3f2a90c1d4e7.localhost:3000/me');
const context = (headers: Header[], method = 'GET') =>
  contextOf({ method, url, headers, body: Buffer.alloc(0), address: '127.0.0.1' });

describe('the context of a request, from the headers that Chromium sends', () => {
  test.each<[string, Header[], ReturnType<typeof contextOf>['initiator'], boolean, boolean]>([
    [
      'a typed address',
      [
        ['Sec-Fetch-Site', 'none'],
        ['Sec-Fetch-Mode', 'navigate'],
      ],
      null,
      true,
      false,
    ],
    [
      'fetch() on the same origin',
      [
        ['Sec-Fetch-Site', 'same-origin'],
        ['Sec-Fetch-Mode', 'cors'],
      ],
      url,
      false,
      false,
    ],
    [
      'a form on another site',
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
      'a link on another site',
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
      'an image on a page that hides its origin',
      [
        ['Sec-Fetch-Site', 'cross-site'],
        ['Sec-Fetch-Mode', 'no-cors'],
        ['Sec-Fetch-Dest', 'image'],
      ],
      new URL('about:blank'),
      false,
      true,
    ],
    ['a page load in a browser without Fetch Metadata', [['Accept', 'text/html,*/*']], null, true, false],
    ['a program that is not a browser', [['Accept', '*/*']], null, false, false],
    [
      'an opaque origin',
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
