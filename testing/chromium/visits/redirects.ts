/** Visits: redirects to addresses of every form, and how many. */
import { redirect, shop, visit } from './parts.ts';
import type { Visit } from './visits.ts';

export const locations: Visit[] = [
  '/next',
  'next',
  '?next',
  '//evil.example/next',
  '\\\\evil.example\\next',
  '/a b',
  '/a|b',
  '/../next',
  '/next#there',
  '',
  ' ',
  'http://[',
  'https://shop.example:99999/',
  'https://',
  'javascript:alert(1)',
  'data:text/html,next',
  'file:///etc/passwd',
  'about:blank',
  'mailto:alice@shop.example',
  'ftp://shop.example/',
].flatMap((location): Visit[] =>
  (['visit', 'fetch'] as const).map((how) => ({
    name: `${how}: a redirect to "${location}"`,
    acts: [visit(`${shop}/`), { do: how, to: { at: `${shop}/from/here`, ...redirect(location) } }],
  })),
);

export const noRedirects: Visit[] = [300, 304, 305, 306].map((status) => ({
  name: `${status} is no redirect`,
  acts: [visit(`${shop}/`), { do: 'fetch', to: { at: `${shop}/from`, ...redirect('/next', status) } }],
}));

export const redirectLimit: Visit[] = [20, 21].flatMap((count): Visit[] => [
  { name: `${count} redirects of a page`, acts: [visit(`${shop}/countdown/${count}`)] },
  {
    name: `${count} redirects of a fetch`,
    acts: [visit(`${shop}/`), { do: 'fetch', to: { at: `${shop}/countdown/${count}` } }],
  },
]);
