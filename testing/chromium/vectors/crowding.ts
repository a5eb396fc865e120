/** Vectors: more cookies than a site may have. */
import { blog, plainShop, shop } from './parts.ts';
import type { Vector } from './vectors.ts';

/** `c5=1; Secure` to `c9=1; Secure`. */
const cookies = (from: number, to: number, attributes = '') =>
  Array.from({ length: to - from }, (_, index) => `c${from + index}=1${attributes}`);

const low = '; Priority=Low';
const high = '; Priority=High';
const secure = '; Secure';
const partitioned = '; Secure; Partitioned';

export const crowding: Vector[] = (
  [
    ['180', cookies(0, 180)],
    ['181', cookies(0, 181)],
    ['211', cookies(0, 211)],
    ['212', cookies(0, 212)],
    ['400', cookies(0, 400)],
    ['100 Secure ones, then others', [...cookies(0, 100, secure), ...cookies(100, 181)]],
    ['160 Secure ones, then others', [...cookies(0, 160, secure), ...cookies(160, 181)]],
    ['20 others, then Secure ones', [...cookies(0, 20), ...cookies(20, 181, secure)]],
    ['one that is not Secure', [...cookies(0, 90, secure), 'a=1', ...cookies(90, 180, secure)]],
    ['Secure ones', cookies(0, 181, secure)],
    ['an HttpOnly one, then others', ['a=1; HttpOnly', ...cookies(0, 180)]],
    ['an HttpOnly Secure one, then others', ['a=1; HttpOnly; Secure', ...cookies(0, 180)]],
    ['one of high priority, then others', [`a=1${high}`, ...cookies(0, 180)]],
    ['one of high priority, then Secure ones', [`a=1${secure}${high}`, ...cookies(0, 180, secure)]],
    ['100 usual ones, then of low priority', [...cookies(0, 100), ...cookies(100, 181, low)]],
    ['160 usual ones, then of low priority', [...cookies(0, 160), ...cookies(160, 181, low)]],
    ['141 usual ones, then of low priority', [...cookies(0, 141), ...cookies(141, 181, low)]],
    ['of every priority', [...cookies(0, 60, low), ...cookies(60, 120, high), ...cookies(120, 181)]],
    [
      'of every priority, some Secure',
      [...cookies(0, 60, low + secure), ...cookies(60, 120, high), ...cookies(120, 181)],
    ],
    ['some set again', [...cookies(0, 180), 'c0=2', 'c1=1', 'c180=1']],
    ['some of them for the domain', [...cookies(0, 100), ...cookies(100, 181, '; Domain=shop.example')]],
    ['some of them with an expiry', [...cookies(0, 60, '; Max-Age=6000'), ...cookies(60, 181)]],
    ['Partitioned', cookies(0, 200, partitioned)],
    ['100 Partitioned, 100 not', [...cookies(0, 100, partitioned), ...cookies(100, 200)]],
    ['one Partitioned of low priority', [...cookies(0, 180, partitioned), `a=1${partitioned}${low}`]],
    ['180 and one that has expired', [...cookies(0, 180), 'a=1; Max-Age=0']],
    ['180 and one that is refused', [...cookies(0, 180), 'a=1; Domain=evil.example']],
  ] as [string, string[]][]
)
  .map(
    ([what, cookies]): Vector => ({
      name: `many cookies: ${what}`,
      sets: [{ at: `${shop}/`, cookies }],
      asks: [`${shop}/`],
    }),
  )
  .concat([
    {
      name: 'many cookies: of a subdomain',
      sets: [
        { at: `${shop}/`, cookies: cookies(0, 100) },
        { at: `${blog}/`, cookies: cookies(100, 181) },
      ],
      asks: [`${shop}/`],
    },
    {
      name: 'many cookies: of another site',
      sets: [
        { at: `${shop}/`, cookies: cookies(0, 100) },
        { at: 'https://evil.example/', cookies: cookies(100, 181) },
      ],
      asks: [`${shop}/`],
    },
    {
      name: 'many cookies: over http',
      sets: [
        { at: `${shop}/`, cookies: ['a=1; Secure; HttpOnly'] },
        { at: `${plainShop}/`, cookies: cookies(0, 180) },
      ],
      asks: [`${shop}/`],
    },
    {
      name: 'many cookies: written by a script',
      sets: [{ at: `${shop}/`, cookies: ['a=1; HttpOnly', ...cookies(0, 179)] }, { write: 'b=1' }, { write: 'a=2' }],
      asks: [`${shop}/`],
    },
  ]);
