/**
 * A worker process: it has sandboxes of participants, and answers what the first process passes on. It ends with the first process,
 * however that ends: the system closes the channel between them.
 */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { constants, setPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { seconds } from '../../scenarios/engine/durations.ts';
import { people } from '../lab/deployment/people.ts';
import type { Sandbox } from '../lab/sandbox.ts';
import { createSandboxes } from '../lab/sandboxes.ts';
import { takeSharedTurnsFrom } from '../lab/turns.ts';
import { createRedisSwitch } from '../redis/switch.ts';
import { placeIn } from '../workshop/ownRuns.ts';
import { createBorrower } from './borrowing.ts';
import type { FromWorker, ToWorker, WorkerSettings } from './messages.ts';
import { workerSite } from './workerSite.ts';

/** Redis may be away, and then nobody waits for the keys longer than this. Milliseconds. */
const longestEnd = seconds(5);

const placesInterval = seconds(1);

// If the first process ended while Node loaded this file, `disconnect` was emitted before the listener below was added.
if (!process.connected) process.exit();
/** What the first process does for the whole room comes first. Not every system lets a process yield. */
try {
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
} catch {}

// Without a callback, this would throw if the first process had ended by now.
const send = (message: FromWorker) => void process.send?.(message, () => {});
const borrower = createBorrower(send);
takeSharedTurnsFrom(borrower.turns);
const sandboxes = createSandboxes({ shares: borrower.shares });
/** Those that a client has opened. */
const opened = new Map<string, Sandbox>();
const folder = mkdtempSync(join(tmpdir(), 'session-sandbox-worker-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
let closeRedis = async () => {};

process.on('message', (message: ToWorker) => {
  borrower.hear(message);
  // `void`: an error ends the process, and the first one starts another.
  if (message.type === 'start') void start(message.settings);
  if (message.type === 'end')
    void sandboxes.end(message.sandbox, message.why).then((known) => known || sayEnded(message.sandbox));
});
process.once('disconnect', end);
// A terminal sends these to every process, and the first one ends its workers.
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => {});
process.once('SIGTERM', end);

async function start({ redis: options, bcryptCost, host, token }: WorkerSettings): Promise<void> {
  const redis = createRedisSwitch(options);
  closeRedis = redis.close;
  const site = workerSite({
    ...{ sandboxes, redis, bcryptCost, host, token, log: console.error },
    opened(sandbox, ticket) {
      opened.set(sandbox.id, sandbox);
      send({ type: 'opened', sandbox: sandbox.id, ticket });
      sandbox.signal.addEventListener('abort', () => {
        opened.delete(sandbox.id);
        // `void`: it is ending already, and that does not fail.
        void sandbox.end('').then(() => sayEnded(sandbox.id));
      });
    },
  });
  // The first sandbox would wait for it.
  await people(bcryptCost);
  const isWindows = process.platform === 'win32';
  const socket = isWindows ? `\\\\.\\pipe\\session-sandbox-${token.slice(0, 16)}` : join(folder, 'worker.sock');
  const server = createServer(site).listen(socket);
  await once(server, 'listening');
  send({ type: 'ready', socket });
  setInterval(() => {
    const places = [...opened].map(([id, sandbox]) => [id, placeIn(sandbox)] as const);
    send({ type: 'places', places: places.map(([id, place]) => [id, place]) });
  }, placesInterval);
}

const sayEnded = (sandbox: string) => send({ type: 'ended', sandbox });

/** Ends every sandbox, which deletes its keys, and then the process. */
function end(): void {
  setTimeout(() => process.exit(), longestEnd);
  void sandboxes
    .endAll('The server was stopped.')
    .then(closeRedis)
    .finally(() => process.exit());
}
