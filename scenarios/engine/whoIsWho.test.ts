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
      line.replace(/[\w-]{3}…[\w-]{4}|[\w-]{6}(?=[;,.])/, '#'),
    );
  expect(await linesAfter('protected', 3)).toEqual([
    'Alice: session cookie #, expired; record expired.',
    'Alice: remember token #, used before.',
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
    verdict(await viewAfter('memory-store-two-instances', 'protected', steps, 'sessions-copied-into-memory')).text;
  expect(await textAfter(2)).toBe('How many of the ten requests get 200? 10. Alice’s cookie means Alice.');
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
    const view = await viewAfter(slug, 'protected', 5, 'tokens-denied-after-logout');
    const who = whoIsWho(view);
    expect(verdict(view)).toMatchObject({
      tone: 'safe',
      text: 'Mallory is nobody now: the shop does not accept the token.',
    });
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
  expect(verdict(read(sandbox.trace)).text).toContain(
    'Alice is nobody to the shop: the memory of the shop has no record for the cookie.',
  );
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

test('whoever has typed a working session ID can send it again: it is drawn, and the last sentence says whom it still means', async () => {
  const copied = await viewAfter('httponly-vs-xss', 'vulnerable', 7);
  const mallory = whoIsWho(copied).browsers.find(({ actor }) => actor.name === 'mallory')!;
  expect(mallory.cookies).toMatchObject([{ handMade: true, mark: null, broken: null }]);
  expect(mallory.means?.name).toBe('Alice');
  expect(verdict(copied).parts.at(-1)).toEqual({ tone: 'danger', text: 'Mallory’s cookie still means Alice.' });

  const refused = await whoAfter('session-data-size-and-secrets', 'protected', 4);
  expect(refused.browsers.flatMap(({ cookies }) => cookies).filter(({ handMade }) => handMade)).toEqual([]);
  const restarted = await whoAfter('secure-depends-on-node-env', 'vulnerable', 6);
  expect(restarted.browsers.flatMap(({ cookies }) => cookies).filter(({ handMade }) => handMade)).toEqual([]);
});

test('a session past the absolute limit means somebody until the next request shows what the app thinks of it', async () => {
  const view = await viewAfter('idle-timeout', 'vulnerable', 3);
  const after = (ms: number) => verdict(view, view.at + ms).text;
  expect(after(hours(7))).not.toContain('absolute limit');
  expect(after(hours(8))).toMatch(
    /means Alice\. The absolute limit has passed: the next request shows whether the shop checks it\.$/,
  );
});

describe('what the app refused', () => {
  test('stays refused until it answers otherwise', async () => {
    const brokenAfter = async (variant: Variant, steps: number) =>
      (await whoAfter('secret-rotation', variant, steps)).browsers.map(({ cookies }) => cookies[0]?.broken?.how);
    const refused = 'refused';
    expect(await brokenAfter('vulnerable', 3)).toEqual([refused, undefined, undefined, undefined]);
    expect(await brokenAfter('vulnerable', 4)).toEqual([refused, undefined, undefined, undefined]);
    expect(await brokenAfter('vulnerable', 7)).toEqual([refused, undefined, refused, undefined]);
    expect(await brokenAfter('vulnerable', 8)).toEqual([refused, refused, refused, undefined]);
    expect(await brokenAfter('protected', 7)).toEqual([undefined, undefined, undefined, undefined]);
    expect((await whoAfter('localhost-ports', 'vulnerable', 5)).browsers[0]!.means).toBe(null);
  });

  test('is drawn also when it was typed without a signature', async () => {
    const [mallory] = (await whoAfter('cookie-tampering', 'vulnerable', 5)).browsers;
    expect(mallory!.cookies[0]).toMatchObject({ sid: null, handMade: true, broken: { how: 'refused' } });
    expect(mallory!.means).toBe(null);
  });
});

test('of two cookies with one name, the app reads the first, and the other one leads nowhere', async () => {
  const [, alice] = (await whoAfter('host-prefix', 'vulnerable', 6)).browsers;
  expect(alice!.cookies.map(({ broken }) => broken?.how)).toEqual([undefined, 'hidden']);
  expect(alice!.means).toBe(null);
});

test('a response that a script does not keep changes no cookie, and the cookie says so', async () => {
  const cookiesAfter = async (steps: number) => {
    const who = await whoAfter('rolling-refresh', 'protected', steps);
    return who.browsers.flatMap(({ cookies }) => cookies.map(({ notKept, mark }) => [notKept, mark]));
  };
  expect(await cookiesAfter(4)).toEqual([
    [false, 'changed'],
    [false, null],
  ]);
  expect(await cookiesAfter(5)).toEqual([
    [false, null],
    [true, null],
  ]);
});

test('a browser that keeps no cookie is drawn with the sessions that it began, and with whom they name', async () => {
  const begunAfter = async (slug: string, steps: number) =>
    (await whoAfter(slug, 'vulnerable', steps)).browsers.map(({ begun }) => begun);
  const alice = expect.objectContaining({ name: 'Alice' });
  expect(await begunAfter('concurrent-session-limit', 2)).toEqual([null, { records: 5, added: 5, user: alice }]);
  expect(await begunAfter('concurrent-session-limit', 4)).toEqual([null, { records: 10, added: 6, user: alice }]);
  expect(await begunAfter('save-uninitialized-flood', 1)).toEqual([{ records: 50, added: 50, user: null }, null]);
});

test('a page of another site is drawn in the step in which it made a browser ask', async () => {
  const pagesAfter = async (variant: Variant, steps: number) => (await whoAfter('samesite-csrf', variant, steps)).pages;
  const forged = { host: 'evil.example', from: 'alice', what: 'POST /orders', reads: null };
  expect(await pagesAfter('vulnerable', 3)).toEqual([{ ...forged, status: 201 }]);
  expect(await pagesAfter('protected', 3)).toEqual([{ ...forged, status: 403 }]);
  // She follows a link.
  expect(await pagesAfter('vulnerable', 4)).toEqual([]);
});

test('a session cookie is drawn with the attributes that the scenario is about', async () => {
  const attributesAfter = async (slug: string, variant: Variant, steps = 1) => {
    const { browsers } = await whoAfter(slug, variant, steps);
    return browsers[0]!.cookies.flatMap(({ attributes }) => attributes.map(({ text, weak }) => [text, weak]));
  };
  expect(await attributesAfter('httponly-vs-xss', 'vulnerable')).toEqual([['not HttpOnly', true]]);
  expect(await attributesAfter('httponly-vs-xss', 'protected')).toEqual([['HttpOnly', false]]);
  expect(await attributesAfter('samesite-csrf', 'vulnerable')).toEqual([['SameSite=None', true]]);
  expect(await attributesAfter('subdomain-cookie-tossing', 'vulnerable')).toEqual([['Domain=shop.example', true]]);
  expect(await attributesAfter('secure-depends-on-node-env', 'protected')).toEqual([['Secure', false]]);
  expect(await attributesAfter('session-fixation', 'vulnerable')).toEqual([]);
});

test('a further cookie that the scenario is about is drawn with its value, and with what happened to that', async () => {
  const cookiesAfter = async (slug: string, variant: Variant, steps: number) => {
    const { browsers } = await whoAfter(slug, variant, steps);
    return browsers.flatMap(({ otherCookies }) =>
      otherCookies.map(({ name, value, mark, wentAlong }) => [`${name}=${value}`, mark, wentAlong]),
    );
  };
  expect(await cookiesAfter('cookie-tampering', 'vulnerable', 1)).toEqual([['userId=2', 'added', false]]);
  expect(await cookiesAfter('cookie-tampering', 'vulnerable', 2)).toEqual([['userId=1', 'changed', false]]);
  expect(await cookiesAfter('cookie-tampering', 'vulnerable', 3)).toEqual([['userId=1', null, true]]);
  expect(await cookiesAfter('cookie-tampering', 'protected', 1)).toEqual([]);
  const profile = 'profile={"email":"alice@shop.example","role":"customer"}';
  expect(await cookiesAfter('cookie-anatomy', 'vulnerable', 1)).toEqual([[profile, 'added', false]]);
  expect(await cookiesAfter('session-fixation', 'vulnerable', 3)).toEqual([]);
});

test('whether a page of another origin may read the answer is drawn', async () => {
  const readsAfter = async (variant: Variant) => (await whoAfter('cors-with-credentials', variant, 2)).pages;
  const asked = { host: 'blog.shop.example', from: 'alice', what: 'GET /me', status: 200 };
  expect(await readsAfter('vulnerable')).toEqual([{ ...asked, reads: true }]);
  expect(await readsAfter('protected')).toEqual([{ ...asked, reads: false }]);
});

test('what another site was sent is drawn in the step in which it was sent', async () => {
  const sentAfter = async (slug: string, variant: Variant, steps: number) =>
    (await whoAfter(slug, variant, steps)).deliveries.map(({ host, account }) => [host, account?.email]);
  expect(await sentAfter('cors-with-credentials', 'vulnerable', 2)).toEqual([]);
  expect(await sentAfter('cors-with-credentials', 'vulnerable', 3)).toEqual([['evil.example', 'alice@shop.example']]);
  expect(await sentAfter('cors-with-credentials', 'vulnerable', 4)).toEqual([]);
  expect(await sentAfter('cors-with-credentials', 'protected', 3)).toEqual([['evil.example', undefined]]);
  // A site with a copy of the cookie is drawn with that.
  expect(await sentAfter('httponly-vs-xss', 'vulnerable', 2)).toEqual([]);
  expect(await sentAfter('httponly-vs-xss', 'protected', 2)).toEqual([['evil.example', undefined]]);
});

test('an account that an admin has disabled is known, until it is enabled again', async () => {
  const disabledAfter = async (steps: number) => (await whoAfter('admin-kill-switch', 'vulnerable', steps)).disabled;
  expect(await disabledAfter(1)).toEqual([]);
  expect(await disabledAfter(3)).toEqual([2]);
  expect(await disabledAfter(5)).toEqual([]);
});
