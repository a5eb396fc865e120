import { describe, expect, test } from 'vitest';
import type { LastResponse } from '../../../scenarios/engine/cast.ts';
import type { BrowserRequest } from './exchange.ts';
import { createHistory } from './history.ts';

const to = (path: string): BrowserRequest => ({
  url: new URL(path, 'https://shop.example'),
  method: 'GET',
  initiator: null,
  navigation: true,
});
const pathOf = ({ request }: { request: BrowserRequest }) => request.url.pathname;

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
    history.visited(to('/me'), page('mine', cacheControl));
    history.visited(to('/'), page('front'));
    const back = history.back();
    expect([pathOf(back), back.page?.text]).toEqual(['/me', source === 'from the server' ? undefined : 'mine']);
  });

  test('goes back one page per press, and a new page replaces the pages after it', () => {
    const history = createHistory();
    for (const url of ['/1', '/2', '/3']) history.visited(to(url), page(url));
    expect([pathOf(history.back()), pathOf(history.back())]).toEqual(['/2', '/1']);
    history.visited(to('/4'), page('/4'));
    expect(pathOf(history.back())).toBe('/1');
    expect(() => history.back()).toThrow('no page to go back to');
  });

  test('requests a page again after Clear-Site-Data of its origin', () => {
    const history = createHistory();
    for (const url of ['/me', 'https://evil.example/', '/']) history.visited(to(url), page(url));
    history.clearPages('https://shop.example');
    expect([history.back().page?.text, history.back().page]).toEqual(['https://evil.example/', null]);
  });

  test('a link to the page that is open replaces it, and a page that was requested again is kept', () => {
    const history = createHistory();
    history.visited(to('/1'), page('1', 'no-store'));
    for (const text of ['first', 'second']) history.visited(to('/2'), page(text));
    expect([history.back()].map((back) => [pathOf(back), back.page])).toEqual([['/1', null]]);
    history.renewed(to('/1'), page('again'));
    history.visited(to('/3'), page('3'));
    expect(history.back().page?.text).toBe('again');
  });
});
