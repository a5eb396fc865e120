/** Copies of a session cookie outside browsers: what another site was sent, in a file, in an address or as the cookie itself. Pure. */
import { isImpostor } from './impostor.ts';
import { isApp } from './lastAnswer.ts';
import type { Exchange, View } from './read.ts';
import type { SessionCookie } from './sessionCookies.ts';

export interface CopyElsewhere {
  /** The host that was sent it: "support.example". */
  host: string;
  /** Where it stands in what was sent. */
  within: 'body' | 'address' | 'cookie';
  /** The actor whose browser sent it. */
  from: string;
  /** As the copy of the cookie is drawn: `added` in the step in which it was sent. */
  cookie: SessionCookie;
}

/** Returns the copies that other sites have been sent of the session cookies of the people who sent them, each once. */
export function copiesElsewhere(view: View): CopyElsewhere[] {
  const copies = view.exchanges.flatMap((exchange) => copiesIn(exchange, view));
  return copies.filter(
    ({ host, cookie }, index) =>
      copies.findIndex((one) => one.host === host && one.cookie.sid === cookie.sid) === index,
  );
}

function copiesIn(exchange: Exchange, { exchanges, since }: View): CopyElsewhere[] {
  const { request, response } = exchange;
  // What an impostor of the app got is told by itself.
  if (isImpostor(exchange) || !response || isApp(response.by) || response.by === 'cache') return [];
  const host = response.by.replace(/^.*:\/\//, '');
  // What it was sent by Mallory to plant in it is not the browser's own.
  const own = exchanges
    .filter((earlier) => earlier.request.seq < request.seq && earlier.request.actor === request.actor)
    .flatMap((earlier) => [earlier.request.sid, earlier.response?.sid]);
  const sids = [...new Set(own)].filter((sid) => sid != null);
  return sids.flatMap((sid) => {
    const within = placeIn(request, sid);
    if (within === null) return [];
    const mark = request.seq >= since ? 'added' : null;
    const none = {
      token: null,
      change: null,
      broken: null,
      handMade: false,
      notKept: false,
      keptFrom: null,
      sentFor: null,
      attributes: [],
    } as const;
    const cookie = { sid, mark, ...none } as const;
    return [{ host, within, from: request.actor, cookie }];
  });
}

function placeIn({ body, url, cookies }: Exchange['request'], sid: string): CopyElsewhere['within'] | null {
  if (body?.includes(sid)) return 'body';
  if (url.includes(sid)) return 'address';
  return cookies.some((cookie) => cookie.sent && cookie.sid === sid) ? 'cookie' : null;
}
