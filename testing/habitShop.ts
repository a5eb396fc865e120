/** A shop in this process whose habits a test replaces one by one. As it stands it has no flaw. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { passwords } from './shopRecipe.ts';

/** What a route knows of a request, and of the shop. */
export interface Asked {
  method: string;
  /** Without the query. */
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  cookies: Map<string, string>;
  body: string;
  /** The body as a form encodes it. */
  form: URLSearchParams;
  /** Who is logged in; null for nobody. */
  user: string | null;
  shop: Shop;
}

export interface Replied {
  status?: number;
  headers?: OutgoingHttpHeaders;
  /** Sent as it is, or as JSON. */
  body?: unknown;
}
/** Null leaves a request to the other routes. */
export type Route = (asked: Asked) => Replied | null;

/** By method and path: `POST /login`. `*` is asked before all others. */
export type Routes = Record<string, Route>;

export interface Shop {
  /** Names by session id. */
  sessions: Map<string, string>;
  nicknames: Map<string, string>;
  /** What follows the value of the session cookie. */
  attributes: string;
  /** Who is logged in. */
  userOf(asked: Asked): string | null;
}

/** Returns the name of the account to which a login form belongs; null for a wrong name or password. */
export const nameFrom = ({ form }: Asked): string | null => {
  const name = form.get('name') ?? '';
  return passwords[name] !== undefined && passwords[name] === form.get('password') ? name : null;
};

export const freshId = () => randomBytes(16).toString('hex');

/** The routes of a shop without a flaw. */
const usual: Routes = {
  'GET /': () => ({ body: { shop: 'open' } }),
  'POST /login'(asked) {
    const name = nameFrom(asked);
    if (name === null) return { status: 401, body: { error: 'The name or the password is wrong.' } };
    asked.shop.sessions.delete(asked.cookies.get('sid') ?? '');
    return signedIn(asked, name);
  },
  'GET /me': ({ user, shop }) =>
    user ? { body: { name: user, nickname: shop.nicknames.get(user) ?? '' } } : { status: 401, body: {} },
  'POST /nickname': (asked) => renamed(asked, asked.form.get('nickname')),
  'POST /logout'({ shop, cookies }) {
    shop.sessions.delete(cookies.get('sid') ?? '');
    return { headers: { 'Set-Cookie': `sid=; Max-Age=0; ${shop.attributes}` }, body: {} };
  },
};

/** Logs somebody in under that id. */
export function signedIn({ shop }: Asked, name: string, sid = freshId()): Replied {
  shop.sessions.set(sid, name);
  return { headers: { 'Set-Cookie': `sid=${sid}; ${shop.attributes}` }, body: { name } };
}

/** Makes the change of the recipe. */
export function renamed({ user, shop }: Asked, nickname: string | null | undefined): Replied {
  if (!user) return { status: 401, body: {} };
  if (!nickname) return { status: 400, body: { error: 'no nickname' } };
  shop.nicknames.set(user, nickname);
  return { body: { ok: true } };
}

export async function startHabitShop(routes: Routes = {}, habits: Partial<Pick<Shop, 'attributes' | 'userOf'>> = {}) {
  const shop: Shop = {
    sessions: new Map(),
    nicknames: new Map(),
    attributes: 'Path=/; HttpOnly; SameSite=Lax',
    userOf: ({ cookies }) => shop.sessions.get(cookies.get('sid') ?? '') ?? null,
    ...habits,
  };
  const all: Routes = { ...usual, ...routes };
  const server = createServer(async (req, res) => {
    const asked = askedBy(req, await text(req), shop);
    const route = all[`${asked.method} ${asked.path}`];
    const { status = 200, headers = {}, body = '' } = all['*']?.(asked) ?? route?.(asked) ?? { status: 404 };
    res.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store', ...headers });
    res.end(typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    shop,
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function askedBy(req: IncomingMessage, body: string, shop: Shop): Asked {
  const { pathname, searchParams } = new URL(req.url!, 'http://shop.example');
  const pairs = (req.headers.cookie ?? '').split('; ').map((pair) => pair.split(/=(.*)/s) as [string, string]);
  const asked: Asked = {
    ...{ method: req.method!, path: pathname, query: searchParams, headers: req.headers },
    ...{ cookies: new Map(pairs), body, form: new URLSearchParams(body), user: null, shop },
  };
  asked.user = shop.userOf(asked);
  return asked;
}
