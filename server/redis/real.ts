import type { Redis } from 'ioredis';
import { connectTo, whyUnusable } from './connection.ts';
import { RedisUnavailable } from './errors.ts';
import { findServer } from './findServer.ts';
import type { OwnServer } from './guard.ts';
import { startOwnServer } from './ownServer.ts';
import type { RedisStatus } from './switch.ts';
import { type RedisTarget, targetFromUrl, targetOnLoopback } from './target.ts';
import { waysToGetOne } from './waysToGetOne.ts';
import { Late, within } from './within.ts';

/** The real Redis: found, or started by us. */
export interface RealRedis {
  status(): Promise<RedisStatus>;
  connect(keyPrefix: string): Promise<Redis>;
  /** Of the Redis last connected to; null before the first. */
  address(): string | null;
  close(): Promise<void>;
}

/** Where a connection would lead, and why not to what comes earlier in the order. */
type Found = Reachable | { source: 'startable'; binary: string; passedOver: string[] } | Missing;
interface Reachable {
  source: 'REDIS_URL' | 'localhost' | 'started';
  target: RedisTarget;
  passedOver: string[];
}
interface Missing {
  source: null;
  reason: string;
  passedOver: [];
}
interface Started extends Reachable {
  server: OwnServer;
}

const closedMessage = 'The switch is closed: it gives no more connections.';

/** Milliseconds for one look at a Redis: a loopback answers in one or two, a distant TLS server needs four round trips. */
const lookMs = { loopback: 400, distant: 1500 };
/** Milliseconds after which a sandbox is told that it gets no connection. */
const connectMs = 1900;

/**
 * Looks for a real Redis in this order: `url`, 127.0.0.1, a redis-server on the `path` that we start.
 *
 * @throws BadRedisUrl when `url` cannot be understood
 */
export function createRealRedis(url: string | undefined, localPort: number, path: string): RealRedis {
  const configured = url?.trim() ? targetFromUrl(url.trim()) : null;
  const local = targetOnLoopback(localPort);
  const open = new Set<Redis>();
  let current: Reachable | null = null;
  let starting: Promise<Started> | null = null;
  let started: Started | null = null;
  let ownEnding: string | null = null;
  let closed = false;

  async function find(): Promise<Found> {
    // Named on purpose, so there is no second choice: another Redis would hold other keys.
    if (configured) return { source: 'REDIS_URL', target: configured, passedOver: [] };
    if (started) return started;

    const reason = await whyUnusable(local, lookMs.loopback);
    if (reason === null) return { source: 'localhost', target: local, passedOver: [] };
    const binary = findServer(path);
    if (binary) return { source: 'startable', binary, passedOver: [reason] };
    return { source: null, reason: `${reason} And there is no redis-server on the PATH to start.`, passedOver: [] };
  }

  /** Sandboxes that are open together share one Redis: as long as one is, nobody looks for another. */
  async function choose(): Promise<Found> {
    return open.size > 0 && current ? current : await find();
  }

  function start(binary: string, passedOver: string[]): Promise<Started> {
    starting ??= startOwnServer(binary)
      .then((server) => {
        ownEnding = null;
        started = { source: 'started', target: targetOnLoopback(server.port), passedOver, server };
        void server.ended.then((ending) => {
          started = null;
          ownEnding = ending;
        });
        return started;
      })
      .finally(() => {
        starting = null;
      });
    return starting;
  }

  async function status(): Promise<RedisStatus> {
    const found = await choose();
    if (!('target' in found)) {
      const available = found.source === 'startable';
      const reason = found.source === null ? found.reason : null;
      return report({ available, address: null, source: found.source, reason, passedOver: found.passedOver });
    }
    const { target, source, passedOver } = found;
    const reason = await whyUnusable(target, target.loopback ? lookMs.loopback : lookMs.distant);
    const history = reason && source === 'started' && ownEnding ? ` We had started it; it ended: ${ownEnding}.` : '';
    return report({
      available: reason === null,
      address: target.address,
      source,
      reason: reason && reason + history,
      passedOver,
    });
  }

  function report(known: Omit<RedisStatus, 'waysToGetOne'>): RedisStatus {
    return { ...known, waysToGetOne: known.available ? [] : waysToGetOne(configured?.address ?? null, localPort) };
  }

  async function reach(): Promise<Reachable> {
    const found = await choose();
    if (closed) throw new RedisUnavailable(closedMessage);
    if (found.source === null) throw new RedisUnavailable(found.reason);
    return found.source === 'startable' ? await start(found.binary, found.passedOver) : found;
  }

  function keepTrackOf(client: Redis): void {
    open.add(client);
    client.once('end', () => open.delete(client));
    // ioredis 5.11 emits no `end` for a connection that is disconnected between two attempts to reconnect.
    const disconnect = client.disconnect.bind(client);
    client.disconnect = (reconnect) => {
      if (!reconnect) open.delete(client);
      disconnect(reconnect);
    };
  }

  async function connect(keyPrefix: string): Promise<Redis> {
    if (closed) throw new RedisUnavailable(closedMessage);
    const deadline = Date.now() + connectMs;
    const reached = await within(connectMs, reach()).catch((error: unknown) => {
      // The start goes on, and the next sandbox finds it done.
      if (error instanceof Late) throw new RedisUnavailable('redis-server is still starting. Try again in a moment.');
      throw error;
    });
    const client = await connectTo(reached.target, keyPrefix, deadline - Date.now());
    if (closed) {
      client.disconnect();
      throw new RedisUnavailable(closedMessage);
    }
    current = reached;
    keepTrackOf(client);
    return client;
  }

  return {
    status,
    connect,
    address: () => current?.target.address ?? null,
    async close() {
      closed = true;
      for (const client of open) client.disconnect();
      // A server that is on its way up while we close is ended when it is up.
      await starting?.catch(() => {});
      await started?.server.end();
    },
  };
}
