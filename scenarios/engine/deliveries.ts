/** What browsers sent to other sites in a step: data of an account, or nothing of interest. Pure. */
import { hostIn } from './cookieHosts.ts';
import { isImpostor } from './impostor.ts';
import { isApp } from './lastAnswer.ts';
import type { Exchange, View } from './read.ts';

export interface Delivery {
  /** The host that received it: "evil.example". */
  host: string;
  /** The actor whose browser sent it. */
  from: string;
  /** Whether a user sent it in a form of that host. Otherwise the page of another site did. */
  byUser: boolean;
  /** The user whose email address is in it; null when none is. */
  account: View['header']['users'][number] | null;
}

/** Returns what other hosts were sent in the step, in the order of the requests. Pages that were only opened are none. */
export function deliveriesIn(view: View): Delivery[] {
  return view.exchanges.flatMap((exchange) => (exchange.request.seq < view.since ? [] : deliveryIn(exchange, view)));
}

/** Returns for each host what it has learned of an account last, else that it has learned nothing. */
export function shownDeliveries(view: View): Delivery[] {
  const all = deliveriesIn(view);
  const hosts = [...new Set(all.map(({ host }) => host))];
  return hosts.map((host) => {
    const own = all.filter((delivery) => delivery.host === host);
    return own.findLast(({ account }) => account !== null) ?? own.at(-1)!;
  });
}

function deliveryIn(exchange: Exchange, { header }: View): Delivery[] {
  const { request, response } = exchange;
  // What an impostor of the app got is told by itself.
  if (isImpostor(exchange) || !response || isApp(response.by) || response.by === 'cache') return [];
  const headerOf = (name: string) => request.headers.find(([other]) => other.toLowerCase() === name)?.[1];
  if (headerOf('sec-fetch-dest') === 'document') return [];
  const delivery = { host: hostIn(request.url), from: request.actor };
  if (request.body !== null && headerOf('sec-fetch-site') === 'same-origin')
    return [{ ...delivery, byUser: true, account: null }];
  if (headerOf('sec-fetch-site') !== 'cross-site') return [];
  const sent = decoded(request.url) + (request.body ?? '');
  const account = header.users.find(({ email }) => sent.includes(email)) ?? null;
  return [{ ...delivery, byUser: false, account }];
}

function decoded(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}
