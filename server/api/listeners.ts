import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Listener {
  port: number;
  /** Closes its connections, too. */
  close(): void;
}

/** Lets one site listen at several addresses. */
export function createListeners(site: RequestListener) {
  const servers = new Set<Server>();

  function close(server: Server): void {
    servers.delete(server);
    server.close();
    server.closeAllConnections();
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
      return { port: (server.address() as AddressInfo).port, close: () => close(server) };
    },

    closeAll(): void {
      for (const server of servers) close(server);
    },
  };
}
