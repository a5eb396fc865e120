import { once } from 'node:events';
import { Redis } from 'ioredis';
import { createMockServer } from './mock/server.ts';
import { connectorTo } from './mock/socket.ts';
import { createNoticeBoard, type KeyNotices } from './notices.ts';

/** A Redis in this process: one data set and any number of connections. */
export interface MockRedis {
  /**
   * Returns a ready connection that adds the prefix to every key. The caller ends it with `disconnect()`.
   * @param bare SET is that of ioredis-mock
   */
  connect(keyPrefix: string, bare?: boolean): Promise<Redis>;
  readonly notices: KeyNotices;
  /** Ends all connections and deletes the data. */
  close(): Promise<void>;
}

/** Creates an empty mock Redis. Several in one process do not see each other's keys. */
export function createMockRedis(): MockRedis {
  const server = createMockServer();
  const Usual = connectorTo(server.acceptWith({}));
  const open = new Set<Redis>();
  const board = createNoticeBoard();
  server.database.onChange((key) => board.tell([key]));

  /** Only one lesson needs it, and ioredis-mock takes long to load. */
  async function bareConnector() {
    const { bareSet } = await import('./mock/bareSet.ts');
    return connectorTo(server.acceptWith({ set: bareSet }));
  }

  async function connect(keyPrefix: string, bare = false): Promise<Redis> {
    const Connector = bare ? await bareConnector() : Usual;
    const client = new Redis({ Connector, keyPrefix, disableClientInfo: true, enableReadyCheck: false });
    open.add(client);
    client.once('end', () => open.delete(client));
    await once(client, 'ready');
    return client;
  }

  return {
    connect,
    notices: { untold: null, arrived: async () => {}, listen: board.listen },
    async close() {
      const last = await connect('');
      await last.flushall();
      for (const client of open) client.disconnect();
    },
  };
}
