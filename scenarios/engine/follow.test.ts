import { describe, expect, test } from 'vitest';
import { playedScenario } from '../../testing/playedScenario.ts';
import { currentMoment, eventsAbout, follow, momentLine, startingMoment } from './follow.ts';
import { cookieToFollow, type Followed, followedText, keyToFollow, readFollowed } from './followed.ts';
import { sessionIds } from './identity.ts';
import type { Trace } from './trace.ts';

const session = (sid: string): Followed => ({ what: 'session', sid });

/** Returns the moments of the session ID with that index, as "kind | words | step". */
function told({ events, header }: Trace, index: number): string[] {
  const followed = session(sessionIds(events)[index]!);
  return follow(events, followed, header).map(({ kind, words, step }) => `${step! + 1} ${kind}: ${words}`);
}

describe('the moments of a session ID', () => {
  test('that a login keeps lead from one browser into another and go on', async () => {
    expect(told(await playedScenario('session-fixation', 'vulnerable'), 0)).toEqual([
      '1 made: made, and stored by SET',
      '1 stored: stored in Mallory’s browser, set by the response',
      '2 stored: stored in Alice’s browser, planted by Mallory',
      '3 sent: sent by Alice with POST /auth/login',
      '3 checked: checked by GET, which finds the record',
      '3 stored: stored again by SET',
      '3 renewed: record renewed by EXPIRE',
      '3 renewed: cookie set again in Alice’s browser',
      '4 sent: sent by Mallory with GET /me',
      '4 checked: checked by GET, which finds the record',
      '4 renewed: record renewed by EXPIRE',
      '4 renewed: cookie set again in Mallory’s browser',
      '5 sent: sent by Alice with GET /me',
      '5 checked: checked by GET, which finds the record',
      '5 renewed: record renewed by EXPIRE',
      '5 renewed: cookie set again in Alice’s browser',
    ]);
  });

  test('in the memory of two processes, only one of which has the record', async () => {
    const moments = told(await playedScenario('memory-store-two-instances', 'vulnerable'), 0);
    expect(moments.filter((line) => line.includes('memory') && !line.startsWith('2'))).toEqual([
      '1 made: made, and stored in the memory of process 1',
      '1 stored: stored in the memory of process 1',
      '4 checked: looked for in the memory of process 2, which has no record',
      '5 checked: looked for in the memory of process 1, which has the record',
      '6 ended: record lost with the memory of process 1',
    ]);
  });

  test('that a login replaces end there, and the attacker finds no record', async () => {
    const trace = await playedScenario('session-fixation', 'protected');
    expect(told(trace, 0)).toEqual([
      '1 made: made, and stored by SET',
      '1 stored: stored in Mallory’s browser, set by the response',
      '2 stored: stored in Alice’s browser, planted by Mallory',
      '3 sent: sent by Alice with POST /auth/login',
      '3 checked: checked by GET, which finds the record',
      '3 ended: record deleted by DEL',
      '3 ended: replaced in Alice’s browser by another ID',
      '4 sent: sent by Mallory with GET /me',
      '4 checked: checked by GET, which finds no record',
    ]);
    expect(told(trace, 1)).toEqual([
      '3 made: made, and stored by SET',
      '3 stored: stored again by SET',
      '3 stored: stored in Alice’s browser, set by the response',
      '5 sent: sent by Alice with GET /me',
      '5 checked: checked by GET, which finds the record',
      '5 renewed: record renewed by EXPIRE',
      '5 renewed: cookie set again in Alice’s browser',
    ]);
  });

  test('are told when the record expires, and when a cookie is set again', async () => {
    const lines = told(await playedScenario('idle-timeout', 'protected'), 0);
    expect(lines).toContain('3 renewed: cookie set again in Alice’s browser');
    expect(lines).toContain('4 ended: record expired');
  });

  test('are told where the browser keeps the cookie back, but not for other hosts', async () => {
    const kept = told(await playedScenario('samesite-csrf', 'protected'), 0).filter((line) => line.includes('kept'));
    expect(kept).toContain(
      '3 kept: not sent by Alice’s browser with POST /orders: it has SameSite=Lax, and the POST comes from evil.example',
    );
    expect(kept.filter((line) => line.includes('it is for exactly'))).toEqual([]);
  });
});

/** Returns the moments of the first key whose name begins so, or of a cookie. */
function toldOf({ events, header }: Trace, what: { key: string } | { actor: string; cookie: string }): string[] {
  const starts = (key: string) => 'key' in what && key.startsWith(`${header.namespace}${what.key}`);
  const key = events.flatMap((event) => (event.type === 'key' && starts(event.key) ? [event.key] : []))[0]!;
  const followed: Followed = 'key' in what ? { what: 'key', key } : { what: 'cookie', ...what };
  return follow(events, followed, header).map(({ kind, words, step }) => `${step! + 1} ${kind}: ${words}`);
}

describe('the moments of a key', () => {
  test('that counts failed logins name the command of a transaction that changed it', async () => {
    const moments = toldOf(await playedScenario('password-change-ends-sessions', 'protected'), {
      key: 'throttle:account',
    });
    expect(moments).toEqual([
      '3 checked: read by MGET, which finds nothing',
      '3 made: made by SET, “1”, 15 min to live',
      '4 checked: read by MGET, which finds “1”',
      '4 checked: read by MGET, which finds “1”',
      '4 ended: deleted by DEL',
    ]);
    const counted = toldOf(await playedScenario('brute-force-throttle', 'protected'), { key: 'throttle:source' });
    expect(counted).toContain('2 changed: changed by INCR, now “2”');
    expect(counted.filter((line) => line.includes('changed by SET'))).toEqual([]);
  });

  test('of a basket are made, given a time to live, changed and read', async () => {
    expect(toldOf(await playedScenario('csrf-token', 'vulnerable'), { key: 'basket:' })).toEqual([
      '2 made: made by RPUSH, 1 item, 8 h to live',
      '2 renewed: renewed by PEXPIRE: 8 h to live',
      '2 checked: read by LRANGE, which finds it',
      '6 changed: changed by RPUSH, now 2 items',
      '6 renewed: renewed by PEXPIRE: 8 h to live',
      '6 checked: read by LRANGE, which finds it',
    ]);
  });

  test('say how it ends: expired, evicted, lost, deleted', () => {
    const header = { namespace: 'box:', scenario: { actors: [] } } as unknown as Trace['header'];
    const change = (seq: number, more: object) =>
      ({ type: 'key', seq, at: 0, step: 0, key: 'box:k', sid: null, ...more }) as unknown as Trace['events'][number];
    const made = (seq: number) =>
      change(seq, { change: 'set', value: { type: 'string', data: 'v' }, expiresAt: null, cause: { by: 'outside' } });
    const gone = (seq: number, how: string, by: string) =>
      change(seq, { change: how, value: null, expiresAt: null, cause: { by } });
    const events = [
      ...[made(0), gone(1, 'expired', 'time'), made(2), gone(3, 'deleted', 'eviction')],
      ...[made(4), gone(5, 'deleted', 'redis-restart'), made(6), gone(7, 'deleted', 'manual')],
    ];
    const moments = follow(events, { what: 'key', key: 'box:k' }, header);
    expect(moments.filter(({ kind }) => kind === 'ended').map(({ words }) => words)).toEqual([
      'expired: its time to live ran out',
      'evicted',
      'lost in the restart',
      'deleted, manually',
    ]);
    expect(moments[0]!.words).toBe('made, from outside the sandbox, “v”, no time to live');
  });
});

describe('the moments of a cookie in a browser', () => {
  test('say when it is held back, and that a second one of its name is sent with it', async () => {
    const moments = toldOf(await playedScenario('csrf-token', 'vulnerable'), { actor: 'alice', cookie: 'csrf' });
    expect(moments[0]).toBe('1 made: set by the response');
    expect(moments).toContain(
      '3 kept: not sent with POST /account/email: it has SameSite=Lax, and the POST comes from evil.example',
    );
    expect(moments).toContain('7 stored: set by the response: a second one, for shop.example and /account');
    expect(moments).toContain('8 sent: sent with POST /account/email, 2 cookies of this name');
  });

  test('go on when its value is changed', async () => {
    expect(
      toldOf(await playedScenario('cookie-tampering', 'vulnerable'), { actor: 'mallory', cookie: 'userId' }),
    ).toEqual([
      '1 made: set by the response',
      '2 changed: another value, set by a script of the page',
      '3 sent: sent with GET /me',
      '7 sent: sent with POST /basket',
    ]);
  });

  test('say that the browser refuses it, deletes it, or drops it when it expires', async () => {
    const refused = toldOf(await playedScenario('host-prefix', 'vulnerable'), { actor: 'alice', cookie: '__host-sid' });
    expect(refused).toEqual([
      '5 refused: refused by the browser: a __Host- name requires Secure, Path=/ and no Domain',
    ]);
    const logout = toldOf(await playedScenario('brute-force-throttle', 'protected'), {
      actor: 'alice',
      cookie: '__Host-sid',
    });
    expect(logout).toContain('1 ended: deleted by the response');
    const idle = toldOf(await playedScenario('idle-timeout', 'protected'), { actor: 'alice', cookie: '__Host-sid' });
    expect(idle.filter((line) => line.includes('expired'))).toEqual([
      expect.stringMatching(/^\d ended: expired, so the browser has dropped it$/),
    ]);
  });
});

test('what is lit of a key is its commands and changes, and of a cookie the exchanges that carry it', async () => {
  const { events, header } = await playedScenario('csrf-token', 'vulnerable');
  const litOf = (followed: Followed) => {
    const seqs = eventsAbout(events, followed, follow(events, followed, header), header);
    return events.filter(({ seq }) => seqs.includes(seq));
  };
  const key = events.flatMap((event) => (event.type === 'key' && event.key.includes('basket:') ? [event.key] : []))[0]!;
  const ofKey = litOf({ what: 'key', key });
  expect(new Set(ofKey.map(({ type }) => type))).toEqual(new Set(['command', 'key']));
  const ofCookie = litOf({ what: 'cookie', actor: 'mallory', cookie: 'csrf' });
  expect(ofCookie.map(({ type }) => type)).toEqual([
    ...['response', 'jar', 'request', 'response', 'jar'],
    // The last step: Mallory uses the link in her mailbox.
    ...['request', 'response', 'jar'],
  ]);
});

describe('a name on the page', () => {
  const scope = { sandbox: 'box 1', namespace: 'sandbox:box 1:' };

  test.each<[string, Followed]>([
    [keyToFollow('sandbox:box 1:a key:ä'), { what: 'key', key: 'sandbox:box 1:a key:ä' }],
    [cookieToFollow(scope, 'alice', 'a:b c'), { what: 'cookie', actor: 'alice', cookie: 'a:b c' }],
    ['wME6p7', session('wME6p7')],
  ])('%s has no space, and leads back to what it names', (name, followed) => {
    expect(name).not.toMatch(/\s/);
    expect(readFollowed(name, scope, ['wME6p7'])).toEqual(followed);
  });

  test.each([
    keyToFollow('sandbox:other:k'),
    cookieToFollow({ sandbox: 'other' }, 'alice', 'csrf'),
    'key:%',
    'unknown',
  ])('%s is nothing of this sandbox', (name) => {
    expect(readFollowed(name, scope, ['wME6p7'])).toBe(null);
  });

  test('is told in words', async () => {
    const { header } = await playedScenario('csrf-token', 'vulnerable');
    const words = (followed: Followed) => followedText(followed, header);
    expect(words(session('wME6p7ze'))).toBe('session wME6p7');
    expect(words({ what: 'key', key: `${header.namespace}throttle:a` })).toBe('key throttle:a');
    expect(words({ what: 'cookie', actor: 'alice', cookie: 'csrf' })).toBe('cookie csrf in Alice’s browser');
  });
});

test('an ID that does not occur has no moments', async () => {
  const { events, header } = await playedScenario('session-fixation', 'vulnerable');
  expect(follow(events, session('unknown'), header)).toEqual([]);
  expect(eventsAbout(events, session('unknown'), [], header)).toEqual([]);
});

test('what is lit is the ID’s requests with their responses and commands, and nothing of another ID', async () => {
  const { events, header } = await playedScenario('session-fixation', 'protected');
  const [old, fresh] = sessionIds(events) as [string, string];
  const lit = (sid: string) =>
    eventsAbout(events, session(sid), follow(events, session(sid), header), header).map((seq) => events[seq]!);
  const responses = (sid: string) => lit(sid).flatMap((event) => (event.type === 'response' ? [event.status] : []));
  expect(responses(old)).toEqual([200, 200, 401]);
  expect(responses(fresh)).toEqual([200, 200]);
  expect(lit(old).filter((event) => event.type === 'command' && event.sid === fresh)).toEqual([]);
  for (const moment of follow(events, session(old), header))
    expect(lit(old).map(({ seq }) => seq)).toContain(moment.seen);
});

describe('the current moment', () => {
  const moment = (seq: number, step: number | null) =>
    ({ kind: 'sent', words: 'sent by Alice with GET /me', seq, seen: seq - 1, step, request: null }) as const;
  const moments = [moment(2, 0), moment(5, 1), moment(7, 1), moment(9, null)];

  test.each([
    ['the chosen one while its step is shown', 5, { step: 1, position: 9 }, 1],
    ['the one that the chosen event shows', 4, { step: 1, position: 9 }, 1],
    ['the last one that is shown, if the page has moved on', 2, { step: 1, position: 9 }, 2],
    ['the last one that is shown, if none was chosen', null, { step: 0, position: 4 }, 0],
    ['none before the first', null, { step: null, position: 0 }, -1],
    ['one between two steps', 9, { step: 1, position: 11 }, 3],
  ])('is %s', (_, chosen, shown, index) => {
    expect(currentMoment(moments, chosen, shown)).toBe(index);
  });

  const withRequests = moments.map((one, index) => ({ ...one, request: 10 + index }));
  test.each([
    ['the first one of the step that is shown', { step: 1, request: null, position: 20 }, 1],
    ['that of the selected request', { step: 1, request: 12, position: 20 }, 2],
    ['the first one of the step, if the selected request is of another one', { step: 1, request: 10, position: 20 }, 1],
    ['the first of all, if the step has none', { step: 4, request: null, position: 20 }, 0],
    ['the first of all, between two steps', { step: null, request: null, position: 20 }, 0],
    ['none, if all are still to come', { step: null, request: null, position: 0 }, -1],
  ])('is at the start %s', (_, shown, index) => {
    expect(startingMoment(withRequests, shown)).toBe(index);
  });

  test('is told with its number and its step', () => {
    expect(momentLine(moments, 1)).toBe('moment 2 of 4: sent by Alice with GET /me, step 2');
    expect(momentLine(moments, 3)).toBe('moment 4 of 4: sent by Alice with GET /me, between two steps');
    expect(momentLine(moments, -1)).toBe('its 4 moments are still to come');
  });
});
