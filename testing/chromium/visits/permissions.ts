/** Visits: what a preflight allows later. */
import { evil, shop, visit } from './parts.ts';
import type { Act, Visit } from './visits.ts';

const open = { 'Access-Control-Allow-Origin': 'https://evil.example', 'Access-Control-Allow-Credentials': 'true' };

const put = (at: string, headers: Record<string, string>, more: Partial<Extract<Act, { do: 'fetch' }>> = {}): Act => ({
  ...{
    do: 'fetch',
    method: 'PUT',
    to: { at, headers: { ...open, 'Access-Control-Allow-Methods': 'PUT', ...headers } },
  },
  ...more,
});

export const remembered: Visit[] = (
  [
    ['without Access-Control-Max-Age', put(`${shop}/x`, {}), put(`${shop}/x`, {})],
    [
      'for 60 s',
      put(`${shop}/x`, { 'Access-Control-Max-Age': '60' }),
      put(`${shop}/x`, { 'Access-Control-Max-Age': '60' }),
    ],
    [
      'for 0 s',
      put(`${shop}/x`, { 'Access-Control-Max-Age': '0' }),
      put(`${shop}/x`, { 'Access-Control-Max-Age': '0' }),
    ],
    [
      'for -1 s',
      put(`${shop}/x`, { 'Access-Control-Max-Age': '-1' }),
      put(`${shop}/x`, { 'Access-Control-Max-Age': '-1' }),
    ],
    [
      'for a time that is no number',
      put(`${shop}/x`, { 'Access-Control-Max-Age': 'a' }),
      put(`${shop}/x`, { 'Access-Control-Max-Age': 'a' }),
    ],
    ['for another address', put(`${shop}/x`, {}), put(`${shop}/y`, {})],
    ['for another header', put(`${shop}/x`, {}), put(`${shop}/x`, {}, { headers: { 'X-A': '1' } })],
    [
      'for a header that was allowed, too',
      put(`${shop}/x`, { 'Access-Control-Allow-Headers': 'X-A' }),
      put(`${shop}/x`, { 'Access-Control-Allow-Headers': 'X-A' }, { headers: { 'X-A': '1' } }),
    ],
    ['with cookies, then without', put(`${shop}/x`, {}), put(`${shop}/x`, {}, { credentials: 'omit' })],
    ['without cookies, then with', put(`${shop}/x`, {}, { credentials: 'omit' }), put(`${shop}/x`, {})],
    ['for another method', put(`${shop}/x`, {}), put(`${shop}/x`, {}, { method: 'DELETE' })],
  ] as [string, Act, Act][]
).map(([what, first, second]) => ({
  name: `a preflight is remembered ${what}`,
  acts: [visit(`${evil}/`), first, second],
}));
