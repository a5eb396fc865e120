import type { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { ManualAction, ManualRequest } from '../../../scenarios/engine/actions.ts';
import { minutes, seconds } from '../../../scenarios/engine/durations.ts';
import { parseSignedValue } from '../../../scenarios/engine/identity.ts';
import { read } from '../../../scenarios/engine/read.ts';
import type { TraceEvent } from '../../../scenarios/engine/trace.ts';
import { eventually } from '../../../testing/eventually.ts';
import {
  credentials,
  endSandboxes,
  lessonOf,
  logIn,
  openAccount,
  openSandbox,
  pause,
} from '../../../testing/lesson.ts';
import { bothKinds, openTestRedis, type TestRedis } from '../../../testing/redisStores.ts';
import { cookieName } from '../../app/session.ts';
import type { Sandbox } from '../sandbox.ts';

describe.each(bothKinds)('manual actions on %s Redis:', (kind) => {
  let stores: TestRedis;
  let outsider: Redis;
  let sandbox: Sandbox;

  beforeAll(async () => {
    stores = await openTestRedis(kind);
    outsider = await stores.connect();
  });
  afterEach(endSandboxes);
  afterAll(() => stores.close());

  /** Alice is logged in. */
  async function open(...acts: Parameters<typeof lessonOf>) {
    sandbox = await openSandbox(stores.redisSwitch, { scenario: lessonOf(logIn, ...acts), store: kind });
    await sandbox.playTo(1);
  }
  const act = (action: ManualAction) => sandbox.act(action);
  const ofType = <Type extends TraceEvent['type']>(type: Type) =>
    sandbox.trace.events.filter((event): event is Extract<TraceEvent, { type: Type }> => event.type === type);
  /** The events since the last manual action, its own included. */
  const led = () =>
    sandbox.trace.events.slice(sandbox.trace.events.findLastIndex(({ type }) => type === 'manual-action'));
  const full = (name: string) => sandbox.trace.header.namespace + name;
  const cookieOf = (actor: string) =>
    read(sandbox.trace)
      .actors.find(({ outline }) => outline.name === actor)!
      .cookies.find(({ cookie, mark }) => cookie.name === cookieName && mark !== 'removed')?.cookie;
  const recordOf = (actor: string) => full(`sess:${parseSignedValue(cookieOf(actor)!.value)!.sid}`);
  const request = (change: Partial<ManualRequest> = {}): ManualRequest => ({
    ...{ do: 'request', actor: 'alice', method: 'GET', url: '/me', origin: 'https://shop.example' },
    ...{ headers: [], body: null },
    ...change,
  });
  const which = { name: cookieName, domain: 'shop.example', path: '/' };
  const console = (line: string) => act({ do: 'redis', line });

  describe('a request', () => {
    test('is sent as the page would send it, and belongs to no step', async () => {
      await open();
      await act(request());
      expect(led()[0]).toMatchObject({ type: 'manual-action', action: { do: 'request' } });
      expect(new Set(led().map(({ type }) => type))).toEqual(
        new Set(['manual-action', 'request', 'command', 'key', 'response', 'jar']),
      );
      expect(led().every(({ step }) => step === null)).toBe(true);
      const sent = ofType('request').at(-1)!;
      expect(sent.headers).toContainEqual(['Sec-Fetch-Site', 'same-origin']);
      expect(sent.headers).toContainEqual(['Cookie', expect.stringContaining(cookieName)]);
      expect(ofType('response').at(-1)).toMatchObject({ status: 200, request: sent.id });
    });

    test('from another site carries no SameSite=Lax cookie, and needs a preflight for its own header', async () => {
      await open();
      await act(request({ origin: 'https://evil.example', headers: [['X-Own', '1']] }));
      expect(led().filter(({ type }) => type === 'request')).toMatchObject([{ method: 'OPTIONS' }]);
      await act(request({ origin: 'https://evil.example' }));
      const sent = ofType('request').at(-1)!;
      expect(sent.headers).toContainEqual(['Origin', 'https://evil.example']);
      expect(sent.headers.map(([name]) => name)).not.toContain('Cookie');
    });

    test('whose fetch() omits credentials carries no cookie, and says why', async () => {
      await open();
      await act(request({ credentials: 'omit' }));
      const sent = ofType('request').at(-1)!;
      expect(sent.headers.map(([name]) => name)).not.toContain('Cookie');
      expect(sent.cookies).toContainEqual(
        expect.objectContaining({ sent: false, why: expect.stringContaining('credentials') }),
      );
    });

    test('from the address bar is a navigation', async () => {
      await open();
      await act(request({ origin: null }));
      expect(ofType('request').at(-1)!.headers).toContainEqual(['Sec-Fetch-Mode', 'navigate']);
    });

    test('may have any method and body, and passwords in it are masked', async () => {
      await open();
      const json: ManualRequest['headers'] = [['content-type', 'application/json']];
      await act(
        request({
          actor: 'mallory',
          method: 'post',
          url: '/auth/login',
          headers: json,
          body: JSON.stringify(credentials),
        }),
      );
      expect(ofType('response').at(-1)!.status).toBe(200);
      expect(JSON.stringify(sandbox.trace)).not.toContain(credentials.password);
      await act(
        request({ method: 'PROPFIND', url: '/nowhere', headers: [['Accept', 'text/x']], body: 'as it stands' }),
      );
      const sent = ofType('request').at(-1)!;
      expect(sent).toMatchObject({ method: 'PROPFIND', body: 'as it stands' });
      expect(sent.headers).toContainEqual(['Content-Type', 'text/plain;charset=UTF-8']);
      expect(sent.headers.filter(([name]) => name === 'Accept')).toEqual([['Accept', 'text/x']]);
    });

    // It waits for five seconds, and no Redis has a part in it.
    test.skipIf(kind === 'real')('without a response ends with the reason', async () => {
      await open(({ world }) => world.holdPayments());
      await sandbox.playTo(2);
      const order = act(
        request({ method: 'POST', url: '/orders', headers: [['Content-Type', 'application/json']], body: '{}' }),
      );
      await expect(order).rejects.toThrow('no answer within 5 seconds');
      expect(led()).toContainEqual(expect.objectContaining({ type: 'request-failed', step: null }));
    });

    test.each<[string, Partial<ManualRequest>, string]>([
      ['an unknown actor', { actor: 'eve' }, 'no actor "eve"'],
      ['an actor called __proto__', { actor: '__proto__' }, 'no actor'],
      ['a host the sandbox does not have', { url: 'https://example.org/' }, 'no host'],
      ['a port of this machine', { url: 'http://127.0.0.1:6379/' }, 'no host'],
      ['a file', { url: 'file:///etc/passwd' }, 'not an address'],
      ['a script', { url: 'javascript:alert(1)' }, 'not an address'],
      ['a name and password in the address', { url: 'https://a:b@shop.example/' }, 'not an address'],
      ['an origin with a path', { origin: 'https://shop.example/me' }, 'not an origin'],
      ['an invalid origin', { origin: 'null' }, 'not an origin'],
      ['a Cookie header', { headers: [['Cookie', 'a=b']] }, 'No page can set Cookie'],
      ['a line break in a header', { headers: [['X-A', 'b\r\nCookie: c']] }, 'no header can carry'],
      ['TRACE', { method: 'TRACE' }, 'refuses it'],
      ['a GET with a body', { body: '{}' }, 'has no body'],
      ['a typed POST', { origin: null, method: 'POST' }, 'A typed address'],
      ['a typed address with a header', { origin: null, headers: [['X-A', 'b']] }, 'A typed address'],
    ])('with %s is refused and changes nothing', async (_, change, why) => {
      await open();
      const { length } = sandbox.trace.events;
      await expect(act(request(change))).rejects.toThrow(why);
      expect(sandbox.trace.events).toHaveLength(length);
    });
  });

  describe('a cookie', () => {
    test('that was edited is sent with its new value, and its signature is wrong', async () => {
      await open();
      const { value } = cookieOf('alice')!;
      const edited = value.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
      await act({ do: 'edit-cookie', actor: 'alice', ...which, value: edited });
      expect(led()).toMatchObject([{ type: 'manual-action' }, { type: 'jar', cause: { by: 'manual' }, step: null }]);
      await act(request());
      expect(ofType('response').at(-1)!.status).toBe(401);
      expect(ofType('audit').at(-1)).toMatchObject({ name: 'session_cookie_invalid' });
    });

    test('that was copied logs the other actor in, and a deleted one nobody', async () => {
      await open();
      await act({ do: 'copy-cookie', actor: 'mallory', from: 'alice', ...which });
      expect(led().map(({ type }) => type)).toEqual(['manual-action', 'cookie-copied', 'jar']);
      await act(request({ actor: 'mallory' }));
      expect(ofType('response').at(-1)!.status).toBe(200);
      await act({ do: 'delete-cookie', actor: 'alice', ...which });
      await act(request());
      expect(ofType('response').at(-1)!.status).toBe(401);
    });

    test.each<[string, ManualAction, string]>([
      ['of an unknown actor', { do: 'delete-cookie', actor: 'eve', ...which }, 'no actor'],
      ['that does not exist', { do: 'delete-cookie', actor: 'mallory', ...which }, 'no cookie'],
      ['of another path', { do: 'edit-cookie', actor: 'alice', ...which, path: '/me', value: 'x' }, 'no cookie'],
      ['of an unknown host', { do: 'delete-cookie', actor: 'alice', ...which, domain: 'x' }, 'no cookie'],
      ['with a line break', { do: 'edit-cookie', actor: 'alice', ...which, value: 'a\r\nb' }, 'no Cookie header'],
      ['with a semicolon', { do: 'edit-cookie', actor: 'alice', ...which, value: 'a; b' }, 'no Cookie header'],
      ['to oneself', { do: 'copy-cookie', actor: 'alice', from: 'alice', ...which }, 'one browser to another'],
      ['from an unknown actor', { do: 'copy-cookie', actor: 'alice', from: 'eve', ...which }, 'no actor'],
    ])('%s is refused and changes nothing', async (_, action, why) => {
      await open();
      const { length } = sandbox.trace.events;
      await expect(act(action)).rejects.toThrow(why);
      expect(sandbox.trace.events).toHaveLength(length);
    });
  });

  describe('a key', () => {
    test('gets a new value and keeps its time to live', async () => {
      await open();
      const key = recordOf('alice');
      const record = JSON.parse((await outsider.get(key))!);
      const value = JSON.stringify({ ...record, role: 'admin' });
      await act({ do: 'set-key', key, value });
      expect(led()).toMatchObject([
        { type: 'manual-action' },
        { type: 'key', key, change: 'set', cause: { by: 'manual' }, step: null },
      ]);
      expect(await outsider.get(key)).toBe(value);
      expect(await outsider.pttl(key)).toBeGreaterThan(minutes(29));
    });

    test('gets another time to live or none, and is deleted', async () => {
      await open();
      const key = recordOf('alice');
      await act({ do: 'expire-key', key, ms: 5000 });
      expect(led()[1]).toMatchObject({ type: 'key', change: 'ttl', cause: { by: 'manual' } });
      expect(await outsider.pttl(key)).toBeLessThanOrEqual(5000);
      await act({ do: 'expire-key', key, ms: null });
      expect(await outsider.pttl(key)).toBe(-1);
      expect(led()[1]).toMatchObject({ type: 'key', change: 'ttl', expiresAt: null });
      await act({ do: 'delete-key', key });
      expect(await outsider.exists(key)).toBe(0);
    });

    test('of another type or outside the sandbox is refused', async () => {
      await open();
      await outsider.set('sess:theirs', '1');
      const { length } = sandbox.trace.events;
      await expect(act({ do: 'set-key', key: full('user:1:sessions'), value: 'x' })).rejects.toThrow('is a zset');
      for (const key of ['sess:theirs', full('none'), '', full('__proto__'), sandbox.trace.header.namespace]) {
        await expect(act({ do: 'set-key', key, value: 'x' })).rejects.toThrow('no key');
        await expect(act({ do: 'expire-key', key, ms: 1 })).rejects.toThrow('no key');
      }
      expect(sandbox.trace.events).toHaveLength(length);
      expect(await outsider.getdel('sess:theirs')).toBe('1');
    });
  });

  describe('the console', () => {
    test('answers as redis-cli does, with and without the namespace, in upper and lower case', async () => {
      await open();
      const sid = parseSignedValue(cookieOf('alice')!.value)!.sid;
      expect(await console(`ttl sess:${sid}`)).toMatch(/^\(integer\) 1(800|799)$/);
      expect(await console(`Exists "${recordOf('alice')}" none`)).toBe('(integer) 1');
      expect(await console(`type user:1:sessions`)).toBe('zset');
      expect(await console(`GET user:1:sessions`)).toMatch(/^\(error\) WRONGTYPE/);
      expect(await console(`ZCARD user:1:sessions`)).toBe('(integer) 1');
      expect(await console(`zrange user:1:sessions 0 -1 withscores`)).toMatch(/^1\) "\{.*\}"\n2\) "\d+"$/);
      expect(await console('get none')).toBe('(nil)');
      expect(await console('smembers none')).toBe('(empty array)');
      expect(await console('KEYS user:*')).toBe(`1) "${full('user:1:sessions')}"`);
      expect(ofType('key').filter(({ cause }) => cause.by === 'manual')).toEqual([]);
    });

    test('changes keys, and the trace shows the cause', async () => {
      await open();
      expect(await console('SET greeting "hello there" EX 60')).toBe('OK');
      expect(led()).toMatchObject([
        { type: 'manual-action', action: { do: 'redis' } },
        { type: 'key', key: full('greeting'), change: 'set', cause: { by: 'manual' } },
      ]);
      expect(await console('set greeting hi keepttl')).toBe('OK');
      expect(await outsider.pttl(full('greeting'))).toBeGreaterThan(50_000);
      expect(await console('PERSIST greeting')).toBe('(integer) 1');
      expect(await outsider.pttl(full('greeting'))).toBe(-1);
      expect(await console('PERSIST greeting')).toBe('(integer) 0');
      expect(await console('EXPIRE greeting 100')).toBe('(integer) 1');
      expect(await console('PEXPIRE none 100')).toBe('(integer) 0');
      expect(await console('EXPIRE greeting 0')).toBe('(integer) 1');
      expect(await outsider.exists(full('greeting'))).toBe(0);
      expect(await console(`DEL none ${recordOf('alice')}`)).toBe('(integer) 1');
    });

    test.each([
      ['FLUSHALL', 'no "FLUSHALL". It has GET, '],
      ['eval "return 1" 0', 'no "eval"'],
      ['CONFIG GET *', 'no "CONFIG"'],
      ['__proto__ a', 'no "__proto__"'],
      ['constructor', 'no "constructor"'],
      ['', 'Type a command'],
      ['GET', 'Write GET key.'],
      ['GET a b', 'Write GET key.'],
      ['SET a', 'Write SET key value'],
      ['SET a b EX', 'Write SET'],
      ['SET a b EX 0', 'above 0'],
      ['SET a b EX 1e9', 'not a whole number'],
      ['SET a b NX', 'Write SET'],
      ['EXPIRE a soon', 'not a whole number'],
      ['EXPIRE a 999999999', 'at most a year'],
      ['LRANGE a 0 x', 'not a whole number'],
      ['KEYS', 'KEYS prefix*'],
      ['KEYS *a*a*a*a*', 'KEYS prefix*'],
      ['KEYS [a-z]*', 'KEYS prefix*'],
      ['GET "a', 'quote is not closed'],
    ])('refuses %j in a sentence and changes nothing', async (line, why) => {
      await open();
      const { length } = sandbox.trace.events;
      await expect(console(line)).rejects.toThrow(why);
      expect(sandbox.trace.events).toHaveLength(length);
    });

    test('cannot reach keys outside the sandbox', async () => {
      await open();
      await outsider.set('sandbox:other:sess:a', 'theirs');
      expect(await console('GET sandbox:other:sess:a')).toBe('(nil)');
      expect(await console('DEL sandbox:other:sess:a')).toBe('(integer) 0');
      expect(await console('KEYS *')).not.toContain('other');
      expect(await outsider.getdel('sandbox:other:sess:a')).toBe('theirs');
    });
  });

  describe('session options', () => {
    test('change in the running app, which restarts and keeps the sessions in Redis', async () => {
      await open();
      await act({ do: 'session-options', change: { rolling: false, httpOnly: false } });
      expect(led()).toMatchObject([
        { type: 'manual-action' },
        { type: 'restart', change: 'session options rolling false, httpOnly false' },
      ]);
      await act(request());
      expect(ofType('response').at(-1)).toMatchObject({ status: 200, cookies: [] });
      const { session } = sandbox.offer();
      expect(session.options).toMatchObject({ rolling: false, httpOnly: false, secure: true });
      expect(session.optionsBefore).toMatchObject({ rolling: true, httpOnly: true });
      expect(session.code).toContain('rolling: false,');
      expect(session.codeBefore).toContain('rolling: true,');
    });

    test('without Secure lose new cookies, because the __Host- prefix requires Secure', async () => {
      await open();
      await act({ do: 'session-options', change: { secure: false } });
      const body = '{"item":"hat"}';
      const buy = { method: 'POST', url: '/basket', headers: [['Content-Type', 'application/json']], body } as const;
      await act(request({ ...buy, actor: 'mallory', headers: [['Content-Type', 'application/json']] }));
      expect(ofType('response').at(-1)!.cookies).toMatchObject([{ name: cookieName, outcome: 'refused' }]);
      // A session that was there before has its cookie's attributes in its record.
      await act(request());
      expect(ofType('response').at(-1)!.cookies).toMatchObject([{ name: cookieName, outcome: 'stored' }]);
    });

    test('in memory start without sessions, and lose them at the next restart', async () => {
      await open();
      await act({ do: 'session-options', change: { store: 'memory' } });
      await act(request());
      expect(ofType('response').at(-1)!.status).toBe(401);
      expect(sandbox.offer().session.code).toContain('new session.MemoryStore()');
      await act({ do: 'session-options', change: { store: 'redis' } });
      expect(sandbox.offer().session.options.store).toBe('redis');
    });
  });

  describe('in turn:', () => {
    test('an action waits for the running step and for earlier actions', async () => {
      await open(openAccount);
      const [, played] = await Promise.all([
        act(request()),
        sandbox.playTo(2),
        act({ do: 'delete-cookie', actor: 'alice', ...which }),
      ]);
      expect(played).toHaveLength(1);
      const order = sandbox.trace.events.filter(({ type }) => /^(manual-action|step-)/.test(type)).slice(-4);
      expect(order.map(({ type }) => type)).toEqual(['manual-action', 'step-started', 'step-ended', 'manual-action']);
      expect(
        ofType('response')
          .slice(-2)
          .map(({ status }) => status),
      ).toEqual([200, 200]);
    });

    test('a jump interrupts a step that waits, and any other action comes after the step', async () => {
      const scenario = lessonOf(logIn, pause, openAccount);
      sandbox = await openSandbox(stores.redisSwitch, { scenario, store: kind, pace: 'real' });
      const playing = sandbox.playTo(2);
      const deletion = act({ do: 'delete-cookie', actor: 'alice', ...which });
      await eventually(() => expect(sandbox.trace.events.at(-1)).toMatchObject({ type: 'wait' }));
      await act({ do: 'jump-time', ms: seconds(60) });
      await Promise.all([playing, deletion]);
      expect(ofType('manual-action').map(({ action, step }) => [action.do, step])).toEqual([
        ['jump-time', 1],
        ['delete-cookie', null],
      ]);
    });

    test('a sandbox that has ended refuses actions', async () => {
      await open();
      await sandbox.end('enough');
      await expect(act(request())).rejects.toThrow('enough');
    });
  });
});
