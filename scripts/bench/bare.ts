/**
 * What session-fixation amounts to without the sandbox: the same requests to the same app, both variants, on node:http and
 * ioredis-mock alone. `npm run bench` measures how much longer the sandbox takes.
 */
import { strictEqual } from 'node:assert';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import bcrypt from 'bcrypt';
import RedisMock from 'ioredis-mock';
import { createApp, defaultParts } from '../../server/app/app.ts';
import { createUsers, seedUsers } from '../../server/app/db.ts';
import { cookieName } from '../../server/app/session.ts';
import * as weakness from '../../server/weaknesses/login-keeps-session-id.ts';

const users = await seedUsers(4);

async function play(variant: 'vulnerable' | 'protected'): Promise<void> {
  const app = createApp(
    {
      redis: new RedisMock({ host: variant }),
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
    },
    variant === 'vulnerable' ? { ...defaultParts, ...weakness } : defaultParts,
  );
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  async function send(method: string, path: string, cookie?: string, body?: object) {
    const outgoing = request({
      host: '127.0.0.1',
      port,
      method,
      path,
      agent: false,
      headers: {
        'X-Forwarded-Proto': 'https',
        ...(body && { 'Content-Type': 'application/json' }),
        ...(cookie && { Cookie: cookie }),
      },
    });
    outgoing.end(body && JSON.stringify(body));
    const [incoming] = await once(outgoing, 'response');
    const text = Buffer.concat(await incoming.toArray()).toString();
    const cookies: string[] = incoming.headers['set-cookie'] ?? [];
    return { cookie: cookies.find((one) => one.startsWith(cookieName))?.split(';')[0], json: JSON.parse(text) };
  }

  const planted = (await send('POST', '/basket', undefined, { item: 'hat' })).cookie;
  const login = { email: 'alice@shop.example', password: 'rabbit-hole-7' };
  const alices = (await send('POST', '/auth/login', planted, login)).cookie ?? planted;
  strictEqual(alices === planted, variant === 'vulnerable');
  const mallorysPage = await send('GET', '/me', planted);
  strictEqual(mallorysPage.json.email, variant === 'vulnerable' ? 'alice@shop.example' : undefined);
  const alicesPage = await send('GET', '/me', alices);
  strictEqual(alicesPage.json.email, 'alice@shop.example');
  server.close();
}
await Promise.all([play('vulnerable'), play('protected')]);
process.exit(0);
