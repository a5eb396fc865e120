/** Visits: in which context a cookie is stored or sent, and which characters it may have. */
import { blog, evil, form, link, plainShop, redirect, shop, visit } from './parts.ts';
import type { Act, Target, Visit } from './visits.ts';

/** One Set-Cookie header for each visit, which shows what becomes of it in this context. */
const kinds = [
  'SameSite=Strict; Secure',
  'SameSite=Lax; Secure',
  'SameSite=None; Secure',
  'Secure',
  'SameSite=None',
  'SameSite=Lax',
];

const setIn: [string, (to: Omit<Target, 'at'>) => Act[]][] = [
  ['a link of another site', (to) => [visit(`${evil}/`), link(`${shop}/set`, to)]],
  ['a form of another site', (to) => [visit(`${evil}/`), form(`${shop}/set`, to)]],
  ['an image of another site', (to) => [visit(`${evil}/`), { do: 'image', to: { at: `${shop}/set`, ...to } }]],
  ['a fetch of another site', (to) => [visit(`${evil}/`), { do: 'fetch', to: { at: `${shop}/set`, ...to } }]],
  [
    'a fetch of another site without credentials',
    (to) => [visit(`${evil}/`), { do: 'fetch', credentials: 'omit', to: { at: `${shop}/set`, ...to } }],
  ],
  ['a fetch of the same site', (to) => [visit(`${blog}/`), { do: 'fetch', to: { at: `${shop}/set`, ...to } }]],
  [
    'an image of the http page of the same host',
    (to) => [visit(`${plainShop}/`), { do: 'image', to: { at: `${shop}/set`, ...to } }],
  ],
  ['an http page', (to) => [visit(`${plainShop}/set`, to)]],
  [
    'a redirect of an own fetch through another site',
    (to) => [
      visit(`${shop}/`),
      {
        do: 'image',
        to: { at: `${evil}/`, ...redirect(`https://shop.example/set?plan=${encodeURIComponent(JSON.stringify(to))}`) },
      },
    ],
  ],
];

export const stored: Visit[] = setIn.flatMap(([where, acts]) =>
  kinds.map((kind) => ({
    name: `a cookie with ${kind} in ${where}`,
    acts: acts({ headers: { 'Set-Cookie': `a=b; ${kind}; Path=/` } }),
  })),
);

/** Chromium sends a cookie without SameSite along with a form of another site in its first two minutes. */
const atAge = (age: 'young' | 'old'): Visit[] =>
  ['Secure', 'SameSite=Lax; Secure', 'SameSite=Strict; Secure', 'SameSite=None; Secure'].flatMap((kind) =>
    [evil, plainShop, blog].flatMap((from): Visit[] =>
      (['form', 'link'] as const).map((how) => ({
        name: `a cookie with ${kind}, ${age}, and a ${how} of ${from}`,
        acts: [
          visit(`${shop}/`, { headers: { 'Set-Cookie': `a=b; ${kind}; Path=/` } }),
          visit(`${from}/page`),
          ...(age === 'old' ? [{ do: 'wait' as const }] : []),
          { do: how, to: { at: `${shop}/next` } },
        ],
      })),
    ),
  );
export const young = atAge('young');
/** For a Chromium in which two minutes are ten seconds. */
export const old = atAge('old');

export const tabs: Visit[] = [
  '\ta=b',
  'a\tx=b',
  'a\t=\tb\t',
  'a=b\tx',
  'a="b\tx"',
  'a=b;\tSecure\t',
  'a=b; Sec\ture',
  'a=b; Path\t=\t/\t',
  'a=b; Path=/\tx',
  'a=b; Max-Age=1\t0',
  'a=b; unknown=x\ty',
  'a=b; Domain=shop\t.example',
  'a=b;\t;',
].map((cookie) => ({
  name: `Set-Cookie: ${JSON.stringify(cookie)}`,
  acts: [visit(`${shop}/`, { headers: { 'Set-Cookie': cookie } })],
}));

export const written: Visit[] = ['\0', '\x01', '\t', '\n', '\r', '\x1f', '\x7f'].flatMap((character) =>
  [`a${character}x=b`, `a=b${character}`, `a=b; Path=/${character}`, `a=b; x${character}y`].map((cookie) => ({
    name: `document.cookie = ${JSON.stringify(cookie)}`,
    acts: [visit(`${shop}/`), { do: 'write' as const, cookie }],
  })),
);
