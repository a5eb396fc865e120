import { expect, test } from 'vitest';
import { plantingLink, plantingSite } from './sites.ts';

const blog = 'https://blog.shop.example';

/** The response to a visitor who opens the link. */
const open = (link: string, cookie?: string) =>
  plantingSite({ method: 'GET', path: link.slice(blog.length), headers: { cookie }, body: '' });

test.each([
  { setCookies: [] },
  { setCookies: ['sid=1'] },
  { setCookies: ['sid=s%3Aabc.x%2B%2Fy%3D; Domain=shop.example; Path=/me; Secure', 'sid=a&b?set=c'] },
])('the link sets $setCookies and nothing else', ({ setCookies }) => {
  expect(open(plantingLink(blog, ...setCookies)).headers).toEqual({ 'set-cookie': setCookies });
});

test('the page names the cookies it was sent, without their values', () => {
  expect(open(`${blog}/`, 'sid=secret; csrf=secret').body).toMatch(/was sent: sid, csrf\.$/);
  expect(open(`${blog}/`).body).toMatch(/was sent: no cookie\.$/);
});
