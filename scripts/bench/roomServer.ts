/** A process that serves a workshop on 127.0.0.1, for `npm run bench`, with as many workers as its argument says. It tells its port. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSite } from '../../server/api/site.ts';
import { createSandboxes } from '../../server/lab/sandboxes.ts';
import { createShares } from '../../server/lab/shares.ts';
import { createRedisSwitch } from '../../server/redis/switch.ts';
import { startWorkers } from '../../server/workers/workers.ts';
import { createWorkshops } from '../../server/workshop/workshops.ts';
import { tellParent } from './child.ts';

export interface RoomServer {
  port: number;
  /** Its own, and those of its workers. */
  pids: number[];
}

const noRedis = { localPort: 1, path: '' };
const redis = createRedisSwitch(noRedis);
const shares = createShares();
const sandboxes = createSandboxes({ shares });
const server = createServer();
const doors = {
  addresses: async () => [{ address: '192.0.2.5', network: 'wlan0', doubt: null }],
  open: async (at: string) => ({ at, close: async () => {} }),
};
const count = Number(process.argv[2]);
const common = { bcryptCost: 10, host: '127.0.0.1', log: console.error };
const workers = count > 0 ? await startWorkers({ ...common, count, shares, redis: noRedis }) : null;
const workshops = createWorkshops(sandboxes, doors);
server.on('request', createSite({ ...common, sandboxes, redis, workshops, client: 'dist/client', elsewhere: workers }));
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const { port } = server.address() as AddressInfo;
const pids = [process.pid, ...(workers?.pids ?? [])];
tellParent({ port, pids } satisfies RoomServer, async () => {
  await workshops.end();
  await workers?.stop();
  await sandboxes.endAll('Measured.');
  server.closeAllConnections();
  await redis.close();
});
