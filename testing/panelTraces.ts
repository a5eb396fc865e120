/** The traces that the tests of the panels draw. */
import { minutes } from '../scenarios/engine/durations.ts';
import { learner } from '../scenarios/engine/identity.ts';
import type { ActorOutline, Trace } from '../scenarios/engine/trace.ts';
import { createTraceBuilder, namespace, recordOf, sidA, sidB } from './traceBuilder.ts';

const mallory: ActorOutline = { name: 'mallory', label: 'Mallory', role: 'attacker' };
const alice: ActorOutline = { name: 'alice', label: 'Alice', role: 'victim' };

/** Mallory plants her session's cookie in Alice's browser. Alice logs in, and keeps that id or gets a new one. */
export function fixation(newIdAtLogin: boolean): Trace {
  const builder = createTraceBuilder(
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
  return builder.trace();
}

/** Alice is away for 31 minutes. Her record expires, and Mallory's copy of the cookie no longer works. */
export function leftAlone(): Trace {
  const builder = createTraceBuilder(
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
  return builder.trace();
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
  const builder = createTraceBuilder(people, titles);
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
  return builder.trace();
}

/** What can go wrong, and manual actions: Redis is lost, keys are deleted manually and from outside, a request gets no response. */
export function trouble(): Trace {
  const builder = createTraceBuilder(
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
    builder.add({ type: 'manual-action', action: { do: 'delete-key', key: recordOf(sidA) } });
    builder.add({ type: 'key', ...deleted, cause: { by: 'manual' } });
    builder.add({ type: 'manual-action', action: { do: 'jump-time', ms: minutes(5) } });
    builder.jump(minutes(5));
    builder.add({ type: 'key', ...deleted, key: `${namespace}user-sessions:1`, cause: { by: 'outside' } });
  });
  builder.step(() => {
    builder.add({ type: 'store', status: 'lost', why: 'connect ECONNREFUSED 127.0.0.1:6379' });
    builder.request('alice', 'GET', '/me');
    const command = { type: 'command', id: 99, request: 3, name: 'GET', args: [recordOf(sidA)] } as const;
    builder.add({ ...command, args: [...command.args], reply: null, error: 'Connection is closed.', ms: 200 });
    builder.add({ type: 'request-failed', request: 3, why: 'no answer within 2 s', ms: 2000 });
    builder.add({ type: 'store', status: 'back', why: '' });
  });
  return builder.trace();
}

/** One actor, and everyone who can answer requests. */
export function answered(): Trace {
  const builder = createTraceBuilder([alice], ['Alice looks around']);
  builder.step(() => {
    builder.request('alice', 'GET', '/me');
    builder.get(sidA);
    builder.respond('alice', 200, 'OK', undefined, 'app 2');
    for (const by of ['cache', 'https://evil.example', 'app', 'localhost:3001']) {
      builder.request('alice', 'GET', '/');
      builder.respond('alice', 200, 'OK', undefined, by);
    }
  });
  const trace = builder.trace();
  return { ...trace, header: { ...trace.header, processes: ['app', 'app 2'] } };
}

/** What happens besides requests: in the browser, in the app, and to both. */
export function around(): Trace {
  const builder = createTraceBuilder([alice], ['Alice logs in']);
  const script = { type: 'script', actor: 'alice', origin: 'https://shop.example' } as const;
  const emptied = { type: 'jar' as const, actor: 'alice', cookies: [] };
  builder.step(() => {
    builder.request('alice', 'POST', '/auth/login');
    builder.add({ ...script, wrote: null, result: '' });
    builder.add({ ...script, wrote: 'theme=dark', result: 'it is a new cookie' });
    builder.add({ type: 'mail', request: 1, to: 'alice@shop.example', subject: 'Welcome' });
    builder.add({ type: 'audit', request: 1, name: 'session_created', userId: 1 });
    builder.respond('alice', 200, 'OK', sidA);
    builder.add({ type: 'page-shown', actor: 'alice', url: 'https://shop.example/me', status: 200, body: '' });
    builder.add({ ...emptied, cause: { by: 'script' } });
    builder.add({ ...emptied, cause: { by: 'closed' } });
    builder.add({ ...emptied, cause: { by: 'site-data', request: 1 } });
    builder.add({ type: 'restart', change: 'it signs with its new secret' });
    builder.add({ type: 'fault', fault: { is: 'slow', command: 'get', ms: 300 } });
  });
  return builder.trace();
}

/** The learner's own browser joins between two steps, deletes a cookie, and does not follow a time jump. */
export function joinedByLearner(): Trace {
  const builder = createTraceBuilder([mallory, alice], ['Alice logs in', 'Mallory looks around']);
  const emptied = { type: 'jar' as const, actor: 'you', cookies: [] };
  builder.step(() => {
    builder.request('alice', 'POST', '/auth/login');
    builder.respond('alice', 200, 'OK', sidA);
  });
  builder.between(() => {
    builder.add({ type: 'joined', actor: learner });
    builder.add({
      ...{ type: 'request', id: 77, actor: 'you', method: 'GET', url: 'http://3f2a90c1d4e7.localhost:3000/me' },
      ...{ headers: [], forwarded: [], body: null, note: null, cookies: [] },
    });
    builder.add({ ...emptied, cause: { by: 'seen', request: 77 } });
    builder.add({
      ...{ type: 'response', request: 77, status: 401, statusText: 'Unauthorized', headers: [], body: '' },
      ...{ ms: 4, by: 'app', cookies: [] },
    });
    builder.add({ ...emptied, cause: { by: 'own-clock' } });
  });
  builder.step(() => builder.request('mallory', 'GET', '/'));
  return builder.trace();
}
