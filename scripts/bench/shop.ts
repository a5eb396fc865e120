/**
 * A process that serves one shop, for `npm run bench`: `shop.ts <sandbox|lens|without> <mock|real>`. A sandbox is one that somebody
 * looks at. With the lens, the same app is watched as in a sandbox, and each request is one of an actor. Without, the app is on a
 * plain connection.
 */
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { outline } from '../../scenarios/engine/scenario.ts';
import type { StoreKind, Trace, TraceHeader } from '../../scenarios/engine/trace.ts';
import sessionFixation from '../../scenarios/session-fixation.ts';
import { createApp, defaultParts } from '../../server/app/app.ts';
import { cookieName } from '../../server/app/session.ts';
import { people } from '../../server/lab/deployment/people.ts';
import { faultyClient } from '../../server/lab/lens/faults.ts';
import { createLens } from '../../server/lab/lens/lens.ts';
import { createCurrentRequest } from '../../server/lab/network/currentRequest.ts';
import { createRecorder } from '../../server/lab/recorder.ts';
import { createSandbox } from '../../server/lab/sandbox.ts';
import { attributeSessionReads, noteResponseLine } from '../../server/lab/source/sessionWork.ts';
import { createClock } from '../../server/lab/time/clock.ts';
import { createRedisSwitch } from '../../server/redis/switch.ts';
import { bareServices, bcryptCost } from './bareServices.ts';
import { tellParent } from './child.ts';

export type Served = 'sandbox' | 'lens' | 'without';

export interface ServedShop {
  port: number;
  /** Of a session that is logged in. */
  cookie: string;
}

const [kind, store] = process.argv.slice(2) as [Served, StoreKind];
const redis = createRedisSwitch({ url: process.env.REDIS_URL });
const users = await people(bcryptCost);
const unlimited = { events: Number.POSITIVE_INFINITY, bytes: Number.POSITIVE_INFINITY };
const { port, close } = await { sandbox: openSandbox, lens: openWatched, without: openPlain }[kind]();
tellParent({ port, cookie: await logIn(port) } satisfies ServedShop, async () => {
  await close();
  await redis.close();
});

async function openSandbox() {
  const sandbox = await createSandbox({
    scenario: sessionFixation,
    variant: 'protected',
    store,
    pace: 'jump',
    users,
    redis,
    room: unlimited,
  });
  sandbox.subscribe(() => keepShort(sandbox.trace));
  return { port: sandbox.ports.app!, close: () => sandbox.end('Measured.') };
}

/** A full trace records nothing, and would make the lens look faster than it is. */
function keepShort({ events }: Trace): void {
  if (events.length > 10_000) events.length = 0;
}

async function openWatched() {
  const namespace = 'sandbox:bench:';
  const connection = await redis.connect(store, { keyPrefix: namespace });
  const clock = createClock();
  const recorder = createRecorder(headerOf(namespace), clock, unlimited);
  recorder.learnSessions([{ cookie: cookieName, keyPrefix: 'sess:' }]);
  recorder.subscribe(() => keepShort(recorder.trace));
  const currentRequest = createCurrentRequest();
  const lens = createLens(connection, namespace, clock, recorder, currentRequest.get, await redis.notices(store));
  lens.watch();
  const app = createApp(
    bareServices(faultyClient(lens.redis, lens.failed).redis, users),
    attributeSessionReads(defaultParts),
  );
  let requests = 0;
  return serve((req, res) => {
    noteResponseLine(res, () => {});
    currentRequest.run(++requests, () => app(req, res));
  });
}

async function openPlain() {
  return serve(createApp(bareServices(await redis.connect(store, { keyPrefix: 'plain:' }), users)));
}

function headerOf(namespace: string): TraceHeader {
  return {
    sandbox: 'bench',
    scenario: outline(sessionFixation, 'jump', store),
    variant: 'protected',
    store,
    address: redis.address(store),
    namespace,
    pace: 'jump',
    limits: { idle: 30 * 60_000, absolute: 8 * 3_600_000 },
    users: users.map(({ id, email }) => ({ id, email })),
    startedAt: Date.now(),
  };
}

async function serve(listener: RequestListener) {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function logIn(port: number): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}/auth/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Forwarded-Proto': 'https' },
    body: JSON.stringify({ email: 'alice@shop.example', password: 'rabbit-hole-7' }),
  });
  const cookies = response.headers.getSetCookie();
  const cookie = cookies.find((one) => one.startsWith(cookieName))?.split(';')[0];
  if (!cookie) throw new Error(`The login was answered ${response.status}.`);
  return cookie;
}
