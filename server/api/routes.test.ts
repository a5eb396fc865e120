import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ZodMiniType } from 'zod/mini';
import * as contract from '../../scenarios/engine/api.ts';
import { usualLimits } from '../../scenarios/engine/limits.ts';
import type { TraceEvent } from '../../scenarios/engine/trace.ts';
import { scenarios } from '../../scenarios/index.ts';
import { eventually } from '../../testing/eventually.ts';
import { startTestServer, type TestServer } from '../../testing/redisServer.ts';
import type { Answer } from '../../testing/sendTo.ts';
import { closeSites, openSite, type Site, scenarioOf } from '../../testing/site.ts';

let site: Site;
beforeEach(async () => {
  site = await openSite();
});
afterEach(closeSites);

const stepsOf = (id: string) => site.trace(id).events.filter(({ type }) => type === 'step-ended').length;
const keysOf = (id: string) =>
  site.trace(id).events.flatMap((event) => (event.type === 'key' && event.value ? [event.key] : []));

test('every answer is what the contract says', async () => {
  const expectContract = async (schema: ZodMiniType, answer: Promise<Answer>) => {
    const { json } = await answer;
    expect(schema.parse(json)).toEqual(json);
  };
  const { id } = await site.openSandbox({ playTo: 1 });
  const action = { do: 'request', actor: 'mallory', method: 'GET', url: '/me', origin: null, headers: [], body: null };
  await expectContract(contract.catalogue, site.get('/api/catalogue'));
  await expectContract(contract.stores, site.get('/api/redis'));
  await expectContract(contract.recordedRun, site.get('/api/recorded-run'));
  await expectContract(
    contract.openedSandbox,
    site.post('/api/sandboxes', { scenario: 'idle-timeout', variant: 'protected', store: 'mock' }),
  );
  await expectContract(contract.stepsPlayed, site.post(`/api/sandboxes/${id}/steps`, { upTo: 3 }));
  await expectContract(contract.actionTaken, site.post(`/api/sandboxes/${id}/actions`, action));
  await expectContract(contract.freePlayOffer, site.get(`/api/sandboxes/${id}/play`));
  await expectContract(contract.recordedTrace, site.get(`/api/sandboxes/${id}/trace`));
  await expectContract(contract.savedScenario, site.get(`/api/sandboxes/${id}/scenario`));
  await expectContract(
    contract.limitsPlayed,
    site.post('/api/limits', { ...usualLimits, every: 3_600_000, store: 'mock' }),
  );
  await expectContract(contract.errorAnswer, site.get('/api/sandboxes/none/play'));
});

describe('the catalogue', () => {
  test('has every scenario in reading order, with its steps and its times in words', async () => {
    const { status, json } = await site.get('/api/catalogue');
    expect(status).toBe(200);
    expect(json.scenarios.map(({ slug }: { slug: string }) => slug)).toEqual(scenarios.map(({ slug }) => slug));
    expect(JSON.stringify(json)).not.toMatch(/(?<!\$)\{\w+\}/);
  });
});

describe('the recorded run', () => {
  test('is session fixation against the vulnerable app on the mock, played to its end once, and its sandbox is ended', async () => {
    const answers = await Promise.all([site.get('/api/recorded-run'), site.get('/api/recorded-run')]);
    const [{ trace }, again] = answers.map(({ json }) => json);
    expect(again.trace.header.sandbox).toBe(trace.header.sandbox);
    expect(trace.header).toMatchObject({
      scenario: { slug: 'session-fixation' },
      variant: 'vulnerable',
      store: 'mock',
    });
    const types = trace.events.map(({ type }: TraceEvent) => type);
    expect(types.filter((type: string) => type === 'step-ended')).toHaveLength(trace.header.scenario.steps.length);
    expect(types).not.toContain('ended');
    expect(site.sandboxes.size).toBe(0);
  });

  test('is not sent again to a browser that has it', async () => {
    const { headers } = await site.get('/api/recorded-run');
    const again = await site.send('GET', '/api/recorded-run', { headers: { 'If-None-Match': headers.etag! } });
    expect(again.status).toBe(304);
  });

  test('that failed is played again at the next request', async () => {
    site = await openSite({ limit: 1 });
    const { id } = await site.openSandbox();
    expect((await site.get('/api/recorded-run')).json.error.code).toBe('too-many');
    await site.delete(`/api/sandboxes/${id}`);
    expect((await site.get('/api/recorded-run')).status).toBe(200);
  });
});

describe('the status of Redis', () => {
  test('shows why there is no real one, and how to get one', async () => {
    const { status, json } = await site.get('/api/redis');
    expect(status).toBe(200);
    expect(json.real).toMatchObject({ available: false, address: null, reason: expect.stringMatching(/\.$/) });
    expect(json.real.waysToGetOne).toHaveLength(3);
  });

  describe('with a real one behind a password', () => {
    let server: TestServer;
    beforeAll(async () => {
      server = await startTestServer({ password: 'hunter2' });
    });
    afterAll(() => server.stop());

    test('shows its address, but never the password', async () => {
      site = await openSite({ redisUrl: server.url });
      const { json, text } = await site.get('/api/redis');
      expect(json.real).toMatchObject({ available: true, address: `127.0.0.1:${server.port}`, source: 'REDIS_URL' });
      const opened = await site.openSandbox({ store: 'real', playTo: 3 });
      expect(opened.header.address).toBe(`127.0.0.1:${server.port}`);
      expect(text + JSON.stringify(site.trace(opened.id))).not.toContain('hunter2');
    });
  });
});

describe('opening a sandbox', () => {
  test('answers 201 with its id and the header of its trace', async () => {
    const { id, header } = await site.openSandbox({ variant: 'protected' });
    expect(header).toMatchObject({ sandbox: id, variant: 'protected', store: 'mock', pace: 'jump' });
    expect(header.scenario.slug).toBe('session-fixation');
    expect(site.trace(id).events).toEqual([]);
  });

  test('can play steps before it answers', async () => {
    const { id } = await site.openSandbox({ playTo: 3 });
    expect(stepsOf(id)).toBe(3);
  });

  test('with a repair of the scenario says so in the header of the trace, and expects the answers of the fix', async () => {
    const { id } = await site.openSandbox({ variant: 'protected', repair: 'login-empties-session', playTo: 4 });
    const { trace } = (await site.get(`/api/sandboxes/${id}/trace`)).json;
    expect(trace.header).toMatchObject({ variant: 'protected', repair: 'login-empties-session' });
    const asked = trace.events.findLast(({ type }: TraceEvent) => type === 'ask');
    expect(asked).toMatchObject({ expected: 'nobody', actual: 'alice@shop.example', holds: false });
  });

  test.each([
    [{ variant: 'protected', repair: 'sessions-in-memory' }, /has no repair "sessions-in-memory"/],
    [{ variant: 'protected', repair: '../app/app' }, /has no repair/],
    [{ variant: 'vulnerable', repair: 'login-empties-session' }, /takes the place of the fix/],
  ])('with %j is answered 400', async (choice, message) => {
    const body = { scenario: 'session-fixation', store: 'mock', ...choice };
    const { status, json } = await site.post('/api/sandboxes', body);
    expect([status, json.error.code]).toEqual([400, 'bad-request']);
    expect(json.error.message).toMatch(message);
    expect(site.sandboxes.size).toBe(0);
  });

  test('without a real Redis is answered 503 with the reason', async () => {
    const { status, json } = await site.post('/api/sandboxes', {
      scenario: 'session-fixation',
      variant: 'vulnerable',
      store: 'real',
    });
    expect(status).toBe(503);
    expect(json.error).toMatchObject({ code: 'redis-unavailable', message: expect.stringMatching(/\.$/) });
    expect(site.sandboxes.size).toBe(0);
  });

  test('on the mock is answered 409 with the reason when the scenario needs a real Redis', async () => {
    const { status, json } = await site.post('/api/sandboxes', {
      scenario: 'eviction-logs-everyone-out',
      variant: 'vulnerable',
      store: 'mock',
    });
    expect(status).toBe(409);
    expect(json.error.code).toBe('needs-real-redis');
    expect(json.error.message).toMatch(
      /^Scenario "eviction-logs-everyone-out" needs a real Redis\. The mock has .+\.$/,
    );
    expect(site.sandboxes.size).toBe(0);
  });

  test('is refused with 429 when there are too many, until one is closed', async () => {
    site = await openSite({ limit: 2 });
    const choice = { scenario: 'session-fixation', variant: 'vulnerable', store: 'mock' };
    const answers = await Promise.all(Array.from({ length: 4 }, () => site.post('/api/sandboxes', choice)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 429, 429]);
    const refused = answers.find(({ status }) => status === 429)!;
    expect(refused.json.error).toMatchObject({ code: 'too-many', message: expect.stringContaining('2 sandboxes') });

    const opened = answers.find(({ status }) => status === 201)!;
    await site.delete(`/api/sandboxes/${opened.json.id}`);
    expect((await site.post('/api/sandboxes', choice)).status).toBe(201);
  });
});

describe('playing steps', () => {
  test('plays up to the requested step', async () => {
    const { id } = await site.openSandbox();
    const { status, json } = await site.post(`/api/sandboxes/${id}/steps`, { upTo: 2 });
    expect([status, json]).toEqual([200, { played: 2, recorded: site.trace(id).events.length }]);
    expect(stepsOf(id)).toBe(2);
  });

  test('plays one step for a double click', async () => {
    const { id } = await site.openSandbox();
    const click = () => site.post(`/api/sandboxes/${id}/steps`, { upTo: 1 });
    const answers = await Promise.all([click(), click()]);
    expect(answers.map(({ json }) => json)).toMatchObject([{ played: 1 }, { played: 1 }]);
    expect(stepsOf(id)).toBe(1);
  });

  test('does not play a step again', async () => {
    const { id } = await site.openSandbox({ playTo: 3 });
    const before = site.trace(id);
    expect((await site.post(`/api/sandboxes/${id}/steps`, { upTo: 1 })).json).toEqual({
      played: 3,
      recorded: before.events.length,
    });
    expect(site.trace(id)).toEqual(before);
  });

  test('in many sandboxes at once keeps them apart', async () => {
    const opened = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        site.openSandbox({ variant: index % 2 ? 'protected' : 'vulnerable', playTo: 5 }),
      ),
    );
    for (const [index, { id, header }] of opened.entries()) {
      const { events } = site.trace(id);
      const asks = events.filter((event) => event.type === 'ask');
      expect(asks).toHaveLength(4);
      expect(asks.every(({ holds }) => holds)).toBe(true);
      expect(asks[2]!.actual).toBe(index % 2 ? 'nobody' : 'alice@shop.example');
      expect(keysOf(id).every((key) => key.startsWith(header.namespace))).toBe(true);
    }
  });

  test('in real time waits, and a jump in time shortens the wait', async () => {
    site = await openSite({ scenarios: [scenarioOf(({ world }) => world.letPass(60_000))] });
    const { id } = await site.openSandbox({ scenario: 'made-up', pace: 'real' });
    const step = site.post(`/api/sandboxes/${id}/steps`, { upTo: 1 });
    await eventually(() => expect(site.trace(id).events).toMatchObject([{ type: 'step-started' }, { type: 'wait' }]));
    const { json } = await site.post(`/api/sandboxes/${id}/actions`, { do: 'jump-time', ms: 60_000 });
    expect(json.now).toBeGreaterThanOrEqual(60_000);
    expect((await step).json).toMatchObject({ played: 1 });
  });
});

describe('a jump in time', () => {
  test('makes everything older, and answers with the new time', async () => {
    const { id } = await site.openSandbox({ playTo: 1 });
    const day = 24 * 3_600_000;
    const { status, json } = await site.post(`/api/sandboxes/${id}/actions`, { do: 'jump-time', ms: day });
    expect(status).toBe(200);
    expect(json.now).toBeGreaterThanOrEqual(day);
    expect(site.trace(id).events).toContainEqual(expect.objectContaining({ type: 'key', change: 'expired' }));
  });
});

describe('deleting a key', () => {
  test('answers 200 and is recorded', async () => {
    const { id } = await site.openSandbox({ playTo: 1 });
    const key = keysOf(id)[0]!;
    expect(await site.post(`/api/sandboxes/${id}/actions`, { do: 'delete-key', key })).toMatchObject({
      status: 200,
      json: { reply: null },
    });
    expect(site.trace(id).events.slice(-2)).toMatchObject([
      { type: 'manual-action', action: { do: 'delete-key', key } },
      { type: 'key', key, change: 'deleted', cause: { by: 'manual' } },
    ]);
  });

  test('a second time answers 404', async () => {
    const { id } = await site.openSandbox({ playTo: 1 });
    const [key] = keysOf(id);
    const deletion = () => site.post(`/api/sandboxes/${id}/actions`, { do: 'delete-key', key });
    expect([(await deletion()).status, (await deletion()).status]).toEqual([200, 404]);
  });
});

describe('free play', () => {
  const request = { do: 'request', actor: 'mallory', method: 'GET', url: '/me', headers: [], body: null };

  test('offers what the running app has', async () => {
    const { id, header } = await site.openSandbox({ scenario: 'subdomain-cookie-tossing', playTo: 1 });
    const { status, json } = await site.get(`/api/sandboxes/${id}/play`);
    expect(status).toBe(200);
    expect(json.actors).toEqual(header.scenario.actors);
    expect(json.routes).toContainEqual({ method: 'POST', path: '/admin/users/:id/disable' });
    expect(json.routes).toContainEqual({ method: 'GET', path: '/session/left' });
    expect(json.hosts.slice(0, 2)).toEqual(['https://shop.example', 'http://shop.example']);
    expect(json.origins).toEqual(expect.arrayContaining([...json.hosts, 'https://evil.example']));
    expect(json.session.code).toContain("secret: '••••••'");
  });

  test('answers a line of the console, with the number of recorded events', async () => {
    const { id } = await site.openSandbox({ playTo: 1 });
    const { json } = await site.post(`/api/sandboxes/${id}/actions`, { do: 'redis', line: 'exists none' });
    expect(json).toEqual({ now: expect.any(Number), reply: '(integer) 0', recorded: site.trace(id).events.length });
  });

  test('is saved as a scenario with the answers of both apps, and leaves no sandbox behind', async () => {
    const { id } = await site.openSandbox({ playTo: 3 });
    await site.post(`/api/sandboxes/${id}/actions`, { ...request, origin: null });
    const { status, json } = await site.get(`/api/sandboxes/${id}/scenario`);
    expect(status).toBe(200);
    expect(json.name).toBe('session-fixation-by-hand.ts');
    expect(json.text).toMatch(/vulnerable: 200,\s+protected: 401,/);
    expect(site.sandboxes.size).toBe(1);
  });

  test('that proves nothing is not saved: 409 with the reason', async () => {
    const { id } = await site.openSandbox();
    await site.post(`/api/sandboxes/${id}/actions`, { ...request, origin: null });
    const { status, json } = await site.get(`/api/sandboxes/${id}/scenario`);
    expect(status).toBe(409);
    expect(json.error).toMatchObject({ code: 'no-scenario', message: expect.stringContaining('answer alike') });
  });
});

describe('deleting a sandbox', () => {
  test('answers 204 once, and then the sandbox is unknown', async () => {
    const { id } = await site.openSandbox({ playTo: 1 });
    const answers = await Promise.all([1, 2].map(() => site.delete(`/api/sandboxes/${id}`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 404]);
    expect(site.sandboxes.size).toBe(0);
  });

  test('ends a waiting step', async () => {
    site = await openSite({ scenarios: [scenarioOf(({ world }) => world.letPass(60_000))] });
    const { id } = await site.openSandbox({ scenario: 'made-up', pace: 'real' });
    const step = site.post(`/api/sandboxes/${id}/steps`, { upTo: 1 });
    await eventually(() => expect(site.trace(id).events.at(-1)).toMatchObject({ type: 'wait' }));
    expect((await site.delete(`/api/sandboxes/${id}`)).status).toBe(204);
    expect((await step).status).toBe(200);
  });
});

test('a sandbox whose trace is full refuses everything, because nothing more can be recorded', async () => {
  const { id } = await site.openSandbox({ playTo: 1 });
  const [key] = keysOf(id);
  const sandbox = site.sandboxes.find(id)!;
  sandbox.trace.events.length = 20_000;
  const answers = [
    await site.post(`/api/sandboxes/${id}/steps`, { upTo: 2 }),
    await site.post(`/api/sandboxes/${id}/actions`, { do: 'jump-time', ms: 3_600_000 }),
    await site.post(`/api/sandboxes/${id}/actions`, { do: 'delete-key', key }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([409, 409, 409]);
  for (const { json } of answers) expect(json.error).toMatchObject({ code: 'trace-full' });
  expect(sandbox.played).toBe(1);
  expect(sandbox.now()).toBeLessThan(3_600_000);
});

describe('what a failure is decides what is said of it:', () => {
  const request = {
    do: 'request',
    actor: 'mallory',
    method: 'POST',
    url: '/basket',
    headers: [['Content-Type', 'application/json']],
  };

  test.each([3000, 3990, 3999])('a body of %i nested lists is carried out like any other', async (depth) => {
    const { id } = await site.openSandbox();
    const body = `${'['.repeat(depth)}${']'.repeat(depth)}`;
    const { status, json } = await site.post(`/api/sandboxes/${id}/actions`, {
      ...request,
      origin: 'https://shop.example',
      body,
    });
    expect([status, json.error]).toEqual([200, undefined]);
    const saved = await site.get(`/api/sandboxes/${id}/scenario`);
    expect(saved.json.error.message).not.toMatch(/Redis|call stack/);
    expect(site.logged.splice(0)).toEqual([]);
  });

  test('a sandbox that ends while an action waits for its turn is unknown, not without Redis', async () => {
    site = await openSite({ scenarios: [scenarioOf(({ world }) => world.letPass(60_000))] });
    const { id } = await site.openSandbox({ scenario: 'made-up', pace: 'real' });
    const step = site.post(`/api/sandboxes/${id}/steps`, { upTo: 1 });
    await eventually(() => expect(site.trace(id).events.at(-1)).toMatchObject({ type: 'wait' }));
    const action = site.post(`/api/sandboxes/${id}/actions`, { do: 'redis', line: 'SET a b' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    await site.delete(`/api/sandboxes/${id}`);
    const { status, json } = await action;
    expect([status, json.error]).toEqual([
      404,
      { code: 'unknown-sandbox', message: expect.stringContaining('The page closed it.') },
    ]);
    await step;
  });
});

test('an idle sandbox is removed', async () => {
  site = await openSite({ idle: 50 });
  const { id } = await site.openSandbox({ playTo: 1 });
  await vi.waitFor(() => expect(site.sandboxes.size).toBe(0), { timeout: 5000 });
  const { status, json } = await site.post(`/api/sandboxes/${id}/steps`, { upTo: 2 });
  expect(status).toBe(404);
  expect(json.error).toMatchObject({ code: 'unknown-sandbox', message: expect.stringContaining('idle for too long') });
});
