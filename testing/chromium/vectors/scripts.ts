/** Vectors: document.cookie. */
import { plainShop, shop, written } from './parts.ts';
import type { Vector } from './vectors.ts';

const x = (count: number) => 'x'.repeat(count);

const texts = written([
  'a=b',
  'a',
  '=a',
  'a=',
  '=',
  '',
  ' ',
  ';',
  'a=b=c',
  '=a=b',
  ' a = b ',
  'a=b; c=d',
  'a=b, c=d',
  'a="b;c"',
  'a=é',
  'é=a',
  'a=🍪',
  '🍪',
  'a=\u00a0b\u00a0',
  'a=\ufeffb',
  'a=\u2028b',
  'a=%0A',
  'a=b; HttpOnly',
  'a=b; HttpOnly=false',
  'a=b; Secure',
  'a=b; SameSite=None',
  'a=b; SameSite=None; Secure',
  'a=b; SameSite=Strict',
  'a=b; Max-Age=60',
  'a=b; Max-Age=0',
  'a=b; Expires=Thu, 01 Jan 1970 00:00:00 GMT',
  'a=b; Expires=$DD $MON $YYYY 01:02:04',
  'a=b; Domain=shop.example',
  'a=b; Domain=.shop.example',
  'a=b; Domain=example',
  'a=b; Domain=evil.example',
  'a=b; Domain=blog.shop.example',
  'a=b; Domain=bücher.example',
  'a=b; Path=/',
  'a=b; Path=/app',
  'a=b; Path=app',
  'a=b; Path=',
  'a=b; Path=/é',
  'a=b; Partitioned',
  'a=b; Secure; Partitioned',
  '__Host-a=b; Secure; Path=/',
  '__Host-a=b; Secure',
  '__Secure-a=b; Secure',
  '__Secure-a=b',
  '__Http-a=b; Secure; HttpOnly',
  '__Http-a=b; Secure',
  '__Host-Http-a=b; Secure; Path=/; HttpOnly',
  `a=${x(4095)}`,
  `a=${x(4096)}`,
  `a=${'é'.repeat(2047)}x`,
  `a=${'é'.repeat(2048)}`,
  `a=b; Path=/${x(1023)}`,
  `a=b; Path=/${x(1024)}`,
  'a=b\0c',
  'a\0=b',
  'a=b;\0 Secure',
  'a=b\nc=d',
  'a=b\rc=d',
  'a=b\tc',
  'a=b\x01',
  'a=b\x7f',
  'a=b\x85',
  '\0a=b',
  '\na=b',
  'a=b\n',
]);

const deep = written(
  ['a=b', 'a=b; Path=/', 'a=b; Path=/app', 'a=b; Path=/app/', 'a=b; Path=/other', 'a=; Max-Age=0'],
  `${shop}/app/page`,
  ['a=1; Path=/app', 'd=1'],
);

const after = [
  ['a=1; HttpOnly'],
  ['a=1; Secure'],
  ['a=1; HttpOnly; Path=/app'],
  ['a=1; HttpOnly; Domain=shop.example'],
  ['a=1; SameSite=Strict'],
  ['a=1', 'b=1', 'c=1'],
  ['a=1; Max-Age=600'],
  ['a=1; Secure; Partitioned; HttpOnly'],
].flatMap((before) => [
  ...written(
    [
      'a=2',
      'a=; Max-Age=0',
      'a=2; HttpOnly',
      'A=2',
      'a=1',
      'a=2; Domain=shop.example',
      'a',
      'a=2; Secure; Partitioned',
    ],
    `${shop}/`,
    before,
  ),
]);

const plain = written(
  ['a=b', 'a=b; Secure', 'a=b; SameSite=None', 'a=b; SameSite=None; Secure', '__Secure-a=b; Secure'],
  `${plainShop}/`,
);

const plainAfterSecure: Vector[] = ['a=2', 'a=; Max-Age=0', 'a=2; Secure', 'a=2; Domain=shop.example'].map((write) => ({
  name: `on http a script writes ${write} after a Secure cookie`,
  sets: [{ at: `${shop}/`, cookies: ['a=1; Secure'] }, { at: `${plainShop}/`, cookies: [] }, { write }],
  asks: [`${shop}/`, `${plainShop}/`],
}));

const machines = [
  'http://localhost:3000/',
  'http://127.0.0.1:3000/',
  'http://[::1]:3000/',
  'https://co.uk/',
  'https://192.0.2.1/',
].flatMap((at) => written(['a=b', 'a=b; Secure', `a=b; Domain=${new URL(at).hostname}`], at));

export const scripting: Vector[] = [...texts, ...deep, ...after, ...plain, ...plainAfterSecure, ...machines];
