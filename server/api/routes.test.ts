import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { scenarios } from '../../scenarios/index.ts';
import { startTestServer, type TestServer } from '../../testing/redisServer.ts';
import { closeSites, openSite, type Site, scenarioOf } from '../../testing/site.ts';

let site: Site;
beforeEach(async () => {
  site = await openSite();
});
afterEach(closeSites);

const stepsOf = (id: string) => site.trace(id).events.filter(({ type }) => type === 'step-ended').length;
const keysOf = (id: string) =>
  site.trace(id).events.flatMap((event) => (event.type === 'key' && event.value ? [event.key] : []));

describe('the catalogue', () => {
  test('has every scenario in reading order, with its steps and its times in words', async () => {
    const { status, json } = await site.get('/api/catalogue');
    expect(status).toBe(200);
    expect(json.scenarios.map(({ slug }: { slug: string }) => slug)).toEqual(scenarios.map(({ slug }) => slug));
    expect(JSON.stringify(json)).not.toMatch(/(?<!\$)\{\w+\}/);
  });
});

describe('the status of Redis', () => {
  test('says why there is no real one, and how to get one', async () => {
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

    test('says where it is, never the password', async () => {
      site = await openSite({ redisUrl: server.url });
      const { json, text } = await site.get('/api/redis');
      expect(json.real).toMatchObject({ available: true, address: `127.0.0.1:${server.port}`, source: 'REDIS_URL' });
      const made = await site.made({ store: 'real', playTo: 3 });
      expect(made.header.address).toBe(`127.0.0.1:${server.port}`);
      expect(text + JSON.stringify(site.trace(made.id))).not.toContain('hunter2');
    });
  });
});

describe('making a sandbox', () => {
  test('answers 201 with its id and the header of its trace', async () => {
    const { id, header } = await site.made({ variant: 'protected' });
    expect(header).toMatchObject({ sandbox: id, variant: 'protected', store: 'mock', pace: 'jump' });
    expect(header.scenario.slug).toBe('session-fixation');
    expect(site.trace(id).events).toEqual([]);
  });

  test('can play to a step before it answers', async () => {
    const { id } = await site.made({ playTo: 3 });
    expect(stepsOf(id)).toBe(3);
  });

  test('on a real Redis, where there is none, is answered 503 with the reason', async () => {
    const { status, json } = await site.post('/api/sandboxes', {
      scenario: 'session-fixation',
      variant: 'vulnerable',
      store: 'real',
    });
    expect(status).toBe(503);
    expect(json.error).toMatchObject({ code: 'redis-unavailable', message: expect.stringMatching(/\.$/) });
    expect(site.sandboxes.size).toBe(0);
  });

  test('on the mock, of a scenario that needs a real Redis, is answered 409 with the reason', async () => {
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

  test('is refused with 429 when there are too many, and possible again when one is gone', async () => {
    site = await openSite({ limit: 2 });
    const choice = { scenario: 'session-fixation', variant: 'vulnerable', store: 'mock' };
    const answers = await Promise.all(Array.from({ length: 4 }, () => site.post('/api/sandboxes', choice)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 429, 429]);
    const refused = answers.find(({ status }) => status === 429)!;
    expect(refused.json.error).toMatchObject({ code: 'too-many', message: expect.stringContaining('2 sandboxes') });

    const made = answers.find(({ status }) => status === 201)!;
    await site.delete(`/api/sandboxes/${made.json.id}`);
    expect((await site.post('/api/sandboxes', choice)).status).toBe(201);
  });
});

describe('playing steps', () => {
  test('plays up to the step that was asked for', async () => {
    const { id } = await site.made();
    expect(await site.post(`/api/sandboxes/${id}/steps`, { upTo: 2 })).toMatchObject({
      status: 200,
      json: { played: 2 },
    });
    expect(stepsOf(id)).toBe(2);
  });

  test('plays one step for a double click', async () => {
    const { id } = await site.made();
    const click = () => site.post(`/api/sandboxes/${id}/steps`, { upTo: 1 });
    const answers = await Promise.all([click(), click()]);
    expect(answers.map(({ json }) => json)).toEqual([{ played: 1 }, { played: 1 }]);
    expect(stepsOf(id)).toBe(1);
  });

  test('plays nothing for a step that was played before', async () => {
    const { id } = await site.made({ playTo: 3 });
    const before = site.trace(id);
    expect((await site.post(`/api/sandboxes/${id}/steps`, { upTo: 1 })).json).toEqual({ played: 3 });
    expect(site.trace(id)).toEqual(before);
  });

  test('of many sandboxes at once keeps each to itself', async () => {
    const made = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        site.made({ variant: index % 2 ? 'protected' : 'vulnerable', playTo: 5 }),
      ),
    );
    for (const [index, { id, header }] of made.entries()) {
      const { events } = site.trace(id);
      const asks = events.filter((event) => event.type === 'ask');
      expect(asks).toHaveLength(4);
      expect(asks.every(({ holds }) => holds)).toBe(true);
      expect(asks[2]!.actual).toBe(index % 2 ? 'nobody' : 'alice@shop.example');
      expect(keysOf(id).every((key) => key.startsWith(header.namespace))).toBe(true);
    }
  });

  test('in real time waits, and a jump in time meanwhile takes its share of the wait', async () => {
    site = await openSite({ scenarios: [scenarioOf(({ world }) => world.letPass(60_000))] });
    const { id } = await site.made({ scenario: 'made-up', pace: 'real' });
    const step = site.post(`/api/sandboxes/${id}/steps`, { upTo: 1 });
    await vi.waitFor(() => expect(site.trace(id).events).toMatchObject([{ type: 'step-started' }, { type: 'wait' }]));
    const { json } = await site.post(`/api/sandboxes/${id}/actions`, { do: 'jump-time', ms: 60_000 });
    expect(json.now).toBeGreaterThanOrEqual(60_000);
    expect((await step).json).toEqual({ played: 1 });
  });
});

describe('letting time pass by hand', () => {
  test('makes everything older, and answers with the time it is then', async () => {
    const { id } = await site.made({ playTo: 1 });
    const day = 24 * 3_600_000;
    const { status, json } = await site.post(`/api/sandboxes/${id}/actions`, { do: 'jump-time', ms: day });
    expect(status).toBe(200);
    expect(json.now).toBeGreaterThanOrEqual(day);
    expect(site.trace(id).events).toContainEqual(expect.objectContaining({ type: 'key', change: 'expired' }));
  });
});

describe('deleting a key by hand', () => {
  test('answers 200, and the trace tells of it', async () => {
    const { id } = await site.made({ playTo: 1 });
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
    const { id } = await site.made({ playTo: 1 });
    const [key] = keysOf(id);
    const deletion = () => site.post(`/api/sandboxes/${id}/actions`, { do: 'delete-key', key });
    expect([(await deletion()).status, (await deletion()).status]).toEqual([200, 404]);
  });
});

describe('free play', () => {
  const request = { do: 'request', actor: 'mallory', method: 'GET', url: '/me', headers: [], body: null };

  test('has to offer what the app really has', async () => {
    const { id, header } = await site.made({ scenario: 'subdomain-cookie-tossing', playTo: 1 });
    const { status, json } = await site.get(`/api/sandboxes/${id}/play`);
    expect(status).toBe(200);
    expect(json.actors).toEqual(header.scenario.actors);
    expect(json.routes).toContainEqual({ method: 'POST', path: '/admin/users/:id/disable' });
    expect(json.routes).toContainEqual({ method: 'GET', path: '/session/left' });
    expect(json.hosts.slice(0, 2)).toEqual(['https://shop.example', 'http://shop.example']);
    expect(json.origins).toEqual(expect.arrayContaining([...json.hosts, 'https://evil.example']));
    expect(json.session.code).toContain("secret: '••••••'");
  });

  test('answers to a line of the console, and says how much is recorded', async () => {
    const { id } = await site.made({ playTo: 1 });
    const { json } = await site.post(`/api/sandboxes/${id}/actions`, { do: 'redis', line: 'exists none' });
    expect(json).toEqual({ now: expect.any(Number), reply: '(integer) 0', recorded: site.trace(id).events.length });
  });

  test('becomes a scenario, made of what was measured in both apps, and leaves nothing behind', async () => {
    const { id } = await site.made({ playTo: 3 });
    await site.post(`/api/sandboxes/${id}/actions`, { ...request, origin: null });
    const { status, json } = await site.get(`/api/sandboxes/${id}/scenario`);
    expect(status).toBe(200);
    expect(json.name).toBe('session-fixation-by-hand.ts');
    expect(json.text).toMatch(/vulnerable: 200,\s+protected: 401,/);
    expect(site.sandboxes.size).toBe(1);
  });

  test('that proves nothing is answered 409 with the reason', async () => {
    const { id } = await site.made();
    await site.post(`/api/sandboxes/${id}/actions`, { ...request, origin: null });
    const { status, json } = await site.get(`/api/sandboxes/${id}/scenario`);
    expect(status).toBe(409);
    expect(json.error).toMatchObject({ code: 'no-scenario', message: expect.stringContaining('answer alike') });
  });
});

describe('deleting a sandbox', () => {
  test('answers 204 once, and it is unknown from then on', async () => {
    const { id } = await site.made({ playTo: 1 });
    const answers = await Promise.all([1, 2].map(() => site.delete(`/api/sandboxes/${id}`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 404]);
    expect(site.sandboxes.size).toBe(0);
  });

  test('ends a step that waits', async () => {
    site = await openSite({ scenarios: [scenarioOf(({ world }) => world.letPass(60_000))] });
    const { id } = await site.made({ scenario: 'made-up', pace: 'real' });
    const step = site.post(`/api/sandboxes/${id}/steps`, { upTo: 1 });
    await vi.waitFor(() => expect(site.trace(id).events.at(-1)).toMatchObject({ type: 'wait' }));
    expect((await site.delete(`/api/sandboxes/${id}`)).status).toBe(204);
    expect((await step).status).toBe(200);
  });
});

test('in a sandbox whose trace is full nothing happens any more, because nobody would see it', async () => {
  const { id } = await site.made({ playTo: 1 });
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

test('a sandbox that nobody uses is removed', async () => {
  site = await openSite({ idle: 50 });
  const { id } = await site.made({ playTo: 1 });
  await vi.waitFor(() => expect(site.sandboxes.size).toBe(0), { timeout: 5000 });
  const { status, json } = await site.post(`/api/sandboxes/${id}/steps`, { upTo: 2 });
  expect(status).toBe(404);
  expect(json.error).toMatchObject({ code: 'unknown-sandbox', message: expect.stringContaining('idle for too long') });
});
