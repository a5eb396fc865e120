/** Contexts: what needs a preflight, and which responses allow it. */

import type { Context } from './contexts.ts';
import { evil, open, openToAll, shop } from './parts.ts';

/** What needs a preflight, as far as headers and methods decide. Nothing allows it, so what is sent after it shows that it was not needed. */
export const needsPreflight: Context[] = (
  [
    ['GET', {}],
    ['HEAD', {}],
    ['POST', {}],
    ['PUT', {}],
    ['DELETE', {}],
    ['PATCH', {}],
    ['patch', {}],
    ['OPTIONS', {}],
    ['GET', { Accept: 'text/html' }],
    ['GET', { Accept: `text/${'x'.repeat(123)}` }],
    ['GET', { Accept: `text/${'x'.repeat(124)}` }],
    ['GET', { Accept: 'text/"html"' }],
    ['GET', { Accept: 'text/(html)' }],
    ['GET', { 'Accept-Language': 'de-DE, en;q=0.5' }],
    ['GET', { 'Accept-Language': 'de_DE' }],
    ['GET', { 'Content-Language': 'en' }],
    ['GET', { 'Content-Language': 'e:n' }],
    ['GET', { Range: 'bytes=0-10' }],
    ['GET', { Range: 'bytes=0-' }],
    ['GET', { Range: 'bytes=-10' }],
    ['GET', { Range: 'bytes=0-1,3-4' }],
    ['GET', { 'Content-Type': 'text/plain' }],
    ['GET', { 'Content-Type': 'application/json' }],
    ['POST', { 'Content-Type': 'text/plain; charset=utf-8' }],
    ['POST', { 'Content-Type': 'TEXT/PLAIN' }],
    ['POST', { 'Content-Type': 'text/plain ; a=b' }],
    ['POST', { 'Content-Type': 'text/plain, application/json' }],
    ['POST', { 'Content-Type': 'text/plainer' }],
    ['POST', { 'Content-Type': 'text/plain;charset="utf-8"' }],
    ['POST', { 'Content-Type': 'multipart/form-data; boundary=a' }],
    ['POST', { 'Content-Type': 'application/x-www-form-urlencoded' }],
    ['POST', { 'Content-Type': 'application/json' }],
    ['POST', { 'Content-Type': `text/plain; a=${'x'.repeat(120)}` }],
    ['GET', { Authorization: 'Basic YQ==' }],
    ['GET', { 'X-Custom': '1' }],
    ['GET', { 'X-Custom': '1', 'A-Custom': '2', Accept: 'text/html' }],
    ['GET', { 'Cache-Control': 'no-cache' }],
    ['GET', { 'Save-Data': 'on' }],
    ['GET', { DPR: '2' }],
    ['GET', { 'Last-Event-ID': '1' }],
    ['GET', { 'User-Agent': 'another' }],
    ['GET', { 'Accept-Language': 'a'.repeat(128), 'Content-Language': 'a'.repeat(128), Accept: 'a'.repeat(128) }],
  ] as [string, Record<string, string>][]
).map(([method, headers]) => ({
  name: `preflight for ${method} ${JSON.stringify(headers)}`,
  ...{ from: evil, how: 'fetch' as const, method, headers },
  ...(method === 'POST' && { body: 'a text' }),
  hops: [{ at: shop, headers: open, preflight: { headers: {} } }],
}));

export const answersToPreflight: Context[] = [
  ...[200, 204, 226, 300, 301, 302, 304, 307, 401, 403, 404, 500, 503].map(
    (status): Context => ({
      ...{ name: `a preflight answered ${status}`, from: evil, how: 'fetch', method: 'PUT', body: 'a text' },
      hops: [{ at: shop, headers: openToAll, preflight: { status, headers: { ...openToAll, Location: `${shop}/` } } }],
    }),
  ),
  ...(
    [
      ['the method', 'PUT', {}, { 'Access-Control-Allow-Methods': 'PUT' }],
      ['the method in small letters', 'PUT', {}, { 'Access-Control-Allow-Methods': 'put' }],
      ['another method', 'PUT', {}, { 'Access-Control-Allow-Methods': 'DELETE' }],
      ['no method', 'PUT', {}, {}],
      [
        'no method, which POST does not need',
        'POST',
        { 'X-Custom': '1' },
        { 'Access-Control-Allow-Headers': 'x-custom' },
      ],
      ['every method', 'PUT', {}, { 'Access-Control-Allow-Methods': '*' }],
      ['the header in capitals', 'GET', { 'X-Custom': '1' }, { 'Access-Control-Allow-Headers': 'X-CUSTOM' }],
      ['another header', 'GET', { 'X-Custom': '1' }, { 'Access-Control-Allow-Headers': 'X-Other' }],
      ['every header', 'GET', { 'X-Custom': '1' }, { 'Access-Control-Allow-Headers': '*' }],
      ['every header, Authorization not', 'GET', { Authorization: 'a' }, { 'Access-Control-Allow-Headers': '*' }],
      ['Authorization and *', 'GET', { Authorization: 'a' }, { 'Access-Control-Allow-Headers': '*, authorization' }],
      ['a list that is malformed', 'GET', { 'X-Custom': '1' }, { 'Access-Control-Allow-Headers': 'X-Custom, a b' }],
      ['a list with empty items', 'GET', { 'X-Custom': '1' }, { 'Access-Control-Allow-Headers': ', X-Custom,,' }],
      [
        'methods that are malformed',
        'GET',
        { 'X-Custom': '1' },
        { 'Access-Control-Allow-Headers': 'X-Custom', 'Access-Control-Allow-Methods': 'a b' },
      ],
      [
        'JSON by Content-Type',
        'POST',
        { 'Content-Type': 'application/json' },
        { 'Access-Control-Allow-Headers': 'content-type' },
      ],
    ] as [string, string, Record<string, string>, Record<string, string>][]
  ).flatMap(([what, method, headers, allowed]) =>
    (['include', 'omit'] as const).map(
      (credentials): Context => ({
        ...{
          name: `a preflight allows ${what}, credentials ${credentials}`,
          from: evil,
          how: 'fetch',
          method,
          headers,
          credentials,
        },
        ...(method === 'POST' && { body: '{}' }),
        hops: [{ at: shop, headers: open, preflight: { headers: { ...open, ...allowed } } }],
      }),
    ),
  ),
];
