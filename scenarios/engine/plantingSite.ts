import type { SiteHandler } from './scenario.ts';

/** A site in an attacker's hands: it sets the cookies that the link to it says, and tells which ones it was sent. */
export const plantingSite: SiteHandler = ({ path, headers }) => {
  const [, ...cookies] = path.split(/[?&]set=/);
  const sent = (headers.cookie ?? '').split('; ').map((cookie) => cookie.split('=')[0]);
  return {
    headers: { 'set-cookie': cookies.map(decodeURIComponent) },
    body: `Ten hats for the summer. This site was sent: ${sent.join(', ') || 'no cookie'}.`,
  };
};

/** The link to send around: whoever opens it gets these Set-Cookie headers from that site. */
export function plantingLink(origin: string, ...setCookies: string[]): string {
  return `${origin}/?${setCookies.map((header) => `set=${encodeURIComponent(header)}`).join('&')}`;
}
