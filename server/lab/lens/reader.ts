import type { Redis } from 'ioredis';
import { clientWith, type Sent, sendOf } from './sending.ts';

/**
 * Returns a client for the lab's own commands. It uses the given connection, so that it reads what the app's commands before it left.
 * While that connection is busy (a transaction is open, a command blocks, or it is in subscriber mode), it uses a second one.
 *
 * @param took called with the milliseconds that each command took
 */
export function createReader(redis: Redis, busy: () => boolean, took: (ms: number) => void) {
  const send = sendOf(redis);
  let closed = false;
  let spare: { connection: Redis; ready: Promise<void> } | undefined;

  function openSpare() {
    const connection = redis.duplicate({ lazyConnect: true });
    connection.on('error', () => {});
    connection.once('close', () => {
      connection.disconnect();
      spare = undefined;
    });
    return { connection, ready: connection.connect() };
  }

  function sendBySpare(command: Sent): unknown {
    spare ??= openSpare();
    const { connection, ready } = spare;
    ready.then(
      () => sendOf(connection)(command),
      (error: Error) => command.reject(error),
    );
    return command.promise;
  }

  return {
    redis: clientWith(redis, {
      sendCommand(command) {
        const sent = performance.now();
        command.promise.then(
          () => took(performance.now() - sent),
          () => {},
        );
        return busy() && !closed ? sendBySpare(command) : send(command);
      },
    }),
    close(): void {
      closed = true;
      spare?.connection.disconnect();
    },
  };
}
