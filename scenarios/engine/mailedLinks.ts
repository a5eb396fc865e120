/** Where the links in the app's mails lead: to the app itself, or to a site that somebody else chose. Pure. */
import { pathIn } from './cookieHosts.ts';
import { nameIn } from './people.ts';
import type { Exchange, View } from './read.ts';

/** `mailed`: the step sent a mail with a link. `followed`: a browser opened the site of a mailed link that is not the app. */
export type MailedLink =
  | { is: 'mailed'; to: string; host: string; foreign: boolean }
  | { is: 'followed'; host: string; query: string };

/** Returns the link of the last mail in the current step, or what the site of an earlier one was sent in it; null for neither. */
export function mailedLink({ mails, exchanges, since }: View): MailedLink | null {
  const isForeign = ({ request, leadsTo }: View['mails'][number]) => {
    const asked = exchanges.find((exchange) => exchange.request.id === request)?.request;
    return asked !== undefined && leadsTo !== hostOf(asked.url);
  };
  const withLink = mails.filter((mail) => mail.leadsTo !== undefined);
  const sent = withLink.findLast(({ seq }) => seq >= since);
  if (sent) return { is: 'mailed', to: nameIn(sent.to), host: sent.leadsTo!, foreign: isForeign(sent) };

  const elsewhere = withLink.filter(isForeign).map(({ leadsTo }) => leadsTo);
  const visit = exchanges.findLast(
    ({ request: { seq, url } }) => seq >= since && url.includes('?') && elsewhere.includes(hostOf(url)),
  );
  if (!visit) return null;
  const { url } = visit.request;
  return { is: 'followed', host: hostOf(url)!, query: url.slice(url.indexOf('?')) };
}

/** Whether the link leads away from the app. */
export const misleads = (link: MailedLink | null): link is MailedLink =>
  link?.is === 'followed' || link?.foreign === true;

/** Characters. A longer address is not told. */
const longestAddress = 40;

/**
 * Returns the address whose confirmation a request was for: the only one to which the app had sent a link for that, since another was
 * confirmed. Null when there are several, or none.
 */
export function confirmedAddress({ request }: Exchange, { mails, exchanges }: View): string | null {
  const earlier = exchanges.filter((one) => one.request.seq < request.seq);
  const confirmed = earlier.findLast(
    ({ request: { method, url }, response }) =>
      `${method} ${pathIn(url)}` === 'POST /auth/confirm-email' && (response?.status ?? 400) < 400,
  );
  const asked = earlier.filter(({ request: { method, url } }) => method === 'POST' && asksForLink.test(pathIn(url)));
  const addresses = new Set(
    mails
      .filter(({ leadsTo, seq }) => leadsTo !== undefined && seq > (confirmed?.request.seq ?? 0) && seq < request.seq)
      .filter((mail) => asked.some((one) => one.request.id === mail.request))
      .map(({ to }) => to),
  );
  const [address] = addresses;
  return addresses.size === 1 && address!.length <= longestAddress ? address! : null;
}

/** What makes the app send a link that confirms an address. */
const asksForLink = /^\/(auth\/register|account\/email)$/;

/** Where the link leads, as a sentence; '' when there is none. */
export function leadsTo(link: MailedLink | null): string {
  if (!link) return '';
  if (link.is === 'mailed') return `The link in the mail to ${link.to} leads to ${link.host}.`;
  return `${link.host} was sent the token of the link in the mail: ${link.query.slice(0, 16)}…`;
}

/** Returns the host in the first URL of a text; undefined when it has none. The engine has no URL of its own. */
export const hostOf = (text: string): string | undefined => /https?:\/\/([^/?#\s]+)/.exec(text)?.[1];
