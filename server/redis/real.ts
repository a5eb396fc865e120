import type { Redis } from 'ioredis';
import { connectTo, whyUnusable } from './connection.ts';
import { RedisUnavailable, waysToGetOne } from './errors.ts';
import type { GuardedServer } from './guard.ts';
import type { KeyNotices } from './notices.ts';
import { findServer, startOwnServer } from './ownServer.ts';
import { type RedisTarget, targetFromUrl, targetOnLoopback } from './target.ts';
import { type TrackedNotices, trackKeys } from './tracking.ts';
import { tryCommands } from './trial.ts';
import { TimedOut, within } from './within.ts';

/** The real Redis: one that exists, or one that this process starts. */
export interface RealRedis {
  /**
   * Checks the real Redis, and looks for one while no sandbox is connected. Takes up to 400 ms for a Redis on this machine, and up
   * to 1.5 s for a distant one, or for one that took long to connect to.
   * @param patient waits up to 1.5 s for one on this machine, too, because its address may be the near end of a tunnel
   */
  status(patient?: boolean): Promise<RedisStatus>;
  /** @throws RedisUnavailable within about 2 s when there is no real Redis */
  connect(keyPrefix: string): Promise<Redis>;
  /**
   * Reports changes of the keys that begin with `sandbox:` in the Redis of the last connection.
   * @throws RedisUnavailable when that Redis is lost
   */
  notices(): Promise<KeyNotices>;
  /** Returns the address of the last connection; null before the first one. */
  address(): string | null;
  /** Returns the command that opens redis-cli on the server that this process has started; null for any other. */
  cli(): string | null;
  close(): Promise<void>;
}

/** The state of the real Redis. Holds no user and no password. */
export interface RedisStatus {
  available: boolean;
  /** `127.0.0.1:6379`, or `redis.example:6380 (TLS), database 2`; null when there is none, or it is not started yet. */
  address: string | null;
  /** How it was found. `startable`: there is a program, which is started for the first sandbox that needs it. */
  source: 'REDIS_URL' | 'localhost' | 'started' | 'startable' | null;
  /** Why it is not available, in sentences. */
  reason: string | null;
  /** Why the sources that come earlier in the order are not used. */
  passedOver: string[];
  /** Three ways to get a real Redis, when there is none. */
  waysToGetOne: string[];
}

/** What the search found, and why the sources that come earlier in the order are not used. */
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

/** Milliseconds for one check: a server on loopback answers in one or two, a distant TLS server needs four round trips. */
const checkMs = { loopback: 400, busyLoopback: 1000, distant: 1500 };
/** How the keys of every sandbox begin. */
const sandboxKeys = 'sandbox:';

/** Milliseconds. A server that ends sooner would only end again. */
const shortestRunMs = 1000;

/** Milliseconds after which a sandbox gets an error instead of a connection. */
const connectMs = 1900;

/**
 * Creates the real Redis, which is searched in this order: `url`, 127.0.0.1, a redis-server on the `path` to start.
 *
 * @throws BadRedisUrl when `url` is malformed
 */
export function createRealRedis(url: string | undefined, localPort: number, path: string): RealRedis {
  const configured = url?.trim() ? targetFromUrl(url.trim()) : null;
  const local = targetOnLoopback(localPort);
  const open = new Set<Redis>();
  let current: Reachable | null = null;
  let starting: Promise<Reachable> | null = null;
  let started: (Readonly<Reachable> & { server: GuardedServer }) | null = null;
  let closed = false;
  /** How long the last connection took. An address of this machine may be the near end of a tunnel. Milliseconds. */
  let tookMs = 0;
  /** Only while a sandbox is connected. */
  let tracked: { target: RedisTarget; notices: Promise<TrackedNotices> } | null = null;

  function notices(): Promise<KeyNotices> {
    if (!current) throw new RedisUnavailable('Connect first: only then it is known which Redis is meant.');
    const { target } = current;
    if (tracked?.target.address !== target.address) {
      stopTracking();
      tracked = { target, notices: trackKeys(() => connectTo(target, '', connectMs), sandboxKeys) };
      // The next sandbox tries again.
      tracked.notices.catch(() => {
        tracked = null;
      });
    }
    return tracked!.notices;
  }

  function stopTracking(): void {
    tracked?.notices.then(
      (notices) => notices.close(),
      () => {},
    );
    tracked = null;
  }

  function requireOpen(): void {
    if (closed) throw new RedisUnavailable('The switch is closed: it gives no more connections.');
  }

  async function find(): Promise<Found> {
    // Sandboxes that are open at the same time share one Redis.
    if (open.size > 0 && current) return current;
    // REDIS_URL is deliberate, so there is no second choice: another Redis would hold other keys.
    if (configured) return { source: 'REDIS_URL', target: configured, passedOver: [] };
    if (started) return started;

    const reason = await whyUnusable(local, checkMs.loopback);
    if (reason === null) return { source: 'localhost', target: local, passedOver: [] };
    const binary = findServer(path);
    if (binary) return { source: 'startable', binary, passedOver: [reason] };
    return { source: null, reason: `${reason} And there is no redis-server on the PATH to start.`, passedOver: [] };
  }

  /** @param before the server that has ended: sandboxes still look for it there, with its password */
  function start(binary: string, passedOver: string[], before?: GuardedServer): Promise<Reachable> {
    starting ??= startOwnServer(binary, before?.port, [], before?.password ?? undefined)
      .then((server) => {
        const running = {
          source: 'started',
          target: targetOnLoopback(server.port, server.password),
          passedOver,
          server,
        } as const;
        const since = performance.now();
        started = running;
        // `void`: it never rejects, and nothing waits for the end of the server.
        void server.ended.then(() => {
          if (started !== running) return;
          started = null;
          if (current === running) current = null;
          // The open sandboxes have no Redis until an empty one runs at the same address.
          if (!closed && open.size > 0 && performance.now() - since > shortestRunMs)
            start(binary, passedOver, server).catch(() => {});
        });
        return running;
      })
      .finally(() => {
        starting = null;
      });
    return starting;
  }

  async function status(patient = false): Promise<RedisStatus> {
    const found = await find();
    const { source, passedOver } = found;
    let [address, reason]: [string | null, string | null] = [null, null];
    if ('target' in found) {
      address = found.target.address;
      const near = found.target.loopback && !patient;
      const [least, most] = near ? [checkMs.loopback, checkMs.busyLoopback] : [checkMs.distant, checkMs.distant];
      reason = await whyUnusable(found.target, Math.min(Math.max(least, tookMs * 2), most));
    } else if (found.source === null) {
      reason = found.reason;
    }
    const ways = reason === null ? [] : waysToGetOne(configured?.address ?? null, localPort);
    return { available: reason === null, address, source, reason, passedOver, waysToGetOne: ways };
  }

  async function reach(): Promise<Reachable> {
    const found = await find();
    requireOpen();
    if (found.source === null) throw new RedisUnavailable(found.reason);
    return found.source === 'startable' ? await start(found.binary, found.passedOver) : found;
  }

  async function connect(keyPrefix: string): Promise<Redis> {
    requireOpen();
    const deadline = Date.now() + connectMs;
    const reached = await within(connectMs, reach()).catch((error: unknown) => {
      // The start continues, and the next sandbox finds the server running.
      if (error instanceof TimedOut)
        throw new RedisUnavailable('redis-server is still starting. Try again in a moment.');
      throw error;
    });
    // Never less than a check takes: this process may have been busy until after the deadline, while Redis was well.
    const ms = Math.max(deadline - Date.now(), checkMs.loopback);
    const asked = performance.now();
    const client = await connectTo(reached.target, keyPrefix, ms, tryCommands);
    tookMs = performance.now() - asked;
    if (closed) client.disconnect();
    requireOpen();
    current = reached;
    open.add(client);
    whenEnded(client, () => {
      open.delete(client);
      if (open.size === 0) stopTracking();
    });
    return client;
  }

  return {
    status,
    connect,
    notices,
    address: () => current?.target.address ?? null,
    cli: () => current?.target.cli?.() ?? null,
    async close() {
      closed = true;
      stopTracking();
      for (const client of open) client.disconnect();
      // A server that is still starting is ended as soon as it has started.
      await starting?.catch(() => {});
      await started?.server.end();
    },
  };
}

function whenEnded(client: Redis, ended: () => void): void {
  client.once('end', ended);
  // ioredis 5.11 emits no `end` for a connection that is disconnected between two attempts to reconnect.
  const disconnect = client.disconnect.bind(client);
  client.disconnect = (reconnect) => {
    if (!reconnect) ended();
    disconnect(reconnect);
  };
}
