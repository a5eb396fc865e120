import { expect, test } from 'vitest';
import { cookieToFollow, keyToFollow } from '../../../scenarios/engine/followed.ts';
import type {
  ReceivedCookie,
  RecordedCookie,
  RedisCommand,
  RequestSent,
  ResponseReceived,
} from '../../../scenarios/engine/trace.ts';
import { namespace, recordOf, sidA, sidB, signed } from '../../../testing/traceBuilder.ts';
import type { Label } from './label.ts';
import { commandLabel, mailParts, responseLabel, shortReply } from './labels.ts';
import { requestLabel } from './requestLabel.ts';

const names = {
  sandbox: 'box',
  namespace,
  sids: [sidA, sidB],
  users: [{ id: 1, email: 'alice@shop.example' }],
};

const text = ({ parts }: Label) => parts.map((part) => ('sid' in part ? part.sid.slice(0, 3) : part.text)).join(' ');

const request: RequestSent = {
  type: 'request',
  seq: 0,
  at: 0,
  step: 0,
  id: 1,
  actor: 'alice',
  method: 'GET',
  url: 'https://shop.example/me',
  headers: [],
  forwarded: [],
  body: null,
  note: null,
  sid: sidA,
  cookies: [{ name: 'sid', value: signed(sidA), sent: true, why: '', sid: sidA }],
};

test.each([
  ['https://shop.example/me', 'GET /me Cookie wME'],
  ['http://shop.example/me', 'GET http://shop.example/me Cookie wME'],
  ['https://shop.example.evil/me', 'GET shop.example.evil/me Cookie wME'],
  ['https://evil.example/?alice%40shop.example', 'GET evil.example/?alice@shop.example Cookie wME'],
  ['https://evil.example/?%E2%80%AEx', 'GET evil.example/?%E2%80%AEx Cookie wME'],
  ['https://shop.example/a/very/long/path/of/a/shop?and=more', 'GET /a/very/long/path/of/a…op?and=more Cookie wME'],
])('a request for %s has the label "%s"', (url, label) => {
  expect(text(requestLabel({ ...request, url }, 'Alice', 'Express', 'https://shop.example', names))).toBe(label);
});

test('a request for another site has no host in its label where the arrow ends at the lane of that host', () => {
  const labelled = (url: string) =>
    text(requestLabel({ ...request, url }, 'Alice', 'evil.example', 'https://shop.example', names));
  expect(labelled('https://evil.example/offers')).toBe('GET /offers Cookie wME');
  expect(labelled('http://evil.example/offers')).toBe('GET http://evil.example/offers Cookie wME');
  expect(labelled('https://www.evil.example/')).toBe('GET www.evil.example/ Cookie wME');
});

test.each<[where: string, carrying: Partial<RequestSent>, label: string]>([
  ['in a header', { headers: [['X-CSRF-Token', 'h0xp29DXQuza']] }, 'POST /me Cookie wME token h0xp2…za'],
  ['in a form', { body: '{"_csrf":"chosen"}' }, 'POST /me Cookie wME token chosen'],
  ['nowhere, although the form has the field', { body: '{"_csrf":""}' }, 'POST /me Cookie wME no token'],
  ['in no field', { body: '{"item":"hat"}' }, 'POST /me Cookie wME'],
])('a lesson about forged requests shows the CSRF token %s', (_, carrying, label) => {
  const post = { ...request, method: 'POST', ...carrying };
  expect(text(requestLabel(post, 'Alice', 'Express', 'https://shop.example', names, { isAboutCsrf: true }))).toBe(
    label,
  );
  expect(text(requestLabel(post, 'Alice', 'Express', 'https://shop.example', names))).toBe('POST /me Cookie wME');
});

test('a request that a page of another site causes says so at its arrow', () => {
  const label = requestLabel(request, 'Alice', 'Express', 'https://shop.example', names, { cause: 'evil.example' });
  expect(text(label)).toBe('GET /me from evil.example Cookie wME');
  expect(label.sentence).toMatch(/^Alice sends GET \/me to Express, caused by a page of evil\.example, /);
});

test('a session cookie that the browser does not send is not shown as sent, and one of another host not at all', () => {
  const why = 'it has SameSite=Strict, and the request comes from evil.example';
  const cookies = [{ ...request.cookies[0]!, sent: false, why }];
  const held: RecordedCookie = {
    ...{ name: 'sid', value: signed(sidA), domain: 'shop.example', hostOnly: true, path: '/', secure: true },
    ...{ httpOnly: true, sameSite: 'Strict', expiresAt: null, sid: sidA },
  };
  const label = (url: string) =>
    requestLabel({ ...request, url, cookies }, 'Alice', 'Express', 'https://shop.example', names, { jar: [held] });
  expect(text(label('https://shop.example/me'))).toBe('GET /me cookie not sent: SameSite=Strict');
  expect(label('https://shop.example/me').sentence).toBe('Alice sends GET /me to Express');
  expect(text(label('https://hats.example/me'))).toBe('GET hats.example/me');
});

test('a Cookie header that was written by hand shows its session', () => {
  const headers: RequestSent['headers'] = [['cookie', `sid=${signed(sidB)}`]];
  const label = requestLabel(
    { ...request, headers, sid: sidB, cookies: [] },
    'Mallory',
    'Express',
    'https://shop.example',
    names,
  );
  expect(text(label)).toBe('GET /me Cookie Zk3');
  expect(label.sentence).toBe('Mallory sends GET /me to Express, with the cookie of session Zk3TqX');
});

test('other cookies than the session’s stand by their names: a token that the lesson is about first of all', () => {
  const token = { name: '__Host-remember', value: 's.t', sent: true, why: '', sid: null };
  const shown = (subject: string[]) =>
    requestLabel({ ...request, cookies: [token] }, 'Alice', 'Express', 'https://shop.example', names, { subject })
      .parts;
  expect(shown(['sess:']).at(-1)).toMatchObject({ text: '__Host-remember', tone: 'extra' });
  expect(shown(['remember:']).at(-1)).toMatchObject({ text: '__Host-remember', tone: 'plain' });
  expect(shown(['sess:'])).not.toContainEqual(expect.objectContaining({ text: 'Cookie' }));
});

test('a cookie of the same name without a session ID stands where it was sent: the app may read that one', () => {
  const cookies = [{ name: 'sid', value: 'x', sent: true, why: '', sid: null }, ...request.cookies];
  const label = requestLabel({ ...request, cookies }, 'Alice', 'Express', 'https://shop.example', names);
  expect(text(label)).toBe('GET /me Cookie sid=x wME');
});

test('the note of a request is at its end', () => {
  const label = requestLabel({ ...request, note: 'a link' }, 'Alice', 'Express', 'https://shop.example', names);
  expect(text(label)).toBe('GET /me Cookie wME a link');
  expect(label.sentence).toBe('Alice sends GET /me to Express, with the cookie of session wME6p7 (a link)');
});

test.each<[string, ReceivedCookie['outcome'], string, string | null]>([
  [`sid=${signed(sidA)}; Path=/`, 'stored', '200 Set-Cookie wME = same ID', sidA],
  [`sid=${signed(sidB)}; Path=/`, 'stored', '200 Set-Cookie Zk3 + new ID', sidB],
  [`sid=${signed(sidB)}; Secure`, 'refused', '200 ✕ refused Zk3', sidB],
  ['sid=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT', 'removed', '200 − cookie removed', null],
  ['sid=plain', 'stored', '200 Set-Cookie sid', null],
])('a response with Set-Cookie: %s, which is %s, has the label "%s"', (header, outcome, label, sid) => {
  const cookies = [{ header, name: 'sid', outcome, why: '', sid }];
  const response = { type: 'response', seq: 1, at: 1, step: 0, request: 1, statusText: 'OK', body: '', ms: 1 } as const;
  const whole: ResponseReceived = { ...response, status: 200, headers: [], by: 'app', sid, cookies };
  expect(text(responseLabel(whole, request, 'Alice', 'Express', names))).toBe(label);
});

test('a Set-Cookie that deletes what is not there is no refusal', () => {
  const why = 'its expiry is in the past, and there is none for exactly shop.example to delete';
  const cookies: ResponseReceived['cookies'] = [{ name: 'sid', header: 'sid=', outcome: 'refused', why, sid: null }];
  const response = { type: 'response', seq: 1, at: 1, step: 0, request: 1, statusText: 'OK', body: '', ms: 1 } as const;
  const label = (cookies: ResponseReceived['cookies']) =>
    text(
      responseLabel(
        { ...response, status: 204, headers: [], by: 'app', sid: null, cookies },
        request,
        'Alice',
        'Express',
        names,
      ),
    );
  expect(label(cookies)).toBe('204 no cookie to delete');
  // A namesake stays: the logout missed the cookie that it meant.
  expect(label([{ ...cookies[0]!, why: `${why}; the sid for exactly shop.example stays` }])).toBe('204 ✕ refused sid');
});

test('a lesson about timing shows how long an answer took', () => {
  const response = {
    type: 'response',
    seq: 1,
    at: 1,
    step: 0,
    request: 1,
    statusText: 'OK',
    body: '',
    by: 'app',
  } as const;
  const slow: ResponseReceived = { ...response, status: 401, headers: [], sid: null, cookies: [], ms: 58.4 };
  const label = (isAboutTiming: boolean) =>
    text(responseLabel(slow, request, 'Mallory', 'Express', { ...names, isAboutTiming }));
  expect(label(true)).toBe('401 after 58 ms OK');
  expect(label(false)).toBe('401 OK');
});

test('a Set-Cookie that its receiver ignores is in the label all the same', () => {
  const headers: [string, string][] = [['Set-Cookie', `sid=${signed(sidB)}; Path=/`]];
  const response = { type: 'response', seq: 1, at: 1, step: 0, request: 1, statusText: 'OK', body: '', ms: 1 } as const;
  const ignored: ResponseReceived = { ...response, status: 200, headers, by: 'app', sid: sidB, cookies: [] };
  expect(text(responseLabel(ignored, request, 'Mallory', 'Express', names))).toBe('200 Set-Cookie not stored');
  expect(text(responseLabel({ ...ignored, headers: [] }, request, 'Mallory', 'Express', names))).toBe('200');
});

test.each([
  ['OK', 'OK'],
  ['(nil)', 'nil'],
  ['(integer) -2', '-2'],
  ['"{\\"cookie\\":{}}"', '{…}'],
  ['1) "5"\n2) (nil)', '5, nil'],
  ['1) "hat"', 'hat'],
  ['1) "{\\"sid\\":\\"x\\"}"', '{…}'],
  ['1) "a long value"\n2) "and another"', '2 values'],
  ['', ''],
  [null, ''],
])('the reply %j is shortened to "%s"', (reply, short) => {
  expect(shortReply(reply)).toBe(short);
});

const command: RedisCommand = {
  type: 'command',
  seq: 0,
  at: 0,
  step: 0,
  id: 1,
  request: 1,
  name: 'get',
  args: [],
  reply: '(integer) 1',
  error: null,
  ms: 1,
  sid: null,
};

test.each([
  ['set', ['k', 'W6zrd0zeE1zhRe8a'], 'SET k W6zrd0…8a → 1'],
  ['pexpire', ['user:1:sessions', '28800000'], 'PEXPIRE user:1:sessions 28800000 → 1'],
  ['mget', [`${namespace}throttle:a`, `${namespace}throttle:b`], 'MGET throttle:a throttle:b → 1'],
  ['zadd', ['user:1:sessions', '1795907159807123', '{}'], 'ZADD user:1:sessions 179590…23 {…} → 1'],
  ['hset', ['user:1:sessions', 'phone', '{"since":1}'], 'HSET user:1:sessions phone {…} → 1'],
  ['eval', ['return 1', '1', `${namespace}reset:1`, 'W6zrd0zeE1zhRe8a'], 'EVAL reset:1 W6zrd0…8a → 1'],
  ['ping', [], 'PING → 1'],
])('the command %s %j has the label "%s"', (name, args, label) => {
  expect(text(commandLabel({ ...command, name, args }, 'Express', { ...names, sids: [] }, false))).toBe(label);
});

test.each([
  ['There is no connection to Redis.', 'SET k ✕ no connection'],
  ['Redis refuses this. It says: ERR syntax error.', 'SET k {…} XX ✕ ERR syntax error'],
])('a command that fails with "%s" has changed nothing, and only what Redis refused has arguments', (error, label) => {
  const failed = { ...command, name: 'set', args: ['k', '{"userId":1}', 'XX'], reply: null, error };
  expect(text(commandLabel(failed, 'Express', { ...names, sids: [] }, false))).toBe(label);
});

test('keys are shown without their namespace, and every session id in them as a chip', () => {
  const args = [`${namespace}user-sessions:1`, sidA, recordOf(sidB)];
  const label = commandLabel({ ...command, name: 'SADD', args, sid: sidB }, 'Express', names, false);
  expect(text(label)).toBe('SADD user-sessions:1 wME sess: Zk3 → 1');
});

test('the command that writes a session record says what it changes, and the one that reads it what is in it', () => {
  const labelOf = (name: string, args: string[], reply: string, before: object | null) =>
    text(
      commandLabel({ ...command, name, args: [recordOf(sidA), ...args], reply, sid: sidA }, '', names, false, {
        ...before,
      }),
    );
  const record = { cookie: {}, basketId: 'b', role: 'customer', userId: 1 };
  const stored = JSON.stringify(record);
  expect(labelOf('set', [stored, 'EX', '1800'], 'OK', { basketId: 'b' })).toBe('SET sess: wME + Alice EX 1800 → OK');
  expect(labelOf('set', [stored], 'OK', { basketId: 'a', userId: 1, role: 'customer', csrf: 'x' })).toBe(
    'SET sess: wME ~ basketId − csrf → OK',
  );
  // With XX, Redis writes no record that is gone.
  expect(labelOf('set', [stored, 'EX', '1800', 'XX'], '(nil)', null)).toMatch(/^SET sess: wME .*EX 1800 XX → nil$/);
  expect(labelOf('set', [stored, 'EX', '1800', 'XX'], '(nil)', null)).not.toContain('+ Alice');
  expect(labelOf('get', [], JSON.stringify(stored), null)).toBe('GET sess: wME → Alice');
  expect(labelOf('get', [], JSON.stringify('{"cookie":{},"basketId":"b"}'), null)).toBe('GET sess: wME → basketId');
});

test('a key, and a cookie that stands for no session, lead to what a click follows', () => {
  const leads = ({ parts }: Label) => parts.flatMap((part) => ('follows' in part ? [part.follows] : []));
  const key = `${namespace}throttle:a`;
  expect(leads(commandLabel({ ...command, name: 'get', args: [key] }, '', names, false))).toEqual([keyToFollow(key)]);
  const cookies = [...request.cookies, { name: 'csrf', value: 'x', sent: true, why: '', sid: null }];
  const label = requestLabel({ ...request, cookies }, 'Alice', 'Express', 'https://shop.example', names);
  expect(leads(label)).toEqual([cookieToFollow(names, 'alice', 'csrf')]);
  expect(text(label)).toBe('GET /me Cookie wME csrf');
});

test.each([
  ['evil.example', 'mail to Alice, link to evil.example'],
  ['shop.example', 'mail to alice@shop.example'],
  [undefined, 'mail to alice@shop.example'],
])('a mail with a link to %s is labeled "%s" where room is short', (leadsTo, expected) => {
  const base = { type: 'mail', seq: 1, at: 0, step: 0, request: 1 } as const;
  const mail = { ...base, to: 'alice@shop.example', subject: 'Reset your password', ...(leadsTo && { leadsTo }) };
  const kept = mailParts(mail, request).filter((part) => !('tone' in part) || part.tone !== 'extra');
  expect(text({ parts: kept, sentence: '' })).toBe(expected);
});
