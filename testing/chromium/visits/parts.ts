/** What the tables of visits are made of. */
import type { Act, Target } from './visits.ts';

export const shop = 'https://shop.example';

export const blog = 'https://blog.shop.example';

export const evil = 'https://evil.example';

export const plainShop = 'http://shop.example';

export const visit = (at: string, more: Omit<Target, 'at'> = {}): Act => ({ do: 'visit', to: { at, ...more } });

export const link = (at: string, more: Omit<Target, 'at'> = {}): Act => ({ do: 'link', to: { at, ...more } });

export const form = (at: string, more: Omit<Target, 'at'> = {}): Act => ({ do: 'form', to: { at, ...more } });

export const back: Act = { do: 'back' };

export const noStore = { headers: { 'Cache-Control': 'no-store' } };

export const redirect = (Location: string, status = 302) => ({ status, headers: { Location } });

/** Cookies of both kinds, which show whether a request counts as cross-site. */
export const login: Act[] = [
  visit(`${shop}/a`, { headers: { 'Set-Cookie': 'strict=1; SameSite=Strict; Secure; Path=/' } }),
  visit(`${shop}/b`, { headers: { 'Set-Cookie': 'lax=1; SameSite=Lax; Path=/' } }),
];
