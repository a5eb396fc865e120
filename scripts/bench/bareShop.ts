/** The app of session-fixation without the sandbox, on node:http and ioredis-mock alone. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import bcrypt from 'bcrypt';
import RedisMock from 'ioredis-mock';
import { createApp, defaultParts } from '../../server/app/app.ts';
import { createUsers, seedUsers } from '../../server/app/db.ts';
import * as weakness from '../../server/weaknesses/login-keeps-session-id.ts';

export type BareVariant = 'vulnerable' | 'protected';

/** As the command line has it. */
const bcryptCost = 4;
const users = await seedUsers(bcryptCost);

/** Serves that variant on a free port of 127.0.0.1. */
export async function serveShop(variant: BareVariant): Promise<{ port: number; close: () => void }> {
  const app = createApp(
    {
      redis: new RedisMock({ host: variant }),
      users: createUsers(users),
      bcrypt,
      bcryptCost,
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
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
}
