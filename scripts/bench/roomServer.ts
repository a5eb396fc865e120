/** A process that serves a workshop on 127.0.0.1, for `npm run bench`. It tells its port, and its memory when it is asked for. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSite } from '../../server/api/site.ts';
import { createSandboxes } from '../../server/lab/sandboxes.ts';
import { createRedisSwitch } from '../../server/redis/switch.ts';
import { createWorkshops } from '../../server/workshop/workshops.ts';
import { tellParent } from './child.ts';

export interface RoomServer {
  port: number;
}

const redis = createRedisSwitch({ localPort: 1, path: '' });
const sandboxes = createSandboxes();
const server = createServer();
const doors = {
  addresses: async () => [{ address: '192.0.2.5', network: 'wlan0', doubt: null }],
  open: async (at: string) => ({ at, close: async () => {} }),
};
const workshops = createWorkshops(sandboxes, doors);
server.on(
  'request',
  createSite({
    ...{ sandboxes, redis, workshops, bcryptCost: 10, host: '127.0.0.1', client: 'dist/client', log: console.error },
  }),
);
server.listen(0, '127.0.0.1');
await once(server, 'listening');
tellParent({ port: (server.address() as AddressInfo).port } satisfies RoomServer, async () => {
  await workshops.end();
  await sandboxes.endAll('Measured.');
  server.closeAllConnections();
  await redis.close();
});
