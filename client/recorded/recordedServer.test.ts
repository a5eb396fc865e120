import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { SandboxChoice } from '../../scenarios/engine/api.ts';
import { read } from '../../scenarios/engine/read.ts';
import { catalogueName, dataScript, type Recording, variable } from '../../scenarios/engine/recording.ts';
import type { Trace, TraceEvent } from '../../scenarios/engine/trace.ts';
import idleTimeout from '../../scenarios/idle-timeout.ts';
import fixation from '../../scenarios/session-fixation.ts';
import { record } from '../../scripts/demo/record.ts';
import { createRedisSwitch, type RedisSwitch } from '../../server/redis/switch.ts';
import { closeSites, openSite } from '../../testing/site.ts';
import { createClock } from '../player/clock.ts';
import { createPlayer } from '../player/player.ts';
import { createPlayers } from '../player/players.ts';
import { type Api, createApi, eventsAddress } from '../player/serverApi.ts';
import { canAct, stepsPlayed } from '../player/state.ts';
import type { Follow } from '../player/stream.ts';
import { createLibrary } from './library.ts';
import { createRecordedServer } from './recordedServer.ts';

let redis: RedisSwitch;
let recordings: Awaited<ReturnType<typeof record>>;
let runs: Map<string, Recording>;
let apis: { server: Api; recordings: Api };
let follow: Follow;
/** The scripts that were loaded. */
let loaded: string[];

beforeAll(async () => {
  // Port 1: nothing listens there, and an empty PATH has no redis-server.
  redis = createRedisSwitch({ localPort: 1, path: '' });
  const [site] = await Promise.all([
    openSite(),
    record([fixation, idleTimeout], redis).then((recorded) => {
      recordings = recorded;
      runs = new Map(recorded.runs);
    }),
  ]);
  const server = createApi((path, init) => fetch(`http://127.0.0.1:${site.port}${path}`, init));
  apis = { server, recordings: server };
});
afterAll(async () => {
  await closeSites();
  await redis.close();
});

beforeEach(() => {
  loaded = [];
  const page: Record<string, Record<string, unknown>> = {};
  const library = createLibrary(page, async (address) => {
    loaded.push(address);
    const name = /^recordings\/(.*)\.js$/.exec(address)![1]!;
    const data = runs.get(name);
    if (!data) throw new Error('There is no such file.');
    new Function('self', dataScript(name, data))(page);
  });
  const recorded = createRecordedServer(recordings.catalogue, library);
  apis.recordings = recorded.api;
  follow = recorded.follow;
});

const choice: SandboxChoice = { scenario: 'session-fixation', variant: 'vulnerable', store: 'mock', pace: 'jump' };
const answers = (trace: Trace) => read(trace).steps.flatMap(({ ask }) => (ask ? [ask.actual] : []));

describe.each(['server', 'recordings'] as const)('with %s behind the page', (behind) => {
  let api: Api;
  beforeEach(() => {
    api = apis[behind];
  });
  const traceOf = async (id: string) => (await api.trace(id)).trace;

  test('a run opens with its first steps played, and each step is played once', async () => {
    const { id, header } = await api.openSandbox(choice, 2);
    expect(header).toMatchObject({
      variant: 'vulnerable',
      store: 'mock',
      pace: 'jump',
      scenario: { slug: fixation.slug },
    });
    expect(read(await traceOf(id)).step).toBe(1);
    expect(await api.play(id, 3)).toMatchObject({ played: 3 });
    expect(await api.play(id, 1)).toMatchObject({ played: 3 });
    expect(read(await traceOf(id))).toMatchObject({ step: 2, running: false });
    expect(await api.play(id, 5)).toMatchObject({ played: 5 });
    expect(answers(await traceOf(id))).toEqual(fixation.steps.flatMap(({ ask }) => (ask ? [ask.vulnerable] : [])));
  });

  test('nothing has happened in a run without steps, and its steps are in the catalogue', async () => {
    const { id, header } = await api.openSandbox(choice, 0);
    expect(stepsPlayed((await traceOf(id)).events)).toBe(0);
    const { scenarios } = await api.catalogue();
    expect(scenarios).toContainEqual(header.scenario);
  });

  test('both variants are open at once, and two runs of one are apart', async () => {
    const [one, two, fixed] = await Promise.all([
      api.openSandbox(choice, 1),
      api.openSandbox(choice, 1),
      api.openSandbox({ ...choice, variant: 'protected' }, 5),
    ]);
    expect(new Set([one.id, two.id, fixed.id]).size).toBe(3);
    await api.play(one.id, 4);
    expect(stepsPlayed((await traceOf(two.id)).events)).toBe(1);
    expect(answers(await traceOf(fixed.id))).toEqual(fixation.steps.flatMap(({ ask }) => (ask ? [ask.protected] : [])));
  });

  test('a repair is a run of its own', async () => {
    const repair = fixation.repairs!.decoys[0].file;
    const { id, header } = await api.openSandbox({ ...choice, variant: 'protected', repair }, 5);
    expect(header).toMatchObject({ variant: 'protected', repair });
    expect(answers(await traceOf(id))).not.toEqual(fixation.steps.flatMap(({ ask }) => (ask ? [ask.protected] : [])));
  });

  test('what does not exist is refused', async () => {
    const { id } = await api.openSandbox(choice, 0);
    await expect(api.openSandbox({ ...choice, scenario: 'none' }, 0)).rejects.toMatchObject({
      code: 'unknown-scenario',
    });
    const repaired = { ...choice, variant: 'protected', repair: 'none' } as const;
    await expect(api.openSandbox(repaired, 0)).rejects.toMatchObject({ code: 'bad-request' });
    await expect(api.openSandbox(choice, 6)).rejects.toMatchObject({ code: 'bad-request' });
    await expect(api.play(id, 6)).rejects.toMatchObject({ code: 'bad-request' });
    await expect(api.play('none', 1)).rejects.toMatchObject({ code: 'unknown-sandbox' });
    await api.endSandbox(id);
    await expect(api.play(id, 1)).rejects.toMatchObject({ code: 'unknown-sandbox' });
    await expect(api.trace(id)).rejects.toMatchObject({ code: 'unknown-sandbox' });
  });

  test('the run of the first page is the vulnerable session fixation', async () => {
    const { trace } = await api.recordedRun();
    expect(trace.header).toMatchObject({ scenario: { slug: fixation.slug }, variant: 'vulnerable' });
    expect(trace.events.some(({ type }) => type === 'ended')).toBe(false);
  });
});

describe('a recording', () => {
  test('is loaded when it is opened, and once', async () => {
    await apis.recordings.catalogue();
    expect(loaded).toEqual([]);
    await apis.recordings.openSandbox(choice, 0);
    await apis.recordings.openSandbox(choice, 3);
    expect(loaded).toEqual(['recordings/session-fixation.vulnerable.js']);
  });

  test('sends the events of the steps that are played, with the time at which they were recorded', async () => {
    const { id } = await apis.recordings.openSandbox(choice, 1);
    const heard: TraceEvent[] = [];
    const times: (number | null)[] = [];
    const listener = {
      receive: (events: TraceEvent[], now: number | null) => {
        heard.push(...events);
        times.push(now);
      },
      lost: () => expect.unreachable(),
      notFound: () => expect.unreachable(),
      died: () => expect.unreachable(),
    };
    const stop = follow(eventsAddress(id), listener);
    await expect.poll(() => stepsPlayed(heard)).toBe(1);
    await apis.recordings.play(id, 3);
    const { trace } = await apis.recordings.trace(id);
    expect(heard).toEqual(trace.events);
    expect(times.at(-1)).toBe(trace.events.at(-1)!.at);
    stop();
    await apis.recordings.play(id, 5);
    expect(stepsPlayed(heard)).toBe(3);
  });

  test('of nothing is not found', async () => {
    const found = new Promise((resolve) =>
      follow(eventsAddress('none'), {
        receive: () => resolve('found'),
        lost() {},
        notFound: () => resolve('not found'),
        died: () => expect.unreachable(),
      }),
    );
    expect(await found).toBe('not found');
  });

  test('that cannot be loaded is refused with the name of its file, and loaded at the next try', async () => {
    const name = 'session-fixation.vulnerable';
    const recording = runs.get(name)!;
    runs.delete(name);
    await expect(apis.recordings.openSandbox(choice, 0)).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining(`recordings/${name}.js`),
    });
    runs.set(name, recording);
    expect((await apis.recordings.openSandbox(choice, 0)).header.variant).toBe('vulnerable');
  });

  test('is played by the player, both variants in lockstep, and nothing in it can be changed', async () => {
    const newPlayer = () => createPlayer({ api: apis.recordings, follow, clock: createClock(() => 0) });
    const players = createPlayers(newPlayer(), newPlayer());
    const both = players.choose('both');
    await both.open(choice, 2);
    await both.next();
    expect([both.store.getState().status, stepsPlayed(both.store.getState().events)]).toEqual(['ready', 3]);
    await both.runToEnd();
    expect(stepsPlayed(both.store.getState().events)).toBe(5);
    expect(canAct(both.store.getState())).toBe(false);
    expect(await both.act({ do: 'jump-time', ms: 1000 })).toBe(null);
    expect(both.store.getState().refusal).toMatch(/recording/);
    const repaired = await both.playThrough(fixation.repairs!.decoys[0].file);
    expect(stepsPlayed(repaired!.events)).toBe(5);
    players.close();
  });
});

describe('the data', () => {
  test('of a scenario is in the catalogue only', () => {
    expect(recordings.runs.size).toBe(8);
    for (const { header } of recordings.runs.values()) expect(header).not.toHaveProperty('scenario');
  });

  test('of what needs a real Redis is missing where there is none, and the page says so', async () => {
    const { default: eviction } = await import('../../scenarios/eviction-logs-everyone-out.ts');
    const { catalogue, runs } = await record([eviction], redis);
    expect([Object.keys(catalogue.missing), runs.size, catalogue.scenarios.length]).toEqual([[eviction.slug], 0, 1]);
    const { api } = createRecordedServer(
      catalogue,
      createLibrary({}, async () => {}),
    );
    const opened = api.openSandbox({ ...choice, scenario: eviction.slug, store: 'real' }, 0);
    await expect(opened).rejects.toThrow('not recorded');
  });

  test('may contain what would end a script in a document', () => {
    const catalogue = { ...recordings.catalogue, missing: { a: '</script><!-- \u2028 `' } };
    const text = dataScript(catalogueName, catalogue);
    expect(text).not.toMatch(/<\/|<!/);
    const page: Record<string, Record<string, unknown>> = {};
    new Function('self', text)(page);
    expect(page[variable]![catalogueName]).toEqual(catalogue);
  });
});
