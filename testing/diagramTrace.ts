/** Traces for the tests of the panels, built step by step as a scenario would be played: typed events, made-up ids, no server. */
import { minutes } from '../scenarios/engine/durations.ts';
import { learner } from '../scenarios/engine/identity.ts';
import {
  type ActorOutline,
  type JarCause,
  type JarCookie,
  type Trace,
  type TraceEvent,
  traceVersion,
} from '../scenarios/engine/trace.ts';
import type { NewEvent } from '../server/lab/recorder.ts';
import { createSidFinder, type WithoutSids } from '../server/lab/sessionIds.ts';
import { cookie, header } from './trace.ts';

export const sidA = 'wME6p74svqJmbpZ74yHoI4tO24iHn02c';
export const sidB = 'Zk3TqXv81LbYc0aRr5uNw2eHs9dGf7Pj';
export const namespace = 'lab:4f2:';
export const recordOf = (sid: string) => `${namespace}sess:${sid}`;
export const signed = (sid: string) => `s%3A${sid}.1w8s8JVYeKq0`;

const sessions = createSidFinder(namespace);
sessions.learn([{ cookie: 'sid', keyPrefix: 'sess:' }]);

/** Builds a trace, event by event. */
export function traceBuilder(actors: ActorOutline[], titles: string[], idle = minutes(30)) {
  const events: TraceEvent[] = [];
  const jars = new Map<string, JarCookie[]>();
  let now = 0;
  let step: number | null = null;
  let requests = 0;
  let commands = 0;

  const record = (event: NewEvent) => {
    const stamped = { step, ...event, seq: events.length, at: now } as WithoutSids<TraceEvent>;
    events.push(sessions.withSids(stamped));
    now += 2;
  };

  const keep = (actor: string, value: string, expiresAt: number | null, cause: JarCause) => {
    const kept = cookie({ value, secure: false, expiresAt });
    jars.set(actor, [kept]);
    record({ type: 'jar', actor, cookies: [kept], cause });
  };

  const builder = {
    events,
    get now() {
      return now;
    },
    record,

    /** Plays a step: `act` records what happens in it. Before it, two seconds pass until the learner presses Next. */
    step(act: () => void) {
      now += 2000;
      step = (step ?? -1) + 1;
      record({ type: 'step-started', step });
      const started = now;
      act();
      record({ type: 'step-ended', step, ms: now - started, error: null });
    },

    /** Records what happens between steps. */
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
      record({ type: 'request', id: requests, actor, method, url, ...rest });
    },

    command(line: string[], reply: string) {
      commands += 1;
      const [name, ...args] = line;
      record({ type: 'command', id: commands, request: requests, name: name!, args, reply, error: null, ms: 0.3 });
      const key = args[0]!;
      const cause = { by: 'command', command: commands } as const;
      if (name === 'SET') {
        const value = { type: 'string', data: args[1]! } as const;
        record({ type: 'key', key, change: 'set', value, expiresAt: now + idle, cause });
      }
      if (name === 'EXPIRE' && reply === '(integer) 1') {
        record({ type: 'key', key, change: 'ttl', value: null, expiresAt: now + idle, cause });
      }
      if (name === 'DEL' && reply === '(integer) 1') {
        record({ type: 'key', key, change: 'deleted', value: null, expiresAt: null, cause });
      }
    },

    get: (sid: string, hit = true) => builder.command(['GET', recordOf(sid)], hit ? '"{\\"cookie\\":{}}"' : '(nil)'),
    set: (sid: string) => builder.command(['SET', recordOf(sid), '{"cookie":{}}', 'EX', `${idle / 1000}`], 'OK'),
    refresh: (sid: string) => builder.command(['EXPIRE', recordOf(sid), `${idle / 1000}`], '(integer) 1'),
    del: (sid: string) => builder.command(['DEL', recordOf(sid)], '(integer) 1'),

    respond(actor: string, status: number, statusText: string, sid?: string, by = 'app') {
      const header = `sid=${signed(sid ?? '')}; Path=/; HttpOnly; SameSite=Lax`;
      const cookies = sid ? [{ header, name: 'sid', outcome: 'stored', why: 'its rules allow it' } as const] : [];
      const headers = cookies.map(({ header }): [string, string] => ['Set-Cookie', header]);
      record({ type: 'response', request: requests, status, statusText, headers, body: '', ms: 4, by, cookies });
      if (sid) keep(actor, signed(sid), now + idle, { by: 'response', request: requests });
    },

    plant(actor: string, victim: string) {
      const { value, expiresAt } = jars.get(actor)![0]!;
      record({ type: 'cookie-planted', actor, victim, name: 'sid', value });
      keep(victim, value, expiresAt, { by: 'planted', actor });
    },

    copy(actor: string, victim: string) {
      const { value } = jars.get(victim)![0]!;
      record({ type: 'cookie-copied', actor, victim, name: 'sid', value });
      keep(actor, value, null, { by: 'copied', actor: victim });
    },

    jump(ms: number) {
      now += ms;
      record({ type: 'time', ms, how: 'jumped' });
    },

    expire(sid: string) {
      record({
        type: 'key',
        key: recordOf(sid),
        change: 'expired',
        value: null,
        expiresAt: null,
        cause: { by: 'time' },
      });
    },

    build: (): Trace => ({
      version: traceVersion,
      header: {
        ...header,
        sandbox: '4f2',
        scenario: {
          ...header.scenario,
          actors,
          steps: titles.map((title) => ({ title, purpose: 'show something', narration: '', ask: null })),
        },
        variant: 'vulnerable',
        namespace,
      },
      events,
    }),
  };
  return builder;
}

const mallory: ActorOutline = { name: 'mallory', label: 'Mallory', role: 'attacker' };
const alice: ActorOutline = { name: 'alice', label: 'Alice', role: 'victim' };

/** Mallory plants her session's cookie in Alice's browser; Alice logs in and keeps that id, or gets a new one. */
export function fixation(newIdAtLogin: boolean): Trace {
  const builder = traceBuilder(
    [mallory, alice],
    [
      'Mallory puts a hat in a basket',
      'Mallory plants the cookie in Alice’s browser',
      'Alice logs in',
      'Mallory opens the account page',
      'Alice logs out, Mallory tries again',
    ],
  );
  builder.step(() => {
    builder.request('mallory', 'POST', '/basket');
    builder.set(sidA);
    builder.respond('mallory', 200, 'OK', sidA);
  });
  builder.step(() => builder.plant('mallory', 'alice'));
  builder.step(() => {
    builder.request('alice', 'POST', '/auth/login');
    builder.get(sidA);
    if (newIdAtLogin) builder.del(sidA);
    builder.set(newIdAtLogin ? sidB : sidA);
    builder.respond('alice', 200, 'OK', newIdAtLogin ? sidB : sidA);
  });
  builder.step(() => {
    builder.request('mallory', 'GET', '/me');
    builder.get(sidA, !newIdAtLogin);
    if (!newIdAtLogin) builder.refresh(sidA);
    if (newIdAtLogin) builder.respond('mallory', 401, 'Unauthorized');
    else builder.respond('mallory', 200, 'OK', sidA);
  });
  return builder.build();
}

/** Alice leaves for 31 minutes: her record expires, and Mallory's copy of the cookie is useless. */
export function leftAlone(): Trace {
  const builder = traceBuilder(
    [alice, mallory],
    ['Alice logs in', 'Mallory copies the cookie', 'Alice goes to lunch', 'Mallory opens the account page'],
  );
  builder.step(() => {
    builder.request('alice', 'POST', '/auth/login');
    builder.set(sidA);
    builder.respond('alice', 200, 'OK', sidA);
  });
  builder.step(() => builder.copy('mallory', 'alice'));
  builder.step(() => {
    builder.jump(minutes(31));
    builder.expire(sidA);
  });
  builder.step(() => {
    builder.request('mallory', 'GET', '/me');
    builder.get(sidA, false);
    builder.respond('mallory', 401, 'Unauthorized');
  });
  return builder.build();
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
  const builder = traceBuilder(people, titles);
  const sids = people.map((_, index) => `${String.fromCharCode(97 + index)}${sidA.slice(1)}`);
  for (const [round] of titles.entries()) {
    builder.step(() => {
      for (const [index, { name }] of people.slice(0, 5).entries()) {
        const sid = sids[(index + round) % sids.length]!;
        builder.request(name, 'GET', `/shop/items/${index}?page=${round}&sort=newest-first-please`);
        builder.get(sid);
        builder.set(sid);
        builder.respond(name, 200, 'OK', sid);
      }
    });
  }
  return builder.build();
}

/** Failures and manual actions: Redis is lost, keys are deleted from three sides, a request has no response. */
export function trouble(): Trace {
  const builder = traceBuilder(
    [alice, mallory],
    ['Alice logs in', 'Alice reads her account', 'Redis goes away', 'Alice comes back'],
  );
  builder.step(() => {
    builder.request('alice', 'POST', '/auth/login');
    builder.set(sidA);
    builder.set(sidA);
    builder.respond('alice', 200, 'OK', sidA);
  });
  builder.step(() => {
    builder.request('alice', 'GET', '/me');
    builder.get(sidA);
    builder.refresh(sidA);
    builder.respond('alice', 200, 'OK');
  });
  const deleted = { key: recordOf(sidA), change: 'deleted', value: null, expiresAt: null } as const;
  builder.between(() => {
    builder.record({ type: 'manual-action', action: { do: 'delete-key', key: recordOf(sidA) } });
    builder.record({ type: 'key', ...deleted, cause: { by: 'manual' } });
    builder.record({ type: 'manual-action', action: { do: 'jump-time', ms: minutes(5) } });
    builder.jump(minutes(5));
    builder.record({ type: 'key', ...deleted, key: `${namespace}user-sessions:1`, cause: { by: 'outside' } });
  });
  builder.step(() => {
    builder.record({ type: 'store', status: 'lost', why: 'connect ECONNREFUSED 127.0.0.1:6379' });
    builder.request('alice', 'GET', '/me');
    const command = { type: 'command', id: 99, request: 3, name: 'GET', args: [recordOf(sidA)] } as const;
    builder.record({ ...command, args: [...command.args], reply: null, error: 'Connection is closed.', ms: 200 });
    builder.record({ type: 'request-failed', request: 3, why: 'no answer within 2 s', ms: 2000 });
    builder.record({ type: 'store', status: 'back', why: '' });
  });
  return builder.build();
}

/** One actor, and everyone who can answer a request. */
export function answered(): Trace {
  const builder = traceBuilder([alice], ['Alice looks around']);
  builder.step(() => {
    builder.request('alice', 'GET', '/me');
    builder.get(sidA);
    builder.respond('alice', 200, 'OK', undefined, 'app 2');
    for (const by of ['cache', 'https://evil.example', 'app', 'localhost:3001']) {
      builder.request('alice', 'GET', '/');
      builder.respond('alice', 200, 'OK', undefined, by);
    }
  });
  return builder.build();
}

/** Events other than requests: in the browser, in the app, and to both. */
export function around(): Trace {
  const builder = traceBuilder([alice], ['Alice logs in']);
  const script = { type: 'script', actor: 'alice', origin: 'https://shop.example' } as const;
  const emptied = { type: 'jar' as const, actor: 'alice', cookies: [] };
  builder.step(() => {
    builder.request('alice', 'POST', '/auth/login');
    builder.record({ ...script, wrote: null, result: '' });
    builder.record({ ...script, wrote: 'theme=dark', result: 'it is a new cookie' });
    builder.record({ type: 'mail', request: 1, to: 'alice@shop.example', subject: 'Welcome' });
    builder.record({ type: 'audit', request: 1, name: 'session_created', userId: 1 });
    builder.respond('alice', 200, 'OK', sidA);
    builder.record({ type: 'page-shown', actor: 'alice', url: 'https://shop.example/me', status: 200, body: '' });
    builder.record({ ...emptied, cause: { by: 'script' } });
    builder.record({ ...emptied, cause: { by: 'closed' } });
    builder.record({ ...emptied, cause: { by: 'site-data', request: 1 } });
    builder.record({ type: 'restart', change: 'it signs with its new secret' });
    builder.record({ type: 'fault', what: 'GET takes 300 ms longer to reach Redis' });
  });
  return builder.build();
}

/** The learner joins with their own browser between two steps and deletes a cookie in it. Then time is jumped. */
export function joinedByLearner(): Trace {
  const builder = traceBuilder([mallory, alice], ['Alice logs in', 'Mallory looks around']);
  const emptied = { type: 'jar' as const, actor: 'you', cookies: [] };
  builder.step(() => {
    builder.request('alice', 'POST', '/auth/login');
    builder.respond('alice', 200, 'OK', sidA);
  });
  builder.between(() => {
    builder.record({ type: 'joined', actor: learner });
    builder.record({
      ...{ type: 'request', id: 77, actor: 'you', method: 'GET', url: 'http://3f2a90c1d4e7.localhost:3000/me' },
      ...{ headers: [], forwarded: [], body: null, note: null, cookies: [] },
    });
    builder.record({ ...emptied, cause: { by: 'seen', request: 77 } });
    builder.record({
      ...{ type: 'response', request: 77, status: 401, statusText: 'Unauthorized', headers: [], body: '' },
      ...{ ms: 4, by: 'app', cookies: [] },
    });
    builder.record({ ...emptied, cause: { by: 'own-clock' } });
  });
  builder.step(() => builder.request('mallory', 'GET', '/'));
  return builder.build();
}
