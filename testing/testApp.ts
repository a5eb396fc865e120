/** The app over real HTTP, for tests: visitors with cookies, and matchers for the session cookie in a response. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import bcrypt from 'bcrypt';
import type { Redis } from 'ioredis';
import { Secret, TOTP } from 'otpauth';
import { createApp, defaultParts } from '../server/app/app.ts';
import type { Audit, AuditName } from '../server/app/audit.ts';
import { createSecret } from '../server/app/auth/codes.ts';
import { createUsers, seedUsers, type Users } from '../server/app/db.ts';
import type { Parts } from '../server/app/parts.ts';
import type { Events } from '../server/app/services.ts';
import { cookieName } from '../server/app/session.ts';

export const alice = { email: 'alice@shop.example', password: 'rabbit-hole-7' };
export const mallory = { email: 'mallory@shop.example', password: 'crow-bar-13' };
export const admin = { email: 'admin@shop.example', password: 'ring-of-keys-42' };

export const secret = 'a secret only this test knows';

/** Milliseconds. */
export const idle = 30 * 60_000;
export const absolute = 8 * 60 * 60_000;
export const recent = 5 * 60_000;

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test knows what the route answers
  json: any;
  /** The Set-Cookie headers. */
  setCookie: string[];
}

export interface TestRequest {
  method?: string;
  /** Sent as JSON, except for a string or a Buffer, which is sent unchanged. */
  body?: unknown;
  headers?: Record<string, string>;
}

export type TestApp = Awaited<ReturnType<typeof openApp>>;
export type Visitor = ReturnType<TestApp['visitor']>;

/** Carries events between the instances of an app in this process. `publish` resolves when all have handled the event. */
export function createTestEvents(): Events {
  const listeners: Parameters<Events['subscribe']>[0][] = [];
  return {
    publish: async (event) => void (await Promise.all(listeners.map((listener) => listener(event)))),
    subscribe: (listener) => void listeners.push(listener),
  };
}
/** Returns the token in the link of a mail. */
export const tokenIn = (mail: { text: string } | undefined): string => /#\w+=(\S+)$/.exec(mail!.text)![1]!;

const closing: (() => Promise<void>)[] = [];

/** Closes every app that a test has opened. Call it after each test. */
export async function closeApps(): Promise<void> {
  await Promise.all(closing.splice(0).map((close) => close()));
}

/**
 * Opens an app that listens on 127.0.0.1.
 *
 * @param settings.users the table of another app, of which this one is a second instance
 * @param settings.cost of bcrypt. The default is the lowest one, so that logins are fast.
 */
export async function openApp(
  redis: Redis,
  settings: {
    parts?: Partial<Parts>;
    cost?: number;
    secret?: string | string[];
    frontEnds?: string[];
    charge?: () => Promise<void>;
    users?: Users;
    mail?: () => Promise<void>;
    /** Those of another instance. */
    events?: Events;
  } = {},
) {
  const { cost = 4, users = createUsers(await seedUsers(cost)) } = settings;
  const logged: unknown[] = [];
  const auditLog: Parameters<Audit>[0][] = [];
  const mails: { to: string; subject: string; text: string }[] = [];
  const charged: string[] = [];
  /** Milliseconds by which the app's clock is ahead. */
  const clock = { ahead: 0 };
  const app = createApp(
    {
      redis,
      users,
      bcrypt,
      bcryptCost: cost,
      secret: settings.secret ?? secret,
      frontEnds: settings.frontEnds ?? [],
      idleMs: idle,
      absoluteMs: absolute,
      recentPasswordMs: recent,
      publicOrigin: 'https://shop.example',
      now: () => Date.now() + clock.ahead,
      audit: (event) => auditLog.push(event),
      async mail(mail) {
        await settings.mail?.();
        mails.push(mail);
      },
      events: settings.events ?? createTestEvents(),
      async charge(orderId) {
        await settings.charge?.();
        charged.push(orderId);
      },
      log: (error) => logged.push(error),
    },
    { ...defaultParts, ...settings.parts },
  );
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function send(path: string, { method = 'GET', body, headers = {} }: TestRequest = {}): Promise<Answer> {
    const raw = body === undefined || typeof body === 'string' || Buffer.isBuffer(body);
    const response = await fetch(origin + path, {
      method,
      // The reverse proxy that ends TLS adds this header. Without it the app sets no Secure cookie.
      headers: { 'X-Forwarded-Proto': 'https', 'Content-Type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: raw ? (body as string) : JSON.stringify(body) }),
    });
    const text = await response.text();
    const { status } = response;
    return { status, headers: response.headers, text, json: parse(text), setCookie: response.headers.getSetCookie() };
  }

  /** A visitor who keeps cookies like a browser, and the CSRF token like the app's own page. */
  function visitor(device = 'a browser') {
    const cookies = new Map<string, string>();
    let csrfToken: string | undefined;
    async function request(path: string, message: TestRequest): Promise<Answer> {
      const headers = {
        'User-Agent': device,
        ...(cookies.size > 0 ? { Cookie: [...cookies.values()].join('; ') } : {}),
        ...(message.method && csrfToken ? { 'X-CSRF-Token': csrfToken } : {}),
        ...message.headers,
      };
      const answer = await send(path, { ...message, headers });
      for (const header of answer.setCookie) keep(header.split(';')[0]!);
      csrfToken = answer.json?.csrfToken ?? csrfToken;
      return answer;
    }
    function keep(pair: string) {
      const name = pair.slice(0, pair.indexOf('='));
      if (pair.endsWith('=')) cookies.delete(name);
      else cookies.set(name, pair);
    }
    return {
      get: (path: string) => request(path, {}),
      post: (path: string, body?: unknown, headers: Record<string, string> = {}) =>
        request(path, { method: 'POST', body, headers }),
      /** The session cookie as `name=value`, or undefined when there is none. */
      get cookie() {
        return cookies.get(cookieName);
      },
      cookieNamed: (name: string) => cookies.get(name),
      get csrfToken() {
        return csrfToken;
      },
      /** Puts a cookie into this browser, as `name=value`. For undefined it removes the session cookie. */
      plant(stolen: string | undefined) {
        if (stolen === undefined) cookies.delete(cookieName);
        else keep(stolen);
      },
      get sid() {
        return sidIn(cookies.get(cookieName));
      },
    };
  }

  return {
    redis,
    /** The Origin header of the app's own pages. TLS ends at the proxy. */
    origin: origin.replace('http:', 'https:'),
    users,
    logged,
    auditLog,
    /** Who did what to whom. */
    get audited(): { name: AuditName; userId?: number; by?: number }[] {
      return auditLog.map(({ name, userId, by }) => ({
        name,
        ...(userId !== undefined && { userId }),
        ...(by !== undefined && { by }),
      }));
    },
    mails,
    charged,
    clock,
    send,
    visitor,
    /** Gives a user a second factor. Returns what their authenticator app shows, that many codes later. */
    secondFactorOf({ email }: typeof alice, secret = createSecret()) {
      users.update(users.byEmail(email)!.id, { totpSecret: secret });
      const totp = new TOTP({ secret: Secret.fromBase32(secret) });
      return (later = 0) => totp.generate({ timestamp: Date.now() + clock.ahead + later * 30_000 });
    },
    /** A visitor who has logged in. */
    async loggedIn(who: typeof alice, device?: string) {
      const person = visitor(device);
      const { status } = await person.post('/auth/login', who);
      if (status !== 200) throw new Error(`The login of ${who.email} was answered ${status}.`);
      return person;
    },
    /** Returns a session's record, or null. */
    async record(sid: string | undefined) {
      const data = await redis.get(`sess:${sid}`);
      return data === null ? null : JSON.parse(data);
    },
    /** Returns the session ids of all records. */
    async sids(): Promise<string[]> {
      return (await redis.keys('*')).flatMap((key) => /sess:(.+)/.exec(key)?.[1] ?? []).sort();
    },
  };
}

/** Returns the session id in `__Host-sid=s%3A<id>.<signature>`. */
function sidIn(cookie: string | undefined): string | undefined {
  if (!cookie?.startsWith(`${cookieName}=`)) return undefined;
  return /=s:([^.]+)\./.exec(decodeURIComponent(cookie))?.[1];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `expect.extend(sessionCookieMatchers)` */
export const sessionCookieMatchers = {
  /** Expects one session cookie with every attribute that it should have. @param lasting milliseconds until it expires */
  toSetSessionCookie(answer: Answer, lasting: number) {
    const [header, ...more] = sessionCookies(answer);
    const cookie = attributesOf(header);
    const left = Date.parse(cookie.Expires ?? '') - Date.now();
    const pass =
      more.length === 0 &&
      sidIn(header?.split(';')[0]) !== undefined &&
      hasOurAttributes(cookie) &&
      // HTTP dates have whole seconds, and the request took a moment.
      left > lasting - 3000 &&
      left <= lasting;
    return { pass, message: () => `expected one session cookie of ${lasting} ms, got ${summary(answer)}` };
  },
  /** Expects one Set-Cookie that clears the session cookie. Browsers obey only if name, domain and path match the cookie. */
  toClearSessionCookie(answer: Answer) {
    const [header, ...more] = sessionCookies(answer);
    const cookie = attributesOf(header);
    const pass =
      more.length === 0 &&
      cookie[cookieName] === '' &&
      hasOurAttributes(cookie) &&
      Date.parse(cookie.Expires ?? '') === 0;
    return { pass, message: () => `expected the session cookie to be cleared, got ${summary(answer)}` };
  },
  toSetNoCookie(answer: Answer) {
    return { pass: answer.setCookie.length === 0, message: () => `expected no Set-Cookie, got ${summary(answer)}` };
  },
};

const summary = ({ status, setCookie }: Answer) => `${status} with ${JSON.stringify(setCookie)}`;

/** Logins also set a device cookie, which is not meant here. */
const sessionCookies = ({ setCookie }: Answer) => setCookie.filter((header) => header.startsWith(`${cookieName}=`));

function attributesOf(header = ''): Record<string, string> {
  return Object.fromEntries(
    header.split('; ').map((part) => {
      const [name = '', ...value] = part.split('=');
      return [name, value.join('=')];
    }),
  );
}

function hasOurAttributes(cookie: Record<string, string>): boolean {
  const { [cookieName]: _, Expires: __, ...rest } = cookie;
  return (
    JSON.stringify(Object.entries(rest).sort()) === '[["HttpOnly",""],["Path","/"],["SameSite","Lax"],["Secure",""]]'
  );
}

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: as vitest declares it
  interface Matchers<T = any> {
    toSetSessionCookie(lasting: number): T;
    toClearSessionCookie(): T;
    toSetNoCookie(): T;
  }
}
