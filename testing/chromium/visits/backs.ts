/** Visits: the Back button. */
import { back, blog, evil, form, link, login, noStore, shop, visit } from './parts.ts';
import type { Act, Visit } from './visits.ts';

export const backs: Visit[] = (
  [
    ['a typed page', [visit(`${shop}/one`)]],
    ['a typed page with no-store', [visit(`${shop}/one`, noStore)]],
    ['a page with no-cache', [visit(`${shop}/one`, { headers: { 'Cache-Control': 'no-cache' } })]],
    ['a page with max-age=0', [visit(`${shop}/one`, { headers: { 'Cache-Control': 'private, max-age=0' } })]],
    ['an error page', [visit(`${shop}/one`, { status: 404 })]],
    ['a page with no-store that a link of another site led to', [visit(`${evil}/`), link(`${shop}/one`, noStore)]],
    ['a page with no-store that a link of the same site led to', [visit(`${blog}/`), link(`${shop}/one`, noStore)]],
    ['a page with no-store that a link of its own led to', [visit(`${shop}/`), link(`${shop}/one`, noStore)]],
    ['a page that a link of another site led to', [visit(`${evil}/`), link(`${shop}/one`)]],
    ['the answer to a form', [visit(`${shop}/`), form(`${shop}/one`)]],
    ['the answer to a form with no-store', [visit(`${shop}/`), form(`${shop}/one`, noStore)]],
    ['the answer to a form of another site', [visit(`${evil}/`), form(`${shop}/one`)]],
    ['the answer to a form of another site with no-store', [visit(`${evil}/`), form(`${shop}/one`, noStore)]],
    ['a response without content', [visit(`${shop}/one`), visit(`${shop}/x`, { status: 204 })]],
    ['the same page twice', [visit(`${shop}/zero`), visit(`${shop}/one`), link(`${shop}/one`)]],
  ] as [string, Act[]][]
).map(([what, acts]) => ({ name: `Back to ${what}`, acts: [...login, ...acts, visit(`${shop}/two`), back] }));
