import { createConnection } from 'node:net';

/** Milliseconds without an answer after which a Redis on loopback is taken to be stopped; a running one answers in one. */
const quietMs = 50;

/**
 * Resolves when the server on that port of 127.0.0.1 has stopped answering. A process that gets SIGSTOP on another core may
 * finish what it is at, and answer a command that was sent later.
 */
export async function untilSilent(port: number): Promise<void> {
  while (await answersPing(port)) {
    // It was still running; the next question is asked later than this one.
  }
}

function answersPing(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1', () => socket.write('PING\r\n'));
    const settle = (answered: boolean) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answered);
    };
    const timer = setTimeout(() => settle(false), quietMs);
    // Any answer will do, also that a password is wanted.
    socket.once('data', () => settle(true));
    socket.once('error', () => settle(false));
  });
}
