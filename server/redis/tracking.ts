/**
 * Key changes as a real Redis tells them: client-side caching in broadcast mode, since Redis 6.
 * https://redis.io/docs/latest/develop/reference/client-side-caching/
 */
import { setInterval } from 'node:timers';
import type { Redis } from 'ioredis';
import { createNoticeBoard, type KeyNotices } from './notices.ts';

/** Where Redis publishes the names of changed keys to a connection of the older protocol, RESP2. */
const channel = '__redis__:invalidate';

/** How often the two connections are asked whether they are still there. Milliseconds. */
const checkMs = 10_000;

export interface TrackedNotices extends KeyNotices {
  close(): void;
}

/**
 * Two connections for all sandboxes of this process: one asks to track the keys with the prefix, the other one is told. After a lost
 * connection it is set up again, and everybody who listens looks at everything once.
 *
 * @param open opens a ready connection that reconnects by itself
 * @param prefix how the keys of all sandboxes begin
 * @throws what `open` throws
 */
export async function trackKeys(open: () => Promise<Redis>, prefix: string): Promise<TrackedNotices> {
  const board = createNoticeBoard();
  const [teller, listener] = await Promise.all([open(), open()]);

  listener.on('messageBuffer', (on: Buffer, names: Buffer[] | null) => {
    if (String(on) !== channel) return;
    // Without names, all keys were deleted.
    if (Array.isArray(names)) board.tell(names.map(String));
    else board.tellAll();
  });

  // As subscribers, connections accept no CLIENT ID, so it comes before the subscription.
  listener.options.autoResubscribe = false;
  let listenerId = 0;

  async function subscribe(): Promise<void> {
    listenerId = await listener.client('ID');
    await listener.subscribe(channel);
  }

  async function track(): Promise<void> {
    await teller.client('TRACKING', 'OFF');
    await teller.client('TRACKING', 'ON', 'REDIRECT', listenerId, 'BCAST', 'PREFIX', prefix);
    // Nobody has told what has changed meanwhile.
    board.tellAll();
  }

  let untold: string | null = null;
  try {
    await subscribe();
    await track();
  } catch (error) {
    untold = `This Redis does not tell which keys change: it answers “${(error as Error).message}” to CLIENT TRACKING.`;
    teller.disconnect();
    listener.disconnect();
    return { untold, arrived: async () => {}, listen: () => () => {}, close: () => {} };
  }

  // What fails is tried again when a connection is back.
  teller.on('ready', () => void track().catch(() => {}));
  listener.on(
    'ready',
    () =>
      void subscribe()
        .then(track)
        .catch(() => {}),
  );
  const alive = setInterval(() => {
    for (const connection of [teller, listener]) {
      if (connection.status === 'ready') connection.ping().catch(() => connection.disconnect(true));
    }
  }, checkMs).unref();

  return {
    untold,
    // Redis sends the notice of a change before it answers the client that made the change, and it sends notices in order.
    arrived: async () => void (await listener.ping()),
    listen: board.listen,
    close() {
      clearInterval(alive);
      teller.disconnect();
      listener.disconnect();
    },
  };
}
