import type { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { hours, minutes, seconds } from '../../scenarios/engine/durations.ts';
import { parseSignedValue } from '../../scenarios/engine/identity.ts';
import { read } from '../../scenarios/engine/read.ts';
import type { Scenario } from '../../scenarios/engine/scenario.ts';
import type { Pace, TraceEvent } from '../../scenarios/engine/trace.ts';
import { eventually } from '../../testing/eventually.ts';
import { credentials, endSandboxes, lessonOf, logIn, openAccount, openSandbox, pause } from '../../testing/lesson.ts';
import { bothKinds, openTestRedis, type TestRedis } from '../../testing/redisStores.ts';
import { cookieName } from '../app/session.ts';
import type { Sandbox } from './sandbox.ts';

describe.each(bothKinds)('a sandbox on %s Redis', (kind) => {
  let stores: TestRedis;
  /** Sees every key of that Redis. */
  let outsider: Redis;

  beforeAll(async () => {
    stores = await openTestRedis(kind);
    outsider = await stores.connect();
  });
  afterEach(endSandboxes);
  afterAll(() => stores.close());

  const open = (scenario: Scenario, pace: Pace = 'jump') =>
    openSandbox(stores.redisSwitch, { scenario, pace, store: kind });
  const keysOf = (sandbox: Sandbox) => outsider.keys(`${sandbox.trace.header.namespace}*`);
  const ofType = <Type extends TraceEvent['type']>({ trace }: Sandbox, type: Type) =>
    trace.events.filter((event): event is Extract<TraceEvent, { type: Type }> => event.type === type);
  const statuses = (sandbox: Sandbox) => ofType(sandbox, 'response').map(({ status }) => status);
  const aliceSid = (sandbox: Sandbox) =>
    parseSignedValue(
      read(sandbox.trace).actors[0]!.cookies.find(({ cookie }) => cookie.name === cookieName)!.cookie.value,
    )!.sid;

  describe('plays', () => {
    test('each step once and in order, even if calls overlap', async () => {
      const sandbox = await open(lessonOf(logIn, openAccount, openAccount));
      const [first, again, all, beyond] = await Promise.all([1, 1, 4, 99].map((count) => sandbox.playTo(count)));
      expect([first, again, all, beyond].map((results) => results!.length)).toEqual([1, 0, 3, 0]);
      expect(ofType(sandbox, 'step-started').map(({ step }) => step)).toEqual([0, 1, 2, 3]);
      expect(sandbox.played).toBe(4);
      expect(all!.at(-1)).toEqual({ holds: true, untrue: [], error: null });
    });

    test.each([
      ['at the same time as another one', {}, 2],
      ['in turn with another one, if they measure how long hashes take', { undisturbed: true as const }, 1],
    ])('%s', async (_, how, atOnce) => {
      let [now, most] = [0, 0];
      const busy = async () => {
        now += 1;
        most = Math.max(most, now);
        await new Promise((done) => setTimeout(done, 50));
        now -= 1;
      };
      const lesson = lessonOf(busy, busy);
      const steps = lesson.steps.map((step) => ({ ...step, ...how }));
      const sandboxes = await Promise.all([1, 2].map(() => open({ ...lesson, steps })));
      await Promise.all(sandboxes.map((sandbox) => sandbox.playTo(2)));
      expect(most).toBe(atOnce);
    });

    test('up to a step that fails, and on from there at the next call', async () => {
      const sandbox = await open(lessonOf(({ alice }) => alice.plantCookie(alice), logIn, openAccount));
      const results = await sandbox.playTo(99);
      expect(results).toEqual([
        {
          holds: null,
          untrue: [],
          error: expect.objectContaining({ message: expect.stringContaining(`no cookie "${cookieName}"`) }),
        },
      ]);
      expect(ofType(sandbox, 'step-ended').map(({ error }) => error)).toEqual([results[0]!.error!.message]);
      expect(await sandbox.playTo(99)).toHaveLength(3);
      expect(statuses(sandbox)).toEqual([200, 200]);
    });

    test('two actors at the same time, and links each command to the request that caused it', async () => {
      const sandbox = await open(
        lessonOf(
          async ({ alice, mallory }) => {
            await alice.post('/basket', { item: 'hat' });
            await mallory.post('/basket', { item: 'crow-bar' });
          },
          ({ alice, mallory }) =>
            Promise.all([alice.get('/basket'), mallory.get('/basket'), alice.get('/me'), mallory.get('/me')]),
        ),
      );
      await sandbox.playTo(2);
      const { exchanges } = read(sandbox.trace);
      expect(exchanges).toHaveLength(6);
      for (const { request, commands, keys } of exchanges.slice(2)) {
        const sent = request.cookies.find(({ name, sent }) => name === cookieName && sent)!;
        const key = `${sandbox.trace.header.namespace}sess:${parseSignedValue(sent.value)!.sid}`;
        const ofSession = commands.filter(({ args }) => args[0] === key);
        expect(ofSession.map(({ name }) => name)).toEqual(['get', 'expire']);
        expect(keys.map(({ key, change }) => [key, change])).toEqual([[key, 'ttl']]);
      }
    });

    test('a step whose events are all recorded before it ends', async () => {
      const sandbox = await open(lessonOf(logIn));
      await sandbox.playTo(1);
      expect(sandbox.trace.events.at(-1)).toMatchObject({ type: 'step-ended', step: 0, error: null });
      expect(ofType(sandbox, 'command').map(({ name, request, step }) => [name, request, step])).toEqual([
        // The throttle is read before the password is checked and after, and deleted because the password is right.
        ...['mget', 'mget', 'del'].map((name) => [name, 1, 0]),
        // The old record, the new one, the list of her sessions, and the record again when the response ends.
        ...'del set time multi zadd pexpire zrange exec set'.split(' ').map((name) => [name, 1, 0]),
      ]);
      expect(read(sandbox.trace).keys.map(({ name, mark }) => [name.split(':')[0], mark])).toEqual([
        ['sess', 'added'],
        ['user', 'added'],
      ]);
    });
  });

  describe('leaves nothing behind', () => {
    test('when it has ended: it does not listen, plays no step, refuses actions, and has one `ended` event', async () => {
      const sandbox = await open(lessonOf(logIn, openAccount));
      await sandbox.playTo(1);
      const [key] = await keysOf(sandbox);
      const first = sandbox.end('enough');
      await sandbox.end('again');
      expect(await outsider.keys('*')).toEqual([]);
      await first;

      const { length } = sandbox.trace.events;
      expect(await sandbox.playTo(2)).toEqual([]);
      await expect(sandbox.act({ do: 'jump-time', ms: 1000 })).rejects.toThrow('enough');
      await expect(sandbox.act({ do: 'delete-key', key: key! })).rejects.toThrow('enough');
      await expect(fetch(`http://127.0.0.1:${sandbox.ports.app}/`)).rejects.toThrow();
      expect(sandbox.trace.events).toHaveLength(length);
      expect(ofType(sandbox, 'ended')).toHaveLength(1);
      expect(await outsider.keys('*')).toEqual([]);
    });

    test('when it ends in the middle of a step that waits: the step ends too', async () => {
      const sandbox = await open(lessonOf(logIn, pause, openAccount), 'real');
      const playing = sandbox.playTo(3);
      await eventually(() => expect(sandbox.trace.events.at(-1)).toMatchObject({ type: 'wait', step: 1 }));
      const real = performance.now();
      await sandbox.end('the page was closed');
      expect(performance.now() - real).toBeLessThan(2000);
      expect((await playing).at(-1)?.error?.message).toBe('the page was closed');
      expect(read(sandbox.trace)).toMatchObject({ ended: 'the page was closed', running: false });
      expect(sandbox.played).toBe(2);
      expect(await outsider.keys('*')).toEqual([]);
    });
  });

  describe('beside another', () => {
    test('has its own keys, users and cookies', async () => {
      const [one, other] = await Promise.all([open(lessonOf(logIn, openAccount)), open(lessonOf(logIn, openAccount))]);
      await Promise.all([one.playTo(2), other.playTo(2)]);
      expect([await keysOf(one), await keysOf(other)].map(({ length }) => length)).toEqual([2, 2]);

      // The same app, but another secret: the other app does not read a record whose id the first one signed, although it exists.
      const { value } = read(one.trace).actors[0]!.cookies.find(({ cookie }) => cookie.name === cookieName)!.cookie;
      const record = await outsider.get(`${one.trace.header.namespace}sess:${aliceSid(one)}`);
      const planted = `${other.trace.header.namespace}sess:${aliceSid(one)}`;
      await outsider.set(planted, record!, 'EX', 60);
      const headers = { Cookie: `${cookieName}=${value}`, 'X-Forwarded-Proto': 'https' };
      const visit = async ({ ports }: Sandbox) => (await fetch(`http://127.0.0.1:${ports.app}/me`, { headers })).status;
      expect([await visit(one), await visit(other)]).toEqual([200, 401]);
      await outsider.del(planted);

      await one.act({ do: 'jump-time', ms: hours(1) });
      expect(await keysOf(one)).toHaveLength(1);
      expect(await keysOf(other)).toHaveLength(2);
      const [theirs] = await keysOf(other);
      await expect(one.act({ do: 'delete-key', key: theirs! })).rejects.toThrow('no key');
      await one.end('enough');
      expect(await keysOf(other)).toHaveLength(2);
      await other.end('enough');
    });
  });

  describe('lets time pass:', () => {
    test('a jump moves keys, cookies and the app’s clock, and is recorded', async () => {
      const sandbox = await open(lessonOf(logIn, openAccount));
      await sandbox.playTo(1);
      const key = `${sandbox.trace.header.namespace}sess:${aliceSid(sandbox)}`;
      const before = sandbox.now();
      await sandbox.act({ do: 'jump-time', ms: minutes(10) });

      expect(sandbox.now() - before).toBeGreaterThanOrEqual(minutes(10));
      expect(await outsider.pttl(key)).toBeLessThanOrEqual(minutes(20));
      expect(await outsider.pttl(key)).toBeGreaterThan(minutes(20) - seconds(5));
      expect(sandbox.trace.events.slice(-2)).toMatchObject([
        { type: 'manual-action', action: { do: 'jump-time', ms: minutes(10) } },
        { type: 'time', ms: minutes(10), how: 'jumped' },
      ]);

      await sandbox.act({ do: 'jump-time', ms: minutes(21) });
      expect(await keysOf(sandbox)).toEqual([`${sandbox.trace.header.namespace}user:1:sessions`]);
      expect(sandbox.trace.events.at(-1)).toMatchObject({ type: 'key', key, change: 'expired', cause: { by: 'time' } });
      await sandbox.playTo(2);
      const request = ofType(sandbox, 'request').at(-1)!;
      expect(request.cookies.filter(({ name, sent }) => name === cookieName && sent)).toEqual([]);
      expect(statuses(sandbox)).toEqual([200, 401]);
      expect(read(sandbox.trace).jumped).toBe(minutes(31));
    });

    test('simultaneous jumps add up, for the keys as well as for the clock', async () => {
      const sandbox = await open(lessonOf(logIn));
      await sandbox.playTo(1);
      const key = `${sandbox.trace.header.namespace}sess:${aliceSid(sandbox)}`;
      await Promise.all([
        sandbox.act({ do: 'jump-time', ms: minutes(5) }),
        sandbox.act({ do: 'jump-time', ms: minutes(5) }),
        sandbox.act({ do: 'jump-time', ms: minutes(5) }),
      ]);
      const left = await outsider.pttl(key);
      expect(left).toBeLessThanOrEqual(minutes(15));
      expect(left).toBeGreaterThan(minutes(15) - seconds(5));
    });

    test('jumps reach the absolute limit of the app, although every request renews the idle limit', async () => {
      const visits = Array.from({ length: 25 }, () => [pause, openAccount] as const).flat();
      const sandbox = await open(lessonOf(logIn, ...visits));
      await sandbox.playTo(99);
      // Each pause is twenty minutes, the limit is eight hours: the 24th visit is the first one past it.
      expect(statuses(sandbox).slice(1)).toEqual([...Array(23).fill(200), 401, 401]);
      const refusal = ofType(sandbox, 'response').find(({ status }) => status === 401);
      expect(refusal).toMatchObject({ body: '{"error":"Log in again."}', cookies: [{ outcome: 'removed' }] });
    });

    test('a jump shortens a step that really waits, and both are recorded', async () => {
      const sandbox = await open(lessonOf(logIn, pause, openAccount), 'real');
      const real = performance.now();
      const playing = sandbox.playTo(3);
      await eventually(() => expect(sandbox.trace.events.at(-1)).toMatchObject({ type: 'wait', step: 1 }));
      await sandbox.act({ do: 'jump-time', ms: seconds(30) });
      await sandbox.act({ do: 'jump-time', ms: seconds(30) });
      await playing;
      expect(performance.now() - real).toBeLessThan(seconds(5));
      expect(ofType(sandbox, 'time').map(({ how, ms }) => [how, ms > seconds(5) ? ms : 'little'])).toEqual([
        ['jumped', seconds(30)],
        ['jumped', seconds(30)],
        ['waited', 'little'],
      ]);
      expect(statuses(sandbox)).toEqual([200, 200]);
    });
  });

  test('after a manual deletion of a session record, the next request is not logged in', async () => {
    const sandbox = await open(lessonOf(logIn, openAccount));
    await sandbox.playTo(1);
    const { namespace } = sandbox.trace.header;
    const key = `${namespace}sess:${aliceSid(sandbox)}`;
    await outsider.set('sess:theirs', '1');
    for (const name of ['sess:theirs', `${namespace}none`, namespace, '', '*'])
      await expect(sandbox.act({ do: 'delete-key', key: name })).rejects.toThrow('no key');
    expect(ofType(sandbox, 'manual-action')).toEqual([]);

    expect(await sandbox.act({ do: 'delete-key', key })).toBeNull();
    expect(sandbox.trace.events.slice(-2)).toMatchObject([
      { type: 'manual-action', action: { do: 'delete-key', key } },
      { type: 'key', key, change: 'deleted', cause: { by: 'manual' } },
    ]);
    expect(await outsider.del('sess:theirs')).toBe(1);
    await sandbox.playTo(2);
    expect(statuses(sandbox)).toEqual([200, 401]);
  });

  test('a key deleted in a terminal is reported within a second to listeners', async () => {
    const sandbox = await open(lessonOf(logIn));
    await sandbox.playTo(1);
    const heard: TraceEvent[] = [];
    const stop = sandbox.subscribe((event) => heard.push(event));
    await outsider.del(`${sandbox.trace.header.namespace}sess:${aliceSid(sandbox)}`);
    await vi.waitFor(
      () => expect(heard).toMatchObject([{ type: 'key', change: 'deleted', cause: { by: 'outside' }, step: null }]),
      {
        timeout: 1000,
        interval: 5,
      },
    );
    stop();
  });

  test.each(['forgets-everything', 'constructor', '__proto__'])(
    'a weakness that does not exist is refused, and the error lists those that do: %s',
    async (weakness) => {
      const scenario = { ...lessonOf(logIn), weakness };
      await expect(open(scenario)).rejects.toThrow(
        /^Scenario "test-lesson": there is no weakness "[\w-]+" .*login-keeps-session-id/,
      );
    },
  );

  test('passwords are masked in recorded requests, and nothing else is', async () => {
    const sandbox = await open(lessonOf(logIn));
    await sandbox.playTo(1);
    const { body } = ofType(sandbox, 'request')[0]!;
    expect(JSON.parse(body!)).toEqual({ email: credentials.email, password: '••••••' });
  });
});
