import { describe, expect, test } from 'vitest';
import type { LastResponse } from '../../../scenarios/engine/cast.ts';
import { createHistory } from './history.ts';

const page = (text: string, cacheControl?: string): LastResponse => ({
  status: 200,
  headers: cacheControl === undefined ? {} : { 'cache-control': cacheControl },
  text,
  json: undefined,
  ms: 1,
  by: 'app',
});

describe('Back', () => {
  test.each([
    [undefined, 'shown as it was'],
    ['no-cache', 'shown as it was'],
    ['private, max-age=0', 'shown as it was'],
    ['no-store', 'asked for again'],
    ['private, No-Store', 'asked for again'],
  ])('a page with Cache-Control %s is %s', (cacheControl, what) => {
    const history = createHistory();
    history.visited('/me', page('mine', cacheControl));
    history.visited('/', page('front'));
    const { url, kept } = history.back();
    expect([url, kept?.text]).toEqual(['/me', what === 'asked for again' ? undefined : 'mine']);
  });

  test('goes one page further each time, and a new page ends the way forward', () => {
    const history = createHistory();
    for (const url of ['/1', '/2', '/3']) history.visited(url, page(url));
    expect([history.back().url, history.back().url]).toEqual(['/2', '/1']);
    history.visited('/4', page('/4'));
    expect(history.back().url).toBe('/1');
    expect(() => history.back()).toThrow('no page to go back to');
  });

  test('asks again for what Clear-Site-Data has cleared', () => {
    const history = createHistory();
    history.visited('/me', page('mine'));
    history.visited('/', page('front'));
    history.forget();
    expect(history.back()).toEqual({ url: '/me', kept: null });
  });
});
