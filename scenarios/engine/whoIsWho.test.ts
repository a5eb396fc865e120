import { beforeAll, describe, expect, test } from 'vitest';
import { people } from '../../server/lab/deployment/people.ts';
import { createSandbox } from '../../server/lab/sandbox.ts';
import { createRedisSwitch } from '../../server/redis/switch.ts';
import { playedScenario, upToStep } from '../../testing/playedScenario.ts';
import { scenarios } from '../index.ts';
import { hours, minutes } from './durations.ts';
import { read } from './read.ts';
import type { Variant } from './trace.ts';
import { differingBrowsers, whoIsWho } from './whoIsWho.ts';
import { whoIsWhoLines } from './whoIsWhoLines.ts';
import { verdict } from './whoIsWhoText.ts';

const redis = createRedisSwitch({ url: undefined });
let users: Awaited<ReturnType<typeof people>>;
beforeAll(async () => {
  users = await people(4);
});

/** Returns the view after that many steps of a scenario on the mock. */
const viewAfter = async (slug: string, variant: Variant, steps: number, repair?: string) =>
  read(upToStep(await playedScenario(slug, variant, repair), steps));

/** Returns who is who after that many steps. */
const whoAfter = async (...what: Parameters<typeof viewAfter>) => whoIsWho(await viewAfter(...what));

describe('the sentence says what the moment means', () => {
  test.each([
    ['session-fixation', 'vulnerable', 1, 'plain', 'Mallory has a session, but nobody has logged in.'],
    ['session-fixation', 'vulnerable', 3, 'danger', 'Mallory’s cookie now means Alice.'],
    ['session-fixation', 'vulnerable', 5, 'danger', 'Mallory’s cookie still means Alice.'],
    ['session-fixation', 'protected', 4, 'safe', 'Mallory is nobody to the shop: Redis has no record for the cookie.'],
    ['session-fixation', 'protected', 2, 'plain', 'Two browsers hold the same cookie. Its record names nobody yet.'],
    ['session-fixation', 'protected', 5, 'plain', 'Alice’s cookie means Alice. Mallory’s cookie means nobody.'],
    ['second-factor-half-way', 'vulnerable', 3, 'danger', 'Mallory’s cookie now means Alice.'],
    [
      'second-factor-half-way',
      'protected',
      1,
      'plain',
      'Alice is nobody to the shop: the record waits for Alice’s code.',
    ],
    ['second-factor-half-way', 'protected', 2, 'plain', 'Alice’s cookie now means Alice.'],
    [
      'second-factor-half-way',
      'protected',
      4,
      'safe',
      'Mallory is nobody to the shop: the record waits for Alice’s code.',
    ],
    ['csrf-token', 'vulnerable', 9, 'plain', 'Alice’s cookie means Alice. Mallory’s cookie means Mallory.'],
    ['password-reset-poisoning', 'vulnerable', 2, 'danger', 'The link in the mail to Alice leads to evil.example.'],
    [
      'password-reset-poisoning',
      'protected',
      2,
      'plain',
      'Mallory has no session. The link in the mail to Alice leads to shop.example.',
    ],
    ['password-reset-poisoning', 'protected', 3, 'plain', 'Alice has no session.'],
    [
      'session-in-a-shared-variable',
      'vulnerable',
      3,
      'danger',
      'The shop showed Bob the page of Alice, whom no record of this browser names.',
    ],
    ['idle-timeout', 'protected', 4, 'safe', 'Mallory is nobody now: the record has expired.'],
    [
      'logout-replay',
      'vulnerable',
      5,
      'danger',
      'Alice is nobody to the shop: there is no session cookie. Mallory’s cookie still means Alice.',
    ],
    [
      'samesite-csrf',
      'protected',
      3,
      'safe',
      'Alice’s cookie was not sent: it has SameSite=Lax, and the POST comes from evil.example. The shop answered 403.',
    ],
    [
      'samesite-csrf',
      'vulnerable',
      3,
      'danger',
      'Alice’s cookie went along with a request that a page of evil.example made. The shop accepted it: 201.',
    ],
    [
      'secure-and-trust-proxy',
      'vulnerable',
      4,
      'danger',
      'Alice’s cookie went to Mallory, who answered in the shop’s name.',
    ],
    [
      'session-cookie-in-a-har-file',
      'protected',
      2,
      'danger',
      'A copy of Admin’s cookie is at support.example now. Whoever reads it is Admin to the shop.',
    ],
    [
      'remember-me-token',
      'protected',
      5,
      'safe',
      'Alice’s remember token had been used before, and the shop forgot it. Mallory is nobody now: the record was deleted.',
    ],
    [
      'signed-token-instead-of-a-session',
      'protected',
      2,
      'plain',
      'The shop cannot tell who Alice is: it answered 503. The record still names Alice.',
    ],
    [
      'hsts',
      'vulnerable',
      2,
      'plain',
      'Alice’s cookie was not sent: it is Secure, and the address is http. Mallory answered Alice in the shop’s name.',
    ],
    [
      'hsts',
      'vulnerable',
      3,
      'danger',
      'The password that Alice typed went to Mallory, who answered in the shop’s name.',
    ],
    [
      'hsts',
      'vulnerable',
      5,
      'danger',
      'Mallory answered Alice in the shop’s name. Mallory’s cookie still means Alice.',
    ],
    [
      'cors-with-credentials',
      'vulnerable',
      2,
      'danger',
      'Alice’s cookie went along with a request that a page of blog.shop.example made. It read the response.',
    ],
    [
      'cors-with-credentials',
      'protected',
      2,
      'safe',
      'Alice’s cookie went along with a request that a page of blog.shop.example made. The browser did not let it read the response.',
    ],
    [
      'cors-with-credentials',
      'protected',
      4,
      'plain',
      'The answer to the preflight did not allow the request, so Alice’s browser did not send it.',
    ],
    [
      'new-session-on-every-request',
      'protected',
      2,
      'plain',
      'Alice’s browser did not keep the session cookie: the page’s fetch() does not say credentials: "include".',
    ],
    ['hsts', 'protected', 2, 'plain', 'Alice’s cookie means Alice.'],
    ['hsts', 'protected', 6, 'plain', 'Mallory answered Bob in the shop’s name.'],
    [
      'authenticated-page-caching',
      'vulnerable',
      7,
      'danger',
      'The browser shows Alice’s page from its cache, and nobody is logged in.',
    ],
    [
      'logout-everywhere',
      'protected',
      1,
      'plain',
      'The cookies of Alice’s laptop, Alice’s phone and Alice’s tablet now mean Alice.',
    ],
    ['bcrypt-cost-and-72-bytes', 'vulnerable', 2, 'danger', 'Mallory’s cookie now means Carol.'],
    ['shared-redis-prefix', 'vulnerable', 4, 'danger', 'Mallory’s cookie now means Bob.'],
    ['logout-cookie-survives', 'vulnerable', 1, 'plain', 'The cookie of a shared computer now means Alice.'],
    [
      'in-flight-vs-forced-logout',
      'protected',
      5,
      'plain',
      'The cookie of Alice’s laptop means Alice. The cookie of Alice’s stolen phone means nobody.',
    ],
    [
      'memory-store-two-instances',
      'vulnerable',
      2,
      'plain',
      'Alice’s cookie means Alice in process 1, and nobody in process 2. 5 of 10 requests got 401.',
    ],
    [
      'session-listing',
      'protected',
      7,
      'safe',
      'Mallory is nobody to the shop: the shop does not accept the cookie’s signature.',
    ],
    [
      'memory-store-two-instances',
      'vulnerable',
      1,
      'plain',
      'Alice’s cookie now means Alice in process 1, and nobody in process 2.',
    ],
    [
      'memory-store-two-instances',
      'vulnerable',
      3,
      'danger',
      'Mallory’s cookie now means Alice in process 1, and nobody in process 2.',
    ],
    [
      'memory-store-two-instances',
      'vulnerable',
      4,
      'danger',
      'Alice is nobody now: the cookie was deleted. Mallory’s cookie still means Alice in process 1, and nobody in process 2.',
    ],
    [
      'memory-store-two-instances',
      'vulnerable',
      5,
      'danger',
      'Mallory’s cookie still means Alice in process 1, and nobody in process 2.',
    ],
    [
      'memory-store-two-instances',
      'vulnerable',
      6,
      'plain',
      'Alice and Mallory are nobody now: the processes were restarted, and what was in their memory is lost.',
    ],
    ['memory-store-two-instances', 'protected', 2, 'plain', 'Alice’s cookie means Alice.'],
    ['memory-store-two-instances', 'protected', 4, 'safe', 'Mallory is nobody now: the record was deleted.'],
    [
      'memory-store-two-instances',
      'protected',
      5,
      'safe',
      'Mallory is nobody to the shop: Redis has no record for the cookie.',
    ],
    ['memory-store-two-instances', 'protected', 6, 'plain', 'Alice’s cookie now means Alice.'],
    ['signed-token-instead-of-a-session', 'vulnerable', 1, 'plain', 'Alice’s cookie now means Alice.'],
    ['signed-token-instead-of-a-session', 'vulnerable', 3, 'danger', 'Mallory’s cookie now means Alice.'],
    [
      'signed-token-instead-of-a-session',
      'vulnerable',
      4,
      'danger',
      'Alice is nobody now: the cookie was deleted. Mallory’s cookie still means Alice.',
    ],
    [
      'signed-token-instead-of-a-session',
      'protected',
      5,
      'safe',
      'Mallory is nobody to the shop: Redis has no record for the cookie.',
    ],
    ['event-stream-outlives-logout', 'vulnerable', 3, 'plain', 'The cookie of Alice’s laptop means Alice.'],
    [
      'event-stream-outlives-logout',
      'vulnerable',
      4,
      'danger',
      'Alice’s phone is nobody to the shop, but its stream of events is still open.',
    ],
    [
      'event-stream-outlives-logout',
      'vulnerable',
      6,
      'danger',
      'Alice’s phone is nobody to the shop, but its stream of events is still open. It got an event of the account.',
    ],
    ['event-stream-outlives-logout', 'protected', 4, 'plain', 'Alice’s phone is nobody now: the record was deleted.'],
    [
      'memory-store-grows',
      'vulnerable',
      4,
      'plain',
      'Alice is nobody now: the record has expired. 31 records have expired and are still in the memory of the shop.',
    ],
    ['memory-store-grows', 'protected', 4, 'plain', 'Alice is nobody now: the record has expired.'],
    [
      'memory-store-grows',
      'vulnerable',
      5,
      'plain',
      'Alice’s cookie now means Alice. 31 records have expired and are still in the memory of the shop.',
    ],
    [
      'restart-survival',
      'vulnerable',
      3,
      'plain',
      'Alice is nobody now: the shop does not accept the cookie’s signature.',
    ],
    [
      'save-uninitialized-flood',
      'vulnerable',
      1,
      'plain',
      '50 session records, and no browser here holds a cookie for them.',
    ],
  ] as const)('%s, %s, after step %i', async (slug, variant, steps, tone, text) => {
    expect(verdict(await whoAfter(slug, variant, steps))).toEqual({ tone, text });
  });

  test('when the site of a false link was sent its token', async () => {
    const { tone, text } = verdict(await whoAfter('password-reset-poisoning', 'vulnerable', 3));
    expect(tone).toBe('danger');
    expect(text).toMatch(/^evil\.example was sent what the link in the mail holds: \?reset=[\w-]{9}…$/);
  });
});

test('each process with a memory of its own has a record, and the list names both', async () => {
  const who = await whoAfter('memory-store-two-instances', 'vulnerable', 2);
  expect(who.records).toMatchObject([
    { process: 'process 1', state: 'live', user: { name: 'Alice' } },
    { process: 'process 2', state: 'none', user: null },
  ]);
  expect(whoIsWhoLines(who)[0]).toMatch(
    /^Alice: session cookie .{6}; in the memory of process 1: record of Alice, customer; in the memory of process 2: no record\.$/,
  );
  const after = await whoAfter('memory-store-two-instances', 'vulnerable', 6);
  expect(after.records.map(({ process, state }) => `${process} ${state}`)).toEqual([
    ...['process 1 none', 'process 2 lost'],
    ...['process 1 lost', 'process 2 none'],
  ]);
});

test('a remember token is a row of its own: a replaced one breaks off, and the series starts a session as its user', async () => {
  const linesAfter = async (variant: Variant, steps: number) =>
    whoIsWhoLines(await whoAfter('remember-me-token', variant, steps)).map((line) =>
      line.replace(/[\w-]{6}(?=[;,.])/, '#'),
    );
  expect(await linesAfter('protected', 3)).toEqual([
    'Alice: session cookie #, expired; record expired.',
    'Alice: remember token #, used before; starts a session as Alice.',
    'Mallory: session cookie #; record of Alice, customer.',
    'Mallory: remember token #; starts a session as Alice.',
    'Mallory got 200 as Alice.',
  ]);
  expect((await linesAfter('vulnerable', 3))[1]).toBe('Alice: remember token #; starts a session as Alice.');
  const end = await whoAfter('remember-me-token', 'protected', 7);
  expect(end.browsers.map(({ tokens }) => tokens.map(({ broken }) => broken?.how))).toEqual([['deleted'], [undefined]]);
  expect((await whoAfter('first-login', 'protected', 1)).browsers[0]!.tokens).toEqual([]);
});

test('what another site was sent of a session cookie is a copy, and what Mallory had put there is none', async () => {
  const copiesAfter = async (slug: string, steps: number) => {
    const { copies, records } = await whoAfter(slug, 'vulnerable', steps);
    return copies.map(({ host, within, cookie }) => [
      host,
      within,
      records.find(({ sid }) => sid === cookie.sid)?.state,
    ]);
  };
  expect(await copiesAfter('session-cookie-in-a-har-file', 1)).toEqual([]);
  expect(await copiesAfter('session-cookie-in-a-har-file', 5)).toEqual([['support.example', 'body', 'live']]);
  expect(await copiesAfter('session-cookie-in-a-har-file', 7)).toEqual([['support.example', 'body', 'none']]);
  expect(await copiesAfter('httponly-vs-xss', 2)).toEqual([['evil.example', 'address', 'live']]);
  expect(await copiesAfter('host-prefix', 4)).toEqual([]);
});

test('a browser is drawn with its open streams, and with the events that came in the step', async () => {
  const phoneAfter = async (variant: Variant, steps: number) => {
    const who = await whoAfter('event-stream-outlives-logout', variant, steps);
    return [who.browsers[1]!.streams, whoIsWhoLines(who).filter((line) => line.includes('stream'))];
  };
  const told = ['Alice’s phone: a stream of events is open.'];
  expect(await phoneAfter('vulnerable', 2)).toEqual([{ open: 1, heard: 0 }, told]);
  expect(await phoneAfter('vulnerable', 6)).toEqual([{ open: 1, heard: 1 }, told]);
  expect(await phoneAfter('protected', 3)).toEqual([{ open: 1, heard: 1 }, told]);
  expect(await phoneAfter('protected', 6)).toEqual([{ open: 0, heard: 0 }, []]);
});

test('records that no browser names are counted while they exist: in memory after they have expired, too', async () => {
  const countsAfter = async (variant: Variant, steps: number) => {
    const { otherRecords, keptRecords } = await whoAfter('memory-store-grows', variant, steps);
    return [otherRecords, keptRecords];
  };
  expect(await countsAfter('vulnerable', 2)).toEqual([30, 0]);
  expect(await countsAfter('protected', 2)).toEqual([30, 0]);
  const night = await whoAfter('memory-store-grows', 'vulnerable', 4);
  expect([night.otherRecords, night.keptRecords]).toEqual([30, 31]);
  expect(night.records).toMatchObject([{ process: 'the app', state: 'kept', user: null }]);
  expect(whoIsWhoLines(night)).toContain('31 records have expired and are still in the memory of the shop.');
  expect(await countsAfter('protected', 4)).toEqual([0, 0]);
  expect(await countsAfter('vulnerable', 5)).toEqual([31, 31]);
  // The restart frees the memory.
  expect(await countsAfter('vulnerable', 6)).toEqual([0, 0]);
});

test('a copy in the memory of one process outlives the record in Redis', async () => {
  const textAfter = async (steps: number) =>
    verdict(await whoAfter('memory-store-two-instances', 'protected', steps, 'sessions-copied-into-memory')).text;
  expect(await textAfter(2)).toBe('Alice’s cookie means Alice.');
  expect(await textAfter(4)).toContain('Mallory’s cookie still means Alice in process 1, and nobody in process 2.');
});

describe('a signed token', () => {
  const slug = 'signed-token-instead-of-a-session';

  test('has no record, because it says itself whom it names', async () => {
    const who = await whoAfter(slug, 'vulnerable', 8);
    expect(who.records).toMatchObject([
      { state: 'token', user: { name: 'Alice', role: 'customer' }, mark: null },
      { state: 'token', user: { name: 'Admin', role: 'admin' }, mark: null },
    ]);
    expect(whoIsWhoLines(who)[1]).toMatch(
      /^Mallory: session cookie .{6}; no record, because the cookie itself names Alice\.$/,
    );
  });

  test('is new in the step in which the app makes it', async () => {
    expect((await whoAfter(slug, 'vulnerable', 1)).records).toMatchObject([{ mark: 'added', before: null }]);
  });

  test('leads nowhere once the app does not accept it any more', async () => {
    const who = await whoAfter(slug, 'protected', 5, 'tokens-denied-after-logout');
    expect(verdict(who)).toEqual({ tone: 'safe', text: 'Mallory is nobody now: the shop does not accept the token.' });
    expect(who.browsers[1]!.cookies).toMatchObject([{ broken: { how: 'denied' } }]);
  });

  test('names nobody after it has expired', async () => {
    const trace = upToStep(await playedScenario(slug, 'vulnerable'), 5);
    const view = read(trace);
    const statesIn = (ms: number) => whoIsWho(view, view.at + ms).records.map(({ state }) => state);
    expect(statesIn(minutes(59))).toEqual(['token']);
    expect(statesIn(minutes(61))).toEqual(['expired']);
  });

  test('makes no difference to a record of the same person', async () => {
    const [token, record] = [await whoAfter(slug, 'vulnerable', 4), await whoAfter(slug, 'protected', 4)];
    expect(differingBrowsers(token, record)).toEqual(['mallory']);
    expect(differingBrowsers(await whoAfter(slug, 'vulnerable', 3), await whoAfter(slug, 'protected', 3))).toEqual([]);
  });
});

test('after a switch to memory a cookie names a record that does not exist there, and its signature is accepted', async () => {
  const scenario = scenarios.find(({ slug }) => slug === 'session-fixation')!;
  const sandbox = await createSandbox({ scenario, variant: 'protected', store: 'mock', pace: 'jump', users, redis });
  await sandbox.playTo(3);
  await sandbox.act({ do: 'session-options', change: { store: 'memory' } });
  const opened = { do: 'request', actor: 'alice', method: 'GET', url: '/me', origin: 'https://shop.example' } as const;
  await sandbox.act({ ...opened, headers: [], body: null });
  await sandbox.end('played');
  const who = whoIsWho(read(sandbox.trace));
  expect(verdict(who).text).toBe('Alice is nobody to the shop: the memory of the shop has no record for the cookie.');
});

test('two browsers with one cookie are two lines to one record', async () => {
  const who = await whoAfter('session-fixation', 'vulnerable', 3);
  expect(who.records).toMatchObject([{ state: 'live', user: { name: 'Alice', role: 'customer' }, before: null }]);
  expect(whoIsWhoLines(who)).toEqual([
    expect.stringMatching(/^Mallory: session cookie .{6}; record of Alice, customer\.$/),
    expect.stringMatching(/^Alice: session cookie .{6}; record of Alice, customer\.$/),
    'Alice got 200.',
  ]);
});

test('the list says what the boxes say of an answer, and that none came', async () => {
  const lines = whoIsWhoLines(await whoAfter('string-max-age', 'vulnerable', 2));
  expect(lines).toContain('Alice got no answer.');
});

test('a record that waits for a code names nobody, and says whose password it is', async () => {
  const who = await whoAfter('second-factor-half-way', 'protected', 3);
  expect(who.records).toMatchObject([
    { user: { name: 'Alice' }, waitsFor: null },
    { user: null, waitsFor: 'Alice' },
  ]);
  expect(whoIsWhoLines(who)[1]).toMatch(/; record of nobody yet, password of Alice\.$/);
});

test('a session ID that is typed into a header is drawn, and one that the browser has replaced meanwhile is not', async () => {
  const typed = await whoAfter('cookie-anatomy', 'protected', 8);
  expect(typed.browsers[1]!.cookies.length).toBeGreaterThan(0);
  const replaced = await whoAfter('logout-everywhere', 'protected', 8);
  expect(replaced.browsers.flatMap(({ cookies }) => cookies).filter(({ handMade }) => handMade)).toEqual([]);
});

test('a session past the absolute limit means somebody until the next request shows what the app thinks of it', async () => {
  const view = await viewAfter('idle-timeout', 'vulnerable', 3);
  const after = (ms: number) => verdict(whoIsWho(view, view.at + ms)).text;
  expect(after(hours(7))).not.toContain('absolute limit');
  expect(after(hours(8))).toMatch(
    /means Alice\. The absolute limit has passed: the next request shows whether the shop checks it\.$/,
  );
});
