import { afterEach, describe, expect, test } from 'vitest';
import { trace } from '../../scenarios/engine/trace.ts';
import { startTinyShop, type TinyShopSettings, tinyRecipe } from '../../testing/tinyShop.ts';
import { check } from './check.ts';
import { type TargetDefinition, target } from './target.ts';
import { exitCodeOf } from './verdicts.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const fast = { rate: Number.POSITIVE_INFINITY };

async function shopWith(settings: TinyShopSettings = {}) {
  const shop = await startTinyShop(settings);
  closing.push(shop.close);
  return shop;
}

async function checked(settings: TinyShopSettings = {}, change: Partial<TargetDefinition> = {}) {
  const shop = await shopWith(settings);
  const report = await check(target({ ...tinyRecipe(shop.origin), ...change }), fast);
  const verdictOf = (id: string) => report.findings.find((finding) => finding.id === id)?.verdict;
  const fails = report.findings.filter(({ verdict }) => verdict === 'fails').map(({ id }) => id);
  return { ...report, shop, verdictOf, fails, exitCode: exitCodeOf(report) };
}

describe('an app without a flaw', () => {
  test('nothing fails, and what can be tried was tried', async () => {
    const { fails, exitCode, verdictOf, traces: make, findings, shop } = await checked();
    const traces = make();
    expect(fails).toEqual([]);
    expect(exitCode).toBe(0);
    for (const id of ['logout-replay', 'fixation-own-id', 'csrf', 'sessions-list', 'enumeration-answer']) {
      expect([id, verdictOf(id)]).toEqual([id, 'holds']);
    }
    // Each finding has a trace that the page can open.
    for (const { trace: name } of findings) expect(trace.safeParse(traces.get(name)).error).toBe(undefined);
    const text = JSON.stringify({ findings, traces: [...traces] });
    expect(text).not.toMatch(/rabbit-hole-7|look-at-me-9/);
    const sids = shop.requests.flatMap(({ headers }) => /sid=([^;]+)/.exec(headers.cookie ?? '')?.[1] ?? []);
    expect(sids.length).toBeGreaterThan(20);
    expect(sids.filter((sid) => text.includes(sid))).toEqual([]);
  });

  test('an account that may have one session only is not taken for a flaw', async () => {
    const { fails, verdictOf } = await checked({ oneSession: true });
    expect(fails).toEqual([]);
    expect(verdictOf('second-device')).toBe('holds');
    expect(verdictOf('sessions-list')).toBe('not applicable');
  });

  test('a limit of sessions that the app keeps by refusing is kept, and in nobody’s way', async () => {
    const { fails, stopped, verdictOf } = await checked({ mostSessions: 3 }, { limits: { sessions: 3 } });
    expect({ fails, stopped }).toEqual({ fails: [], stopped: null });
    expect(verdictOf('sessions-limit')).toBe('holds');
  });

  test('a throttle of failed logins is met last, and told', async () => {
    const { exitCode, verdictOf } = await checked({ failuresAllowed: 5 });
    expect(exitCode).toBe(0);
    expect(verdictOf('logout-replay')).toBe('holds');
    expect(verdictOf('enumeration-answer')).toBe('not shown');
    expect(verdictOf('enumeration-time')).toBe('not shown');
  });

  test('a throttle of all logins ends the check, which does not pass then', async () => {
    const { exitCode, stopped, fails } = await checked({ loginsAllowed: 5 });
    expect({ exitCode, fails }).toEqual({ exitCode: 3, fails: [] });
    expect(stopped).toMatch(/alice could log in before.*429.*limit logins/);
  });

  test('a redirect elsewhere is told, and not followed', async () => {
    const { fails, traces } = await checked({ loginRedirect: 'http://127.0.0.1:9/landing' });
    expect(fails).toEqual([]);
    expect(
      traces()
        .get('preflight')!
        .events.filter(({ type }) => type === 'stopped')[0],
    ).toMatchObject({
      why: expect.stringContaining('redirects to http://127.0.0.1:9, which is not followed'),
    });
  });
});

describe('attributes', () => {
  test.each([
    ['Path=/; SameSite=Lax', 'cookie-http-only'],
    ['Path=/; HttpOnly; SameSite=None; Secure', 'cookie-same-site'],
  ])('%s', async (attributes, id) => {
    expect((await checked({ attributes }, { change: undefined as never })).fails).toEqual([id]);
  });
});

test('a limit that the app does not keep', async () => {
  const { fails } = await checked({}, { limits: { sessions: 2 } });
  expect(fails).toEqual(['sessions-limit']);
});

test('where only SameSite protects, the verdict says so', async () => {
  const { findings } = await checked();
  expect(findings.find(({ id }) => id === 'csrf')!.says).toMatch(
    /keeps sid back: it has SameSite=Lax.*That alone protects/,
  );
});

test('CORS that lets every origin in with cookies', async () => {
  const change: TargetDefinition['change'] = (browser, nickname) =>
    browser.send('PUT', '/nickname', { fields: { nickname } });
  const answer: TinyShopSettings['answer'] = (req, res) => {
    const isForm = req.method === 'POST' && req.url === '/nickname';
    if (req.method === 'PUT') req.method = 'POST';
    if (!isForm && req.method !== 'OPTIONS') return false;
    res.writeHead(isForm ? 405 : 204, {
      'Access-Control-Allow-Origin': req.headers.origin,
      'Access-Control-Allow-Credentials': 'true',
      'Access-Control-Allow-Methods': 'PUT',
    });
    res.end();
    return true;
  };
  const { fails } = await checked({ answer, attributes: 'Path=/; HttpOnly; Secure; SameSite=None' }, { change });
  expect(fails).toEqual(['cookie-same-site', 'csrf-cors']);
});

test('only the two accounts, and one wrong password for each', async () => {
  const { shop } = await checked();
  const logins = shop.requests.filter(({ url }) => url === '/login').map(({ body }) => new URLSearchParams(body));
  const wrong = logins.filter((form) => !['rabbit-hole-7', 'look-at-me-9'].includes(form.get('password')!));
  for (const name of ['alice', 'mallory']) expect(wrong.filter((form) => form.get('name') === name)).toHaveLength(1);
  // Of names that nobody has, each is tried once.
  const madeUp = wrong.map((form) => form.get('name')).filter((name) => name !== 'alice' && name !== 'mallory');
  expect(new Set(madeUp).size).toBe(madeUp.length);
});

test('every request says who asks', async () => {
  const { shop } = await checked();
  expect(new Set(shop.requests.map(({ headers }) => headers['user-agent']))).toEqual(
    new Set(['session-sandbox-check/0.1.0']),
  );
});

test('a budget that is spent ends the check, which does not pass then', async () => {
  const shop = await shopWith();
  const report = await check(target(tinyRecipe(shop.origin)), { ...fast, budget: 40 });
  expect(exitCodeOf(report)).toBe(3);
  expect(report.stopped).toMatch(/budget of 40 requests is spent/);
  expect(shop.requests).toHaveLength(40);
});

test('two requests a second', async () => {
  const shop = await shopWith();
  const started = performance.now();
  await expect(check(target(tinyRecipe(shop.origin)), { budget: 3 })).rejects.toThrow(/budget/);
  expect(performance.now() - started).toBeGreaterThan(990);
});
