import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { KeyChanged, StoreKind, TraceEvent } from '../../scenarios/engine/trace.ts';
import { createSite } from '../../server/api/site.ts';
import { createSandboxes } from '../../server/lab/sandboxes.ts';
import { createRedisSwitch } from '../../server/redis/switch.ts';
import { openStream } from '../../testing/page/eventStream.ts';
import { percentile } from './statistics.ts';
import type { Figure } from './table.ts';

const changesOfEachKind = 150;

/**
 * How long after a key has changed in Redis a page hears of it. Each time begins when the command is issued, which is a little
 * before the change, and ends when the event has arrived over HTTP.
 */
export async function delay(store: StoreKind): Promise<Figure[]> {
  const redis = createRedisSwitch({ url: process.env.REDIS_URL });
  const sandboxes = createSandboxes();
  const site = createSite({
    sandboxes,
    redis,
    bcryptCost: 4,
    host: '127.0.0.1',
    client: 'dist/client',
    log: console.error,
  });
  const server = createServer(site).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  const made = await fetch(`http://127.0.0.1:${port}/api/sandboxes`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ scenario: 'session-fixation', variant: 'protected', store }),
  });
  const { id } = await made.json();
  const sandbox = sandboxes.find(id)!;
  const ears = createEars(() => sandbox.now());
  const stream = await openStream(port, id, { hear: ears.hear });
  const outside = await redis.connect(store, { keyPrefix: '' });
  const shop = `http://127.0.0.1:${sandbox.ports.app}/basket`;
  const headers = { 'Content-Type': 'application/json', 'X-Forwarded-Proto': 'https' };

  const byApp: number[] = [];
  const byOthers: number[] = [];
  for (let count = 0; count < changesOfEachKind; count++) {
    const stored = ears.next();
    await fetch(shop, { method: 'POST', headers, body: '{"item":"hat"}' });
    const { key, delay } = await stored;
    byApp.push(delay);
    for (const change of [() => outside.pexpire(key, 60_000), () => outside.del(key)]) {
      // At any moment between two looks of the lens.
      await sleep(Math.random() * 60);
      const issued = sandbox.now();
      const heard = ears.next();
      await change();
      byOthers.push((await heard).arrived - issued);
    }
  }

  outside.disconnect();
  stream.cut();
  await sandboxes.endAll('Measured.');
  server.closeAllConnections();
  server.close();
  await redis.close();
  return [...figures(`key changed by the app -> event, ${store}`, byApp), ...figures('  changed by others', byOthers)];
}

interface Heard {
  key: string;
  /** Sandbox milliseconds. */
  arrived: number;
  /** Milliseconds since the command of the app was issued that changed the key; NaN when it was somebody else. */
  delay: number;
}

/** Listens to the stream for changes of session records: one request also changes keys of other kinds. */
function createEars(now: () => number) {
  const issued = new Map<number, number>();
  const arrivals = new Map<number, KeyChanged & { arrived: number }>();
  let tell: ((heard: Heard) => void) | undefined;

  // The command's own event says when it was issued; it may come after that of the key.
  function join(command: number) {
    const start = issued.get(command);
    const change = arrivals.get(command);
    if (start === undefined || !change) return;
    tell?.({ key: change.key, arrived: change.arrived, delay: change.arrived - start });
  }
  return {
    hear(event: TraceEvent) {
      if (event.type === 'command') {
        issued.set(event.id, event.at - event.ms);
        join(event.id);
      }
      if (event.type !== 'key' || event.sid === null) return;
      if (event.cause.by === 'command') {
        arrivals.set(event.cause.command, { ...event, arrived: now() });
        join(event.cause.command);
      } else tell?.({ key: event.key, arrived: now(), delay: Number.NaN });
    },
    next: () => new Promise<Heard>((resolve) => (tell = resolve)),
  };
}

function figures(what: string, delays: number[]): Figure[] {
  const [p50, p99] = [percentile(delays, 50), percentile(delays, 99)];
  return [
    { what: `${what}, p50`, figure: `${p50.toFixed(1)} ms`, aim: null },
    { what: `${' '.repeat(4)}p99`, figure: `${p99.toFixed(1)} ms`, aim: { words: 'under 50 ms', met: p99 < 50 } },
  ];
}
