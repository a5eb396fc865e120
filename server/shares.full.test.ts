import { availableParallelism } from 'node:os';
import { setTimeout as later } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OneClient, oneClient } from '../testing/oneClient.ts';
import { type RunningServer, startServer } from '../testing/serverProcess.ts';

const json: [string, string][] = [['Content-Type', 'application/json']];
const choice = (scenario: string, more: object = {}) => ({ scenario, variant: 'vulnerable', store: 'mock', ...more });
const post = (body: string) => ({
  ...{ do: 'request', actor: 'alice', method: 'POST', url: '/auth/login', origin: 'https://shop.example' },
  ...{ headers: json, body },
});

let server: RunningServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

/** Everything that one client can do to take more than a share, at once, until the end. */
function attack({ send, stare }: OneClient, until: AbortSignal): Promise<unknown> {
  const again = async (work: () => Promise<unknown>) => {
    while (!until.aborted) await work().catch(() => later(50));
  };
  const open = async (scenario: string, more?: object): Promise<string> => {
    const { json, status } = await send('POST', '/api/sandboxes', choice(scenario, more));
    if (status !== 201) await later(20);
    return json?.id;
  };
  const act = (id: string, action: object) => send('POST', `/api/sandboxes/${id}/actions`, action);

  const fillSandboxes = again(() => open('session-fixation'));
  /** Silent readers of a trace that is as long as it may be. */
  const staring = (async () => {
    const id = await open('session-fixation');
    const body = JSON.stringify({ item: 'x'.repeat(7900) });
    for (let count = 0; count < 600 && !until.aborted; count++) await act(id, { ...post(body), url: '/basket' });
    await again(async () => {
      const status = await stare(`/api/sandboxes/${id}/${Math.random() < 0.5 ? 'events' : 'trace'}`);
      if (status !== 200) await later(50);
    });
  })();
  /** A hundred logins at once, again and again. */
  const logins = (async () => {
    const ids = await Promise.all(Array.from({ length: 20 }, () => open('session-fixation')));
    const guess = post('{"email":"nobody@shop.example","password":"not-the-password"}');
    await Promise.all(ids.flatMap((id) => Array.from({ length: 5 }, () => again(() => act(id, guess)))));
  })();
  /** The lesson about starving, beside itself. */
  const starving = Promise.all(
    Array.from({ length: 5 }, () => again(() => open('bcrypt-starves-the-server', { playTo: 2 }))),
  );
  /** A scenario with hundreds of passwords, saved again and again. */
  const saving = (async () => {
    const id = await open('session-fixation', { playTo: 5 });
    for (let count = 0; count < 100 && !until.aborted; count++)
      await act(id, post(`{"email":"nobody@shop.example","password":"made-up-${count}"}`));
    await Promise.all(Array.from({ length: 5 }, () => again(() => send('GET', `/api/sandboxes/${id}/scenario`))));
  })();
  /** As many cookies as a request takes, of other names each time. */
  const cookies = (async () => {
    const id = await open('session-fixation');
    await again(async () => {
      const start = Math.floor(Math.random() * 1e6);
      const Cookie = Array.from({ length: 1500 }, (_, index) => `${(start + index).toString(36)}=1`).join('; ');
      const { status } = await send('GET', '/me', undefined, { Host: `${id}.localhost:${server.port}`, Cookie });
      if (status === 429) await later(50);
    });
  })();
  const limits = again(() =>
    send('POST', '/api/limits', { maxAge: null, idle: null, absolute: null, rolling: true, every: 60_000 }),
  );
  return Promise.all([fillSandboxes, staring, logins, starving, saving, cookies, limits]);
}

/** Plays a lesson with pauses, as somebody who reads does. Returns how long each step took, in ms. */
async function learn({ send, stare }: OneClient, start: number): Promise<number[]> {
  await later(start);
  const took: number[] = [];
  const timed = async (work: () => Promise<{ status: number }>) => {
    const started = performance.now();
    const { status } = await work();
    took.push(performance.now() - started);
    expect(status).toBeLessThan(300);
  };
  let id = '';
  await timed(async () => {
    const opened = await send('POST', '/api/sandboxes', choice('session-fixation'));
    id = opened.json?.id;
    return opened;
  });
  await stare(`/api/sandboxes/${id}/events`);
  for (let upTo = 1; upTo <= 5; upTo++) {
    await later(1500);
    await timed(() => send('POST', `/api/sandboxes/${id}/steps`, { upTo }));
  }
  await send('DELETE', `/api/sandboxes/${id}`);
  return took;
}

/** Lets thirty learners play, each from an address of its own. Returns how long their steps took, in ms, the longest last. */
async function learnAll(): Promise<number[]> {
  const learners = Array.from({ length: 30 }, (_, index) =>
    learn(oneClient(server.port, `127.0.1.${index + 1}`), index * 200),
  );
  return (await Promise.all(learners)).flat().sort((a, b) => a - b);
}

const described = (took: readonly number[]) => {
  const at = (share: number) => Math.round(took[Math.floor(share * (took.length - 1))]!);
  return `median ${at(0.5)} ms, 95 % ${at(0.95)} ms, longest ${at(1)} ms`;
};

test.skipIf(process.platform !== 'linux')('one attacker delays no step of thirty learners by a second', async () => {
  const alone = await learnAll();
  const over = new AbortController();
  const attacking = attack(oneClient(server.port, '127.0.0.2'), over.signal).catch(() => {});
  await later(5000);
  const attacked = await learnAll();
  const instructor = await oneClient(server.port, '127.0.0.1').send(
    'POST',
    '/api/sandboxes',
    choice('session-fixation'),
  );
  over.abort();
  server.child.kill('SIGKILL');
  await Promise.race([attacking, later(2000)]);
  console.log(`${availableParallelism()} processors. Alone: ${described(alone)}. Attacked: ${described(attacked)}.`);
  expect(instructor.status).toBe(201);
  expect(server.written.err).toBe('');
  // What else the machine does delays them without an attack, too.
  expect(attacked.at(-1)! - alone.at(-1)!).toBeLessThan(1000);
});
