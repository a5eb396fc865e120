/** The connection on which a client reached the server. Its addresses say who the client is. */
import type { IncomingMessage } from 'node:http';

export interface ClientConnection {
  remoteAddress?: string | undefined;
  localAddress?: string | undefined;
  localPort?: number | undefined;
}

const passedOn = new WeakMap<IncomingMessage, ClientConnection>();

/** Notes that the first process has passed the request on: the connection of the request itself is between two processes. */
export const noteConnection = (req: IncomingMessage, connection: ClientConnection): void =>
  void passedOn.set(req, connection);

export const connectionOf = (req: IncomingMessage): ClientConnection => passedOn.get(req) ?? req.socket;
