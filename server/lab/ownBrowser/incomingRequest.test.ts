import { describe, expect, test } from 'vitest';
import type { Header } from '../../../scenarios/engine/trace.ts';
import { contextOf } from './incomingRequest.ts';

const url = new URL('http://3f2a90c1d4e7.localhost:3000/me');
const context = (headers: Header[], method = 'GET') =>
  contextOf({ method, url, headers, body: Buffer.alloc(0), address: '127.0.0.1' });

describe('the context of a request, from the headers that Chromium sends', () => {
  test.each<[string, Header[], ReturnType<typeof contextOf>['initiator'], boolean, ('image' | 'style')?]>([
    [
      'a typed address',
      [
        ['Sec-Fetch-Site', 'none'],
        ['Sec-Fetch-Mode', 'navigate'],
      ],
      null,
      true,
    ],
    [
      'fetch() on the same origin',
      [
        ['Sec-Fetch-Site', 'same-origin'],
        ['Sec-Fetch-Mode', 'cors'],
      ],
      url,
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
      'image',
    ],
    [
      'a style sheet of the same origin',
      [
        ['Sec-Fetch-Site', 'same-origin'],
        ['Sec-Fetch-Mode', 'no-cors'],
        ['Sec-Fetch-Dest', 'style'],
      ],
      url,
      false,
      'style',
    ],
    ['a page load in a browser without Fetch Metadata', [['Accept', 'text/html,*/*']], null, true],
    ['a program that is not a browser', [['Accept', '*/*']], null, false],
    [
      'an opaque origin',
      [
        ['Origin', 'null'],
        ['Sec-Fetch-Site', 'cross-site'],
      ],
      new URL('about:blank'),
      false,
    ],
  ])('%s', (_, headers, initiator, navigation, loadedAs) => {
    expect(context(headers)).toEqual({ url, method: 'GET', initiator, navigation, loadedAs });
  });
});
