/** A Redis for one test file, mock or real, with any number of connections. */
import { Redis } from 'ioredis';
import type { StoreKind } from '../scenarios/engine/trace.ts';
import { createMockRedis } from '../server/redis/mock.ts';
import type { KeyNotices } from '../server/redis/notices.ts';
import { createRedisSwitch, type RedisSwitch } from '../server/redis/switch.ts';
import { borrowTestServer } from './redisServer.ts';

export interface TestRedis {
  readonly kind: StoreKind;
  /** Opens a connection. All connections see the same data. */
  connect(keyPrefix?: string): Promise<Redis>;
  /** Tells of the keys of sandboxes. */
  notices(): Promise<KeyNotices>;
  /** For `createSandbox`: leads to this Redis. */
  readonly redisSwitch: RedisSwitch;
  close(): Promise<void>;
}

export const bothKinds = ['mock', 'real'] as const;

export async function openTestRedis(kind: StoreKind): Promise<TestRedis> {
  return kind === 'mock' ? openMock() : openReal();
}

function openMock(): TestRedis {
  const mock = createMockRedis();
  return {
    kind: 'mock',
    connect: (keyPrefix = '') => mock.connect(keyPrefix),
    notices: async () => mock.notices,
    redisSwitch: {
      ...createRedisSwitch({ localPort: 1 }),
      connect: (_, { keyPrefix, bareMock }) => mock.connect(keyPrefix, bareMock),
      notices: async () => mock.notices,
      address: () => 'in this process',
    },
    close: () => mock.close(),
  };
}

async function openReal(): Promise<TestRedis> {
  const server = await borrowTestServer();
  const clients: Redis[] = [];
  const redisSwitch = createRedisSwitch({ url: server.url });
  return {
    kind: 'real',
    async connect(keyPrefix = '') {
      const client = new Redis(server.url, { keyPrefix, disableClientInfo: true });
      clients.push(client);
      await client.ping();
      return client;
    },
    async notices() {
      // The switch tells of the Redis to which it has connected.
      await redisSwitch.connect('real', { keyPrefix: '' });
      return redisSwitch.notices('real');
    },
    redisSwitch,
    async close() {
      for (const client of clients) client.disconnect();
      await redisSwitch.close();
      await server.giveBack();
    },
  };
}
