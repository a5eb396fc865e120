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

describe('the Back button', () => {
  test.each([
    [undefined, 'from memory'],
    ['no-cache', 'from memory'],
    ['private, max-age=0', 'from memory'],
    ['no-store', 'from the server'],
    ['private, No-Store', 'from the server'],
  ])('shows a page with Cache-Control %s %s', (cacheControl, source) => {
    const history = createHistory();
    history.visited('/me', page('mine', cacheControl));
    history.visited('/', page('front'));
    const { url, page: shown } = history.back();
    expect([url, shown?.text]).toEqual(['/me', source === 'from the server' ? undefined : 'mine']);
  });

  test('goes back one page per press, and a new page replaces the pages after it', () => {
    const history = createHistory();
    for (const url of ['/1', '/2', '/3']) history.visited(url, page(url));
    expect([history.back().url, history.back().url]).toEqual(['/2', '/1']);
    history.visited('/4', page('/4'));
    expect(history.back().url).toBe('/1');
    expect(() => history.back()).toThrow('no page to go back to');
  });

  test('requests a page again after Clear-Site-Data', () => {
    const history = createHistory();
    history.visited('/me', page('mine'));
    history.visited('/', page('front'));
    history.clearPages();
    expect(history.back()).toEqual({ url: '/me', page: null });
  });
});
