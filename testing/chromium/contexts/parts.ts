/** What the tables of contexts are made of. */
import type { Context, Hop } from './contexts.ts';

export const shop = 'https://shop.example';

export const blog = 'https://blog.shop.example';

export const otherPort = 'https://shop.example:8443';

export const plainShop = 'http://shop.example';

export const evil = 'https://evil.example';

export const third = 'https://third.example';

export const plainEvil = 'http://evil.example';

export const open = { 'Access-Control-Allow-Origin': '$origin', 'Access-Control-Allow-Credentials': 'true' };

export const openToAll = {
  ...open,
  'Access-Control-Allow-Methods': 'PUT, DELETE, PATCH',
  'Access-Control-Allow-Headers': 'X-Custom, Content-Type, Authorization',
};

export const hostName = (origin: string) => origin.replace('https://', '').replace('.example', '');

export const chain = (hops: readonly Hop[]) => hops.map(({ at }) => hostName(at)).join(' → ');

/** Each way in which a page causes a request. */
export const ways: Pick<Context, 'how' | 'method' | 'body' | 'headers'>[] = [
  { how: 'link' },
  { how: 'form' },
  { how: 'image' },
  { how: 'fetch' },
  { how: 'fetch', method: 'HEAD' },
  { how: 'fetch', method: 'POST', body: 'a text' },
  { how: 'fetch', method: 'PUT', body: '{}', headers: { 'Content-Type': 'application/json' } },
  { how: 'style sheet' },
];

export const wayName = ({ how, method }: (typeof ways)[number]) => (method === undefined ? how : `${how} ${method}`);
