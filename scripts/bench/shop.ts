/**
 * A process that serves one shop, for `npm run bench`: `shop.ts <with-lens|without> <mock|real>`. With the lens it is a sandbox
 * that somebody looks at; without, the same app on a plain connection.
 */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import bcrypt from 'bcrypt';
import type { StoreKind } from '../../scenarios/engine/trace.ts';
import sessionFixation from '../../scenarios/session-fixation.ts';
import { createApp } from '../../server/app/app.ts';
import { createUsers } from '../../server/app/db.ts';
import { cookieName } from '../../server/app/session.ts';
import { people } from '../../server/lab/deployment/people.ts';
import { createSandbox } from '../../server/lab/sandbox.ts';
import { createRedisSwitch } from '../../server/redis/switch.ts';
import { tellParent } from './child.ts';

export interface ServedShop {
  port: number;
  /** Of a session that is logged in. */
  cookie: string;
}

const [lens, store] = process.argv.slice(2) as ['with-lens' | 'without', StoreKind];
const redis = createRedisSwitch({ url: process.env.REDIS_URL });
const users = await people(4);
const { port, close } = lens === 'with-lens' ? await openSandbox() : await openPlain();
tellParent({ port, cookie: await logIn(port) } satisfies ServedShop, async () => {
  await close();
  await redis.close();
});

async function openSandbox() {
  const sandbox = await createSandbox({
    scenario: sessionFixation,
    variant: 'protected',
    store,
    pace: 'jump',
    users,
    redis,
    room: { events: Number.POSITIVE_INFINITY, bytes: Number.POSITIVE_INFINITY },
  });
  sandbox.subscribe(() => {
    // A full trace records nothing, and would make the lens look faster than it is.
    if (sandbox.trace.events.length > 10_000) sandbox.trace.events.length = 0;
  });
  return { port: sandbox.ports.app!, close: () => sandbox.end('Measured.') };
}

async function openPlain() {
  const connection = await redis.connect(store, { keyPrefix: 'plain:' });
  const server = createServer(
    createApp({
      redis: connection,
      users: createUsers(users),
      bcrypt,
      bcryptCost: 4,
      secret: randomBytes(32).toString('base64url'),
      frontEnds: [],
      idleMs: 30 * 60_000,
      absoluteMs: 8 * 3_600_000,
      recentPasswordMs: 5 * 60_000,
      publicOrigin: 'https://shop.example',
      now: Date.now,
      audit: () => {},
      mail: () => {},
      events: { publish: () => {}, subscribe: () => {} },
      charge: async () => {},
      log: console.error,
    }),
  ).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function logIn(port: number): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}/auth/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Forwarded-Proto': 'https' },
    body: JSON.stringify({ email: 'alice@shop.example', password: 'rabbit-hole-7' }),
  });
  const cookies = response.headers.getSetCookie();
  const cookie = cookies.find((one) => one.startsWith(cookieName))?.split(';')[0];
  if (!cookie) throw new Error(`The login was answered ${response.status}.`);
  return cookie;
}
