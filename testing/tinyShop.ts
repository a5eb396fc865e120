/** A shop in this process, for tests of what check does with apps of many kinds. Without settings it has no flaw. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { TargetDefinition } from '../server/check/target.ts';
import type { TestCertificate } from './certificate.ts';
import { passwords, shopRecipe } from './shopRecipe.ts';

export interface TinyShopSettings {
  /** The name of the session cookie. */
  cookie?: string;
  /** What follows the value of the session cookie. */
  attributes?: string;
  /** A login ends the account's other sessions. */
  oneSession?: boolean;
  /** Refuses a login when the account has so many sessions. */
  mostSessions?: number;
  /** Answers 429 to logins after so many that failed. */
  failuresAllowed?: number;
  /** Answers 429 to all logins after so many. */
  loginsAllowed?: number;
  /** Where a login redirects to. */
  loginRedirect?: string;
  /** Milliseconds that every answer takes. */
  delay?: number;
  /** Answers with these headers. */
  headers?: Record<string, string>;
  /** Answers over https, with this certificate. */
  tls?: Pick<TestCertificate, 'key' | 'cert'>;
  /** Replaces what answers. Returns whether it did. */
  answer?: (req: IncomingMessage, res: ServerResponse) => boolean;
}

export async function startTinyShop(settings: TinyShopSettings = {}) {
  const { cookie = 'sid', attributes = 'Path=/; HttpOnly; SameSite=Lax', delay = 0 } = settings;
  const sessions = new Map<string, string>();
  const nicknames = new Map<string, string>();
  const requests: { method: string; url: string; headers: IncomingMessage['headers']; body: string }[] = [];
  let failures = 0;
  let logins = 0;

  const listener: RequestListener = async (req, res) => {
    const body = await text(req);
    requests.push({ method: req.method!, url: req.url!, headers: req.headers, body });
    if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay));
    if (settings.answer?.(req, res)) return;
    const sid = new RegExp(`(?:^|; )${cookie}=([^;]*)`).exec(req.headers.cookie ?? '')?.[1] ?? '';
    const user = sessions.get(sid);
    const form = new URLSearchParams(body);
    const send = (status: number, json: unknown, headers: Record<string, string> = {}) => {
      res.writeHead(status, {
        'Content-Type': 'application/json',
        'Cache-Control': 'no-store',
        ...settings.headers,
        ...headers,
      });
      res.end(JSON.stringify(json));
    };

    switch (`${req.method} ${req.url!.split('?')[0]}`) {
      case 'POST /login': {
        logins += 1;
        if (logins > (settings.loginsAllowed ?? Number.POSITIVE_INFINITY)) return send(429, { error: 'slow down' });
        if (failures >= (settings.failuresAllowed ?? Number.POSITIVE_INFINITY))
          return send(429, { error: 'slow down' });
        const name = form.get('name') ?? '';
        if (passwords[name] === undefined || passwords[name] !== form.get('password')) {
          failures += 1;
          return send(401, { error: `No, ${name}, this is wrong.` });
        }
        const own = [...sessions.values()].filter((owner) => owner === name).length;
        if (own >= (settings.mostSessions ?? Number.POSITIVE_INFINITY))
          return send(403, { error: 'too many sessions' });
        for (const [other, owner] of sessions) if (settings.oneSession && owner === name) sessions.delete(other);
        sessions.delete(sid);
        const fresh = randomBytes(16).toString('hex');
        sessions.set(fresh, name);
        const headers: Record<string, string> = { 'Set-Cookie': `${cookie}=${fresh}; ${attributes}` };
        if (settings.loginRedirect) headers.Location = settings.loginRedirect;
        return send(settings.loginRedirect ? 303 : 200, { name }, headers);
      }
      case 'GET /me':
        return user ? send(200, { name: user, nickname: nicknames.get(user) ?? '' }) : send(401, {});
      case 'POST /nickname':
        if (!user) return send(401, {});
        nicknames.set(user, form.get('nickname') ?? '');
        return send(200, { ok: true });
      case 'POST /logout':
        sessions.delete(sid);
        return send(200, {}, { 'Set-Cookie': `${cookie}=; Max-Age=0; ${attributes}` });
      case 'GET /sessions':
        return user
          ? send(
              200,
              [...sessions.values()].filter((name) => name === user),
            )
          : send(401, {});
      case 'GET /':
        return send(200, { shop: 'open' });
      default:
        return send(404, {});
    }
  };
  const server = settings.tls ? createSecureServer(settings.tls, listener) : createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    origin: `${settings.tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    requests,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The recipe of the shop. */
export const tinyRecipe = (origin: string): TargetDefinition => ({
  ...shopRecipe(origin),
  sessions: { list: async (browser) => (await browser.get('/sessions')).json },
});
