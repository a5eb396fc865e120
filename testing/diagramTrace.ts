/** Traces for the tests of the panels, told the way a scenario would play: typed events, made-up ids, no server. */
import { minutes } from '../scenarios/engine/durations.ts';
import { learner } from '../scenarios/engine/identity.ts';
import type { ActorOutline, JarCause, JarCookie, Trace, TraceEvent } from '../scenarios/engine/trace.ts';
import type { NewEvent } from '../server/lab/recorder.ts';
import { createSidFinder, type WithoutSids } from '../server/lab/sessionIds.ts';

export const sidA = 'wME6p74svqJmbpZ74yHoI4tO24iHn02c';
export const sidB = 'Zk3TqXv81LbYc0aRr5uNw2eHs9dGf7Pj';
export const namespace = 'lab:4f2:';
export const recordOf = (sid: string) => `${namespace}sess:${sid}`;
export const signed = (sid: string) => `s%3A${sid}.1w8s8JVYeKq0`;

const sessions = createSidFinder(namespace);
sessions.learn([{ cookie: 'sid', keyPrefix: 'sess:' }]);

export function teller(actors: ActorOutline[], titles: string[], idle = minutes(30)) {
  const events: TraceEvent[] = [];
  const jars = new Map<string, JarCookie[]>();
  let now = 0;
  let step: number | null = null;
  let requests = 0;
  let commands = 0;

  const tell = (event: NewEvent) => {
    const stamped = { step, ...event, seq: events.length, at: now } as WithoutSids<TraceEvent>;
    events.push(sessions.withSids(stamped));
    now += 2;
  };

  const keep = (actor: string, value: string, expiresAt: number | null, cause: JarCause) => {
    const cookie: JarCookie = {
      name: 'sid',
      value,
      domain: 'shop.example',
      hostOnly: true,
      path: '/',
      secure: false,
      httpOnly: true,
      sameSite: 'Lax',
      expiresAt,
    };
    jars.set(actor, [cookie]);
    tell({ type: 'jar', actor, cookies: [cookie], cause });
  };

  const story = {
    events,
    get now() {
      return now;
    },
    tell,

    /** A step as it is played: what happens in it is told by `act`. Somebody takes two seconds to press Next before it. */
    step(act: () => void) {
      now += 2000;
      step = (step ?? -1) + 1;
      tell({ type: 'step-started', step });
      const started = now;
      act();
      tell({ type: 'step-ended', step, ms: now - started, error: null });
    },

    /** What happens between steps. */
    between(act: () => void) {
      const last = step;
      step = null;
      act();
      step = last;
    },

    request(actor: string, method: string, path: string) {
      const cookies = (jars.get(actor) ?? []).map(({ name, value, expiresAt }) => {
        const sent = expiresAt === null || expiresAt > now;
        return { name, value, sent, why: sent ? 'host, path and scheme match' : 'it has expired' };
      });
      const headers: [string, string][] = cookies.some(({ sent }) => sent)
        ? [['Cookie', cookies.map(({ name, value }) => `${name}=${value}`).join('; ')]]
        : [];
      requests += 1;
      const url = `https://shop.example${path}`;
      const rest = { headers, forwarded: [], body: null, note: null, cookies };
      tell({ type: 'request', id: requests, actor, method, url, ...rest });
    },

    command(line: string[], reply: string) {
      commands += 1;
      const [name, ...args] = line;
      tell({ type: 'command', id: commands, request: requests, name: name!, args, reply, error: null, ms: 0.3 });
      const key = args[0]!;
      const cause = { by: 'command', command: commands } as const;
      if (name === 'SET') {
        const value = { type: 'string', data: args[1]! } as const;
        tell({ type: 'key', key, change: 'set', value, expiresAt: now + idle, cause });
      }
      if (name === 'EXPIRE' && reply === '(integer) 1') {
        tell({ type: 'key', key, change: 'ttl', value: null, expiresAt: now + idle, cause });
      }
      if (name === 'DEL' && reply === '(integer) 1') {
        tell({ type: 'key', key, change: 'deleted', value: null, expiresAt: null, cause });
      }
    },

    get: (sid: string, hit = true) => story.command(['GET', recordOf(sid)], hit ? '"{\\"cookie\\":{}}"' : '(nil)'),
    set: (sid: string) => story.command(['SET', recordOf(sid), '{"cookie":{}}', 'EX', `${idle / 1000}`], 'OK'),
    refresh: (sid: string) => story.command(['EXPIRE', recordOf(sid), `${idle / 1000}`], '(integer) 1'),
    del: (sid: string) => story.command(['DEL', recordOf(sid)], '(integer) 1'),

    respond(actor: string, status: number, statusText: string, sid?: string, by = 'app') {
      const header = `sid=${signed(sid ?? '')}; Path=/; HttpOnly; SameSite=Lax`;
      const cookies = sid ? [{ header, name: 'sid', outcome: 'stored', why: 'its rules allow it' } as const] : [];
      const headers = cookies.map(({ header }): [string, string] => ['Set-Cookie', header]);
      tell({ type: 'response', request: requests, status, statusText, headers, body: '', ms: 4, by, cookies });
      if (sid) keep(actor, signed(sid), now + idle, { by: 'response', request: requests });
    },

    plant(actor: string, victim: string) {
      const { value, expiresAt } = jars.get(actor)![0]!;
      tell({ type: 'cookie-planted', actor, victim, name: 'sid', value });
      keep(victim, value, expiresAt, { by: 'planted', actor });
    },

    copy(actor: string, victim: string) {
      const { value } = jars.get(victim)![0]!;
      tell({ type: 'cookie-copied', actor, victim, name: 'sid', value });
      keep(actor, value, null, { by: 'copied', actor: victim });
    },

    jump(ms: number) {
      now += ms;
      tell({ type: 'time', ms, how: 'jumped' });
    },

    expire(sid: string) {
      tell({
        type: 'key',
        key: recordOf(sid),
        change: 'expired',
        value: null,
        expiresAt: null,
        cause: { by: 'time' },
      });
    },

    trace: (): Trace => ({
      version: 2,
      header: {
        sandbox: '4f2',
        scenario: {
          slug: 'told',
          chapter: 'login',
          title: 'Told for a test',
          question: 'Does it read well?',
          weakness: 'login-keeps-session-id',
          actors,
          steps: titles.map((title) => ({ title, purpose: 'show something', narration: '', ask: null })),
          lesson: '',
          fix: null,
          notTheFix: [],
          needsRealRedis: null,
          references: [],
          letsTimePass: false,
        },
        variant: 'vulnerable',
        store: 'mock',
        address: 'in this process',
        namespace,
        pace: 'jump',
        limits: { idle: 1_800_000, absolute: 28_800_000 },
        startedAt: 0,
      },
      events,
    }),
  };
  return story;
}

const mallory: ActorOutline = { name: 'mallory', label: 'Mallory', role: 'attacker' };
const alice: ActorOutline = { name: 'alice', label: 'Alice', role: 'victim' };

/** Mallory plants her session's cookie in Alice's browser; Alice logs in and keeps that id, or gets a new one. */
export function fixation(newIdAtLogin: boolean): Trace {
  const told = teller(
    [mallory, alice],
    [
      'Mallory puts a hat in a basket',
      'Mallory plants the cookie in Alice’s browser',
      'Alice logs in',
      'Mallory opens the account page',
      'Alice logs out, Mallory tries again',
    ],
  );
  told.step(() => {
    told.request('mallory', 'POST', '/basket');
    told.set(sidA);
    told.respond('mallory', 200, 'OK', sidA);
  });
  told.step(() => told.plant('mallory', 'alice'));
  told.step(() => {
    told.request('alice', 'POST', '/auth/login');
    told.get(sidA);
    if (newIdAtLogin) told.del(sidA);
    told.set(newIdAtLogin ? sidB : sidA);
    told.respond('alice', 200, 'OK', newIdAtLogin ? sidB : sidA);
  });
  told.step(() => {
    told.request('mallory', 'GET', '/me');
    told.get(sidA, !newIdAtLogin);
    if (!newIdAtLogin) told.refresh(sidA);
    if (newIdAtLogin) told.respond('mallory', 401, 'Unauthorized');
    else told.respond('mallory', 200, 'OK', sidA);
  });
  return told.trace();
}

/** Alice leaves for 31 minutes: her record expires, and Mallory's copy of the cookie is worth nothing. */
export function leftAlone(): Trace {
  const told = teller(
    [alice, mallory],
    ['Alice logs in', 'Mallory copies the cookie', 'Alice goes to lunch', 'Mallory opens the account page'],
  );
  told.step(() => {
    told.request('alice', 'POST', '/auth/login');
    told.set(sidA);
    told.respond('alice', 200, 'OK', sidA);
  });
  told.step(() => told.copy('mallory', 'alice'));
  told.step(() => {
    told.jump(minutes(31));
    told.expire(sidA);
  });
  told.step(() => {
    told.request('mallory', 'GET', '/me');
    told.get(sidA, false);
    told.respond('mallory', 401, 'Unauthorized');
  });
  return told.trace();
}

/** Six people, 30 requests with 4 arrows each: 120 arrows in six steps. */
export function crowd(): Trace {
  const people: ActorOutline[] = [
    mallory,
    alice,
    { name: 'alicesPhone', label: 'Alice’s phone', role: 'person' },
    { name: 'bob', label: 'Bob', role: 'person' },
    { name: 'bobsTablet', label: 'Bob’s tablet', role: 'person' },
    { name: 'admin', label: 'Admin', role: 'admin' },
  ];
  const titles = ['First', 'Second', 'Third', 'Fourth', 'Fifth', 'Sixth'].map((nth) => `${nth} round of everybody`);
  const told = teller(people, titles);
  const sids = people.map((_, index) => `${String.fromCharCode(97 + index)}${sidA.slice(1)}`);
  for (const [round] of titles.entries()) {
    told.step(() => {
      for (const [index, { name }] of people.slice(0, 5).entries()) {
        const sid = sids[(index + round) % sids.length]!;
        told.request(name, 'GET', `/shop/items/${index}?page=${round}&sort=newest-first-please`);
        told.get(sid);
        told.set(sid);
        told.respond(name, 200, 'OK', sid);
      }
    });
  }
  return told.trace();
}

/** Everything that goes wrong or is done by hand: Redis away, keys deleted from three sides, a request without an answer. */
export function trouble(): Trace {
  const told = teller(
    [alice, mallory],
    ['Alice logs in', 'Alice reads her account', 'Redis goes away', 'Alice comes back'],
  );
  told.step(() => {
    told.request('alice', 'POST', '/auth/login');
    told.set(sidA);
    told.set(sidA);
    told.respond('alice', 200, 'OK', sidA);
  });
  told.step(() => {
    told.request('alice', 'GET', '/me');
    told.get(sidA);
    told.refresh(sidA);
    told.respond('alice', 200, 'OK');
  });
  const deleted = { key: recordOf(sidA), change: 'deleted', value: null, expiresAt: null } as const;
  told.between(() => {
    told.tell({ type: 'manual-action', action: { do: 'delete-key', key: recordOf(sidA) } });
    told.tell({ type: 'key', ...deleted, cause: { by: 'manual' } });
    told.tell({ type: 'manual-action', action: { do: 'jump-time', ms: minutes(5) } });
    told.jump(minutes(5));
    told.tell({ type: 'key', ...deleted, key: `${namespace}user-sessions:1`, cause: { by: 'outside' } });
  });
  told.step(() => {
    told.tell({ type: 'store', status: 'lost', why: 'connect ECONNREFUSED 127.0.0.1:6379' });
    told.request('alice', 'GET', '/me');
    const command = { type: 'command', id: 99, request: 3, name: 'GET', args: [recordOf(sidA)] } as const;
    told.tell({ ...command, args: [...command.args], reply: null, error: 'Connection is closed.', ms: 200 });
    told.tell({ type: 'request-failed', request: 3, why: 'no answer within 2 s', ms: 2000 });
    told.tell({ type: 'store', status: 'back', why: '' });
  });
  return told.trace();
}

/** One person, and everybody who can answer. */
export function answered(): Trace {
  const told = teller([alice], ['Alice looks around']);
  told.step(() => {
    told.request('alice', 'GET', '/me');
    told.get(sidA);
    told.respond('alice', 200, 'OK', undefined, 'app 2');
    for (const by of ['cache', 'https://evil.example', 'app', 'localhost:3001']) {
      told.request('alice', 'GET', '/');
      told.respond('alice', 200, 'OK', undefined, by);
    }
  });
  return told.trace();
}

/** What happens around requests: in the browser, in the app, and to both. */
export function around(): Trace {
  const told = teller([alice], ['Alice logs in']);
  const script = { type: 'script', actor: 'alice', origin: 'https://shop.example' } as const;
  const emptied = { type: 'jar' as const, actor: 'alice', cookies: [] };
  told.step(() => {
    told.request('alice', 'POST', '/auth/login');
    told.tell({ ...script, wrote: null, result: '' });
    told.tell({ ...script, wrote: 'theme=dark', result: 'it is a new cookie' });
    told.tell({ type: 'mail', request: 1, to: 'alice@shop.example', subject: 'Welcome' });
    told.tell({ type: 'audit', request: 1, name: 'session_created', userId: 1 });
    told.respond('alice', 200, 'OK', sidA);
    told.tell({ type: 'page-shown', actor: 'alice', url: 'https://shop.example/me', status: 200, body: '' });
    told.tell({ ...emptied, cause: { by: 'script' } });
    told.tell({ ...emptied, cause: { by: 'closed' } });
    told.tell({ ...emptied, cause: { by: 'site-data', request: 1 } });
    told.tell({ type: 'restart', change: 'it signs with its new secret' });
    told.tell({ type: 'fault', what: 'GET takes 300 ms longer to reach Redis' });
  });
  return told.trace();
}

/** The learner joins between two steps, is seen to have deleted a cookie, and stays when time is jumped. */
export function joinedByYou(): Trace {
  const told = teller([mallory, alice], ['Alice logs in', 'Mallory looks around']);
  const emptied = { type: 'jar' as const, actor: 'you', cookies: [] };
  told.step(() => {
    told.request('alice', 'POST', '/auth/login');
    told.respond('alice', 200, 'OK', sidA);
  });
  told.between(() => {
    told.tell({ type: 'joined', actor: learner });
    told.tell({
      ...{ type: 'request', id: 77, actor: 'you', method: 'GET', url: 'http://3f2a90c1d4e7.localhost:3000/me' },
      ...{ headers: [], forwarded: [], body: null, note: null, cookies: [] },
    });
    told.tell({ ...emptied, cause: { by: 'seen', request: 77 } });
    told.tell({
      ...{ type: 'response', request: 77, status: 401, statusText: 'Unauthorized', headers: [], body: '' },
      ...{ ms: 4, by: 'app', cookies: [] },
    });
    told.tell({ ...emptied, cause: { by: 'own-clock' } });
  });
  told.step(() => told.request('mallory', 'GET', '/'));
  return told.trace();
}
