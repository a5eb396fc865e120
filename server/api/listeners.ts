import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { seconds } from '../../scenarios/engine/durations.ts';

export interface Listener {
  port: number;
  /** Takes no new connections. Those that are there end after what was written to them, at the latest after two seconds. */
  close(): void;
}

/** What was written a moment ago, such as the end of a workshop, still arrives. Milliseconds. */
const lastWordsMs = seconds(2);

/** Lets one site listen at several addresses. */
export function createListeners(site: RequestListener) {
  const servers = new Set<Server>();

  function close(server: Server): void {
    servers.delete(server);
    server.close();
    server.closeAllConnections();
  }

  function closeGently(server: Server): void {
    servers.delete(server);
    server.close();
    setTimeout(() => server.closeAllConnections(), lastWordsMs).unref();
  }

  return {
    /**
     * @param port 0: any free one
     * @param onError is told what goes wrong later
     * @throws the error of Node, such as EADDRINUSE
     */
    async listen(address: string, port: number, onError: (error: Error) => void): Promise<Listener> {
      const server = createServer(site);
      const listening = once(server, 'listening');
      server.listen(port, address);
      await listening;
      server.on('error', onError);
      servers.add(server);
      return { port: (server.address() as AddressInfo).port, close: () => closeGently(server) };
    },

    closeAll(): void {
      for (const server of servers) close(server);
    },
  };
}
