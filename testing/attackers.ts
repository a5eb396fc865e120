/** For tests: everything that a client can do to take more than a share. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as later } from 'node:timers/promises';
import type { OneClient } from './oneClient.ts';

const json: [string, string][] = [['Content-Type', 'application/json']];
const post = (body: string) => ({
  ...{ do: 'request', actor: 'alice', method: 'POST', url: '/auth/login', origin: 'https://shop.example' },
  ...{ headers: json, body },
});

/** What an attacker has come to. */
export interface Gains {
  /** Sandboxes with a Redis server of their own that were opened. */
  redisServers: number;
  /** The most bytes of one body that were taken before the connection was broken off. */
  body: number;
}

interface Target {
  port: number;
  /** Process ID of the server, whose inner ports the attacker looks for, as any user of the machine can. */
  pid: number;
  /** Whether the server can start a Redis server for a sandbox. */
  hasRedis: boolean;
}

/** More than a site may take of one body. Bytes. */
const hugeBody = 600_000_000;

/** Does everything at once until the end. */
export async function attack(
  client: OneClient,
  { port, pid, hasRedis }: Target,
  gains: Gains,
  until: AbortSignal,
): Promise<unknown> {
  const { send, stare, pour } = client;
  const again = async (work: () => Promise<unknown>) => {
    while (!until.aborted) await work().catch(() => later(50));
  };
  const open = async (scenario: string, more: object = {}): Promise<string> => {
    const choice = { scenario, variant: 'vulnerable', store: 'mock', ...more };
    const { json, status } = await send('POST', '/api/sandboxes', choice);
    if (status !== 201) await later(20);
    return json?.id;
  };
  const act = (id: string, action: object) => send('POST', `/api/sandboxes/${id}/actions`, action);

  // Before its own other requests fill its line.
  const withSites = await open('httponly-vs-xss');

  /** Lessons that start a Redis server, with a process that guards it: as many as there are, and then every other sandbox. */
  const redisServers = async () => {
    const choice = { store: 'real', playTo: 1 };
    const opened = await Promise.all(
      Array.from({ length: hasRedis ? 20 : 0 }, () => open('store-outage-fail-closed', choice)),
    );
    gains.redisServers += opened.filter((id) => id !== undefined).length;
  };
  const fillSandboxes = redisServers().then(() => again(() => open('session-fixation')));
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
      const { status } = await send('GET', '/me', undefined, { Host: `${id}.localhost:${port}`, Cookie });
      if (status === 429) await later(50);
    });
  })();
  /** Endless bodies: to an app by its own address, and to another site of a scenario by the port behind it. */
  const bodies = again(async () => {
    const own = { to: port, host: `${withSites}.localhost:${port}` };
    const inner = listeningPorts(pid).map((to) => ({ to, host: 'evil.example' }));
    for (const { to, host } of [own, ...inner.slice(-10)]) {
      if (until.aborted) return;
      const taken = await pour(to, host, hugeBody, until);
      gains.body = Math.max(gains.body, taken);
    }
    await later(50);
  });
  const limits = again(() =>
    send('POST', '/api/limits', { maxAge: null, idle: null, absolute: null, rolling: true, every: 60_000 }),
  );
  return Promise.all([fillSandboxes, staring, logins, starving, saving, cookies, bodies, limits]);
}

/** Returns the TCP ports at which a process listens, lowest first. Linux only. */
export function listeningPorts(pid: number): number[] {
  const sockets = new Set(
    readdirSync(`/proc/${pid}/fd`).flatMap((file) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${file}`))?.[1] ?? [];
      } catch {
        // It was closed meanwhile.
        return [];
      }
    }),
  );
  const rows = readFileSync('/proc/net/tcp', 'utf8').split('\n').slice(1);
  return rows
    .map((row) => row.trim().split(/\s+/))
    .filter(([, , , state, , , , , , inode = '']) => state === '0A' && sockets.has(inode))
    .map(([, local = '']) => Number.parseInt(local.split(':')[1] ?? '', 16))
    .sort((a, b) => a - b);
}
