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

  async function track(): Promise<void> {
    const id = await listener.client('ID');
    await listener.subscribe(channel);
    await teller.client('TRACKING', 'OFF');
    await teller.client('TRACKING', 'ON', 'REDIRECT', id, 'BCAST', 'PREFIX', prefix);
  }

  let untold: string | null = null;
  try {
    await track();
  } catch (error) {
    untold = `This Redis does not tell which keys change: it answers “${(error as Error).message}” to CLIENT TRACKING.`;
    teller.disconnect();
    listener.disconnect();
    return { untold, listen: () => () => {}, close: () => {} };
  }

  /** Only a number that the other connection still has is redirected to, so both begin anew. */
  const again = () =>
    void track().then(
      () => board.tellAll(),
      () => {},
    );
  teller.on('ready', again);
  listener.on('ready', again);
  const alive = setInterval(() => {
    for (const connection of [teller, listener]) {
      if (connection.status === 'ready') connection.ping().catch(() => connection.disconnect(true));
    }
  }, checkMs).unref();

  return {
    untold,
    listen: board.listen,
    close() {
      clearInterval(alive);
      teller.disconnect();
      listener.disconnect();
    },
  };
}
