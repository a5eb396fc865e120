import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';

/** How long the end of a sandbox waits for Redis. Milliseconds. */
const patience = 1000;

/** How often it is tried again, at least. Milliseconds. */
const retryEvery = 1000;

/** Keys that are left after this expire on their own. Milliseconds. */
const longest = 10 * 60_000;

/**
 * Deletes the keys of a sandbox that has ended, and ends its connection. While Redis is away this goes on in the background: Redis
 * may come back with the keys.
 * @param remove deletes the keys; rejects while Redis is away
 * @returns resolves when they are deleted, and after a second at the latest
 */
export async function removeKeys(connection: Redis, remove: () => Promise<void>): Promise<void> {
  const removed = untilRemoved(connection, remove).finally(() => connection.disconnect());
  await Promise.race([removed, sleep(patience, undefined, { ref: false })]);
}

async function untilRemoved(connection: Redis, remove: () => Promise<void>): Promise<void> {
  const giveUp = performance.now() + longest;
  while (connection.status !== 'end' && performance.now() < giveUp) {
    try {
      return await remove();
    } catch {
      await changed(connection);
    }
  }
}

/** Resolves when the connection is ready again or has ended, or after a while. */
function changed(connection: Redis): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      connection.off('ready', done);
      connection.off('end', done);
      resolve();
    };
    const timer = setTimeout(done, retryEvery).unref();
    connection.once('ready', done);
    connection.once('end', done);
  });
}
