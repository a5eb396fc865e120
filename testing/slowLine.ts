/** For tests: a line to a server that can be made slow, cut, or silent at its far end. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Starts a TCP proxy on 127.0.0.1. */
export async function openLine(toPort: number) {
  let delay = 0;
  let silent = false;
  let loading = false;
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(toPort, '127.0.0.1');
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        // After what was sent before.
        setTimeout(() => to.destroy(), delay + 5);
      });
      from.on('data', (data) => {
        if (loading && from === near) return void near.write(loadingReply.repeat(commandsIn(data)));
        if (!silent) setTimeout(() => to.writable && to.write(data), delay);
      });
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  return {
    url: `redis://127.0.0.1:${port}`,
    /** @param ms how long each direction takes */
    slow(ms: number): void {
      delay = ms;
    },
    /** Half-open: what is sent gets lost, and no connection is closed. */
    silence(on: boolean): void {
      silent = on;
      // What was lost cannot be repeated within a connection.
      if (!on) for (const socket of sockets) socket.destroy();
    },
    /** Answers as a Redis that has started and still reads its data. */
    loading(on: boolean): void {
      loading = on;
    },
    close(): void {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

const loadingReply = '-LOADING Redis is loading the dataset in memory\r\n';
/** Arguments of the tests contain no such line. */
const commandsIn = (data: Buffer) => data.toString('latin1').match(/^\*\d+\r$/gm)?.length ?? 0;
