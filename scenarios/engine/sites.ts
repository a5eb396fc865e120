/** Other people's sites: what they are in a scenario, and a ready-made one that belongs to an attacker. */

/** A response of another site. Defaults: status 200, no headers, an empty body. */
export interface SiteResponse {
  status?: number;
  headers?: Record<string, string | string[]>;
  body?: string;
}

interface SiteRequest {
  method: string;
  path: string;
  headers: Record<string, string | undefined>;
  body: string;
}

/** Another site's server: a function from a request to a response. */
export type SiteHandler = (request: SiteRequest) => SiteResponse | Promise<SiteResponse>;

/** A site that an attacker controls. It sets the cookies named in its link, and shows which cookies it was sent. */
export const plantingSite = ({ path, headers }: SiteRequest): SiteResponse => {
  const [, ...cookies] = path.split(/[?&]set=/);
  const sent = (headers.cookie ?? '').split('; ').map((cookie) => cookie.split('=')[0]);
  return {
    headers: { 'set-cookie': cookies.map(decodeURIComponent) },
    body: `Ten hats for the summer. This site was sent: ${sent.join(', ') || 'no cookie'}.`,
  };
};

/** Returns the link that makes the planting site at that origin answer with these Set-Cookie headers. */
export function plantingLink(origin: string, ...setCookies: string[]): string {
  return `${origin}/?${setCookies.map((header) => `set=${encodeURIComponent(header)}`).join('&')}`;
}
