/** The app of session-fixation without the sandbox, on node:http and ioredis-mock alone. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import RedisMock from 'ioredis-mock';
import { createApp, defaultParts } from '../../server/app/app.ts';
import { seedUsers } from '../../server/app/db.ts';
import * as weakness from '../../server/weaknesses/login-keeps-session-id.ts';
import { bareServices, bcryptCost } from './bareServices.ts';

export type BareVariant = 'vulnerable' | 'protected';

const users = await seedUsers(bcryptCost);

/** Serves that variant on a free port of 127.0.0.1. */
export async function serveShop(variant: BareVariant): Promise<{ port: number; close: () => void }> {
  const app = createApp(
    bareServices(new RedisMock({ host: variant }), users),
    variant === 'vulnerable' ? { ...defaultParts, ...weakness } : defaultParts,
  );
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
}
