import { beforeAll, describe, expect, test } from 'vitest';
import { playedScenario } from '../../testing/playedScenario.ts';
import {
  cookie,
  header,
  jar,
  keyRemoved,
  keySet,
  recorded,
  type Sketch,
  type SketchOf,
  stepEnded,
  stepStarted,
  traceOf,
} from '../../testing/trace.ts';
import type { Fault } from './faults.ts';
import { foldAll } from './fold.ts';
import { actorsIn, labelOf, learner } from './identity.ts';
import { read, type View } from './read.ts';
import type { Header, Trace } from './trace.ts';
import { emptyView } from './view.ts';

const request = (id: number, actor = 'alice'): SketchOf<'request'> => ({
  ...{ type: 'request', id, actor, method: 'GET', url: '/' },
  ...{ headers: [], forwarded: [], body: null, note: null, cookies: [] },
});
const response = (id: number, status = 200): SketchOf<'response'> => ({
  ...{ type: 'response', request: id, status, statusText: '' },
  ...{ headers: [], body: '', ms: 1, by: 'app', cookies: [] },
});
const command = (id: number, request: number | null, name = 'get'): SketchOf<'command'> => ({
  ...{ type: 'command', id, request, name },
  ...{ args: [], reply: 'OK', error: null, ms: 1 },
});
const ask = (step: number, holds: boolean) =>
  ({ type: 'ask', step, expected: 'yes', actual: holds ? 'yes' : 'no', holds }) as const;

test('before the first event, every step is ahead and every jar is empty', () => {
  const view = read(traceOf(stepStarted(0)), 0);
  expect(view).toEqual(emptyView(header));
  expect(view.steps.map(({ state }) => state)).toEqual(['ahead', 'ahead', 'ahead']);
  expect(view).toMatchObject({ position: 0, at: 0, step: null, running: false, keys: [], exchanges: [] });
});

test('the learner is an actor once they joined, with the cookies that are known', () => {
  const sid = cookie({ name: 'sid' });
  const trace = traceOf(stepStarted(0), { type: 'joined', step: null, actor: learner }, jar('you', sid));
  expect(read(trace, 1).actors.map(({ outline }) => outline.name)).toEqual(['alice', 'mallory']);
  expect(read(trace, 2).actors.at(-1)).toEqual({ outline: learner, cookies: [] });
  expect(
    read(trace)
      .actors.at(-1)
      ?.cookies.map(({ cookie }) => cookie),
  ).toEqual([recorded({ name: 'sid' })]);
  expect(actorsIn(trace.header, trace.events).map(({ label }) => label)).toEqual(['Alice', 'Mallory', 'You']);
  expect(actorsIn(trace.header, [])).toEqual(trace.header.scenario.actors);
  expect(['alice', 'you', 'nobody'].map((name) => labelOf(trace.header, name))).toEqual(['Alice', 'You', 'nobody']);
});

describe('a step', () => {
  const after = (...events: Sketch[]) => {
    const { step, running, steps } = read(traceOf(...events));
    return [step, running, ...steps.map(({ state }) => state)];
  };

  test.each<[what: string, events: Sketch[], shown: unknown[]]>([
    ['runs from its start', [stepStarted(0)], [0, true, 'running', 'ahead', 'ahead']],
    ['is played at its end, and looked at on', [stepStarted(0), stepEnded(0)], [0, false, 'played', 'ahead', 'ahead']],
    ['follows another', [stepStarted(0), stepEnded(0), stepStarted(1)], [1, true, 'played', 'running', 'ahead']],
    ['can fail', [stepStarted(0), stepEnded(0, 'no answer')], [0, false, 'failed', 'ahead', 'ahead']],
    ['that failed without a word failed', [stepStarted(0), stepEnded(0, '')], [0, false, 'failed', 'ahead', 'ahead']],
    [
      'whose ask does not hold was played',
      [stepStarted(0), ask(0, false), stepEnded(0)],
      [0, false, 'played', 'ahead', 'ahead'],
    ],
  ])('%s', (_, events, shown) => {
    expect(after(...events)).toEqual(shown);
  });

  test('shows how long it took, why it failed and what its ask found', () => {
    const { steps } = read(traceOf(stepStarted(0), ask(0, true), stepEnded(0), stepStarted(1), stepEnded(1, 'broken')));
    expect(steps[0]).toMatchObject({ ms: 5, error: null, ask: { expected: 'yes', actual: 'yes', holds: true } });
    expect(steps[1]).toMatchObject({ ms: 5, error: 'broken', ask: null });
  });
});

describe('an exchange', () => {
  test('has its request, response, commands and the keys that they changed', () => {
    const [set, expire] = [command(1, 1, 'set'), command(2, 1, 'expire')];
    const key = keySet('sess:a', '1', { by: 'command', command: 1 });
    const { exchanges } = read(traceOf(stepStarted(0), request(1), set, key, expire, response(1)));
    expect(exchanges).toEqual([
      {
        request: expect.objectContaining(request(1)),
        response: expect.objectContaining(response(1)),
        failure: null,
        stream: null,
        commands: [expect.objectContaining(set), expect.objectContaining(expire)],
        keys: [expect.objectContaining(key)],
      },
    ]);
  });

  test('keeps its own events apart from those of a concurrent exchange', () => {
    const { exchanges } = read(
      traceOf(
        request(1),
        request(2, 'mallory'),
        command(1, 2),
        command(2, 1),
        keySet('a', '1', { by: 'command', command: 2 }),
        response(2, 401),
        response(1, 200),
      ),
    );
    const own = exchanges.map(({ response, commands, keys }) => [response?.status, commands[0]?.id, keys.length]);
    expect(own).toEqual([
      [200, 2, 1],
      [401, 1, 0],
    ]);
  });

  test('without a response has a failure', () => {
    const failed = { type: 'request-failed', request: 1, why: 'refused', ms: 1 } as const;
    expect(read(traceOf(request(1), failed)).exchanges[0]).toMatchObject({
      response: null,
      failure: { why: 'refused' },
    });
  });

  test('with a response that stays open has what came in it, and how it ended', () => {
    const message = { type: 'stream-message', request: 1, actor: 'alice', name: 'order_placed', data: '{}' } as const;
    const opened = { ...response(1, 200), headers: [['Content-Type', 'text/event-stream; charset=utf-8']] as Header[] };
    const ended = { type: 'stream-ended', request: 1, actor: 'alice', how: 'ended', ms: 9 } as const;
    const streamAfter = (...events: Sketch[]) => read(traceOf(request(1), ...events)).exchanges[0]!.stream;
    expect(streamAfter(response(1, 200))).toBeNull();
    expect(streamAfter(opened)).toEqual({ messages: [], ended: null });
    expect(streamAfter(opened, message, ended)).toMatchObject({
      messages: [{ name: 'order_placed' }],
      ended: { how: 'ended' },
    });
  });

  test('does not contain what no request caused', () => {
    const events = [
      request(1),
      command(1, null),
      keySet('a', '1', { by: 'command', command: 1 }),
      keyRemoved('a', 'deleted'),
    ];
    const { exchanges, keys } = read(traceOf(...events));
    expect(exchanges[0]).toMatchObject({ commands: [], keys: [] });
    expect(keys).toHaveLength(1);
  });
});

describe('the view as a whole', () => {
  test('sums up the time that was jumped, not the time that was waited', () => {
    const passed = (ms: number, how: 'jumped' | 'waited') => ({ type: 'time', ms, how }) as const;
    expect(read(traceOf(passed(1000, 'jumped'), passed(70, 'waited'), passed(500, 'jumped'))).jumped).toBe(1500);
  });

  test('shows why Redis cannot be reached, until it is back', () => {
    const trace = traceOf(
      { type: 'store', status: 'lost', why: 'gone' },
      { type: 'store', status: 'back', why: 'Redis answers again.' },
    );
    expect([0, 1, 2].map((position) => read(trace, position).storeLost)).toEqual([null, 'gone', null]);
  });

  test('shows why the sandbox ended', () => {
    expect(read(traceOf({ type: 'ended', why: 'nobody came' })).ended).toBe('nobody came');
  });

  test('has the time of the last event', () => {
    expect(read(traceOf({ ...stepStarted(0), at: 12.5 }, { ...stepEnded(0), at: 99 })).at).toBe(99);
  });

  test('only lists events whose effects have events of their own', () => {
    const deed = { actor: 'mallory', victim: 'alice', name: 'sid', value: 'v' };
    const before = read(traceOf(request(1)));
    const after = read(
      traceOf(
        request(1),
        { type: 'manual-action', action: { do: 'jump-time', ms: 5 } },
        { type: 'cookie-planted', ...deed },
        { type: 'cookie-copied', ...deed },
        { type: 'script', actor: 'alice', origin: 'https://shop.example', wrote: null, result: '' },
        { type: 'mail', request: 1, to: 'alice@shop.example', subject: 'Welcome' },
        { type: 'audit', request: 1, name: 'session_created', userId: 1 },
        { type: 'fault', fault: { is: 'slow', command: null, ms: 5 } },
      ),
    );
    const listed = {
      mails: [expect.objectContaining({ subject: 'Welcome' })],
      scripts: [expect.objectContaining({ type: 'script' })],
      audits: [expect.objectContaining({ name: 'session_created' })],
      faults: [expect.objectContaining({ type: 'fault' })],
      byHand: true,
    };
    expect(after).toEqual({ ...before, ...listed, position: 8, at: 8 });
  });

  test.each<[Fault, Fault]>([
    [{ is: 'disconnected', command: null }, { is: 'connected-again' }],
    [{ is: 'frozen', what: 'server' }, { is: 'thawed' }],
    [{ is: 'crashed' }, { is: 'started-empty' }],
    [{ is: 'held', command: null }, { is: 'released' }],
  ])('is cut off from Redis by %o, until %o', (begins, ends) => {
    const cutOff = (...faults: Fault[]) =>
      read(traceOf(...faults.map((fault) => ({ type: 'fault', fault }) as const))).cutOff;
    expect(cutOff(begins)).toBe(true);
    expect(cutOff(begins, { is: 'slow', command: 'get', ms: 5 })).toBe(true);
    expect(cutOff(begins, ends)).toBe(false);
    expect(cutOff({ is: 'disconnected', command: 'set' })).toBe(false);
  });

  test('has the pages that a Back button showed, and the last restart', () => {
    const shown = {
      type: 'page-shown',
      actor: 'alice',
      url: 'https://shop.example/me',
      status: 200,
      body: '',
    } as const;
    const view = read(traceOf({ type: 'restart', change: '' }, shown, { type: 'restart', change: '' }));
    expect(view).toMatchObject({ pagesShown: [shown], restarted: 2 });
  });
});

describe('a recorded trace', () => {
  let traces: Trace[];
  beforeAll(async () => {
    traces = await Promise.all(
      ['idle-timeout', 'forced-logout-one-device'].map((slug) => playedScenario(slug, 'protected')),
    );
  });

  test('gives the same view whether folded event by event or at once', () => {
    for (const trace of traces) {
      expect(trace.events.length).toBeGreaterThan(40);
      let view = emptyView(trace.header);
      for (const [index, event] of trace.events.entries()) {
        view = foldAll(view, [event]);
        expect(view).toEqual(read(trace, index + 1));
      }
      expect(view).toEqual(read(trace));
      expect(view.steps.every(({ state, ask }) => state === 'played' && ask?.holds !== false)).toBe(true);
    }
  });

  test('is not modified by reading it, and neither is any view', () => {
    for (const trace of traces) {
      deepFreeze(trace);
      let view: View = deepFreeze(emptyView(trace.header));
      for (const event of trace.events) view = deepFreeze(foldAll(view, [event]));
    }
  });

  test('survives JSON', () => {
    for (const trace of traces) expect(read(JSON.parse(JSON.stringify(trace)))).toEqual(read(trace));
  });
});

function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) deepFreeze(inner);
  }
  return value;
}

describe('a trace of twenty thousand events', () => {
  const many = 20_000;
  /** One view has all of them, so a reader that goes through it for each event would take minutes. */
  const longest = 2000;

  const listOf = (sketch: (index: number) => Sketch) => Array.from({ length: many }, (_, index) => sketch(index));
  const set = (name: string): SketchOf<'key'> => ({
    ...{ type: 'key', key: `${header.namespace}${name}`, change: 'set', expiresAt: null, cause: { by: 'outside' } },
    value: { type: 'string', data: '{"cookie":{"expires":"2030-01-01T00:00:00.000Z"}}' },
  });
  const jump: Sketch = { type: 'time', ms: 1000, how: 'jumped' };
  const join = (name: string): Sketch => ({ type: 'joined', actor: { name, label: 'A', role: 'victim' } });

  test.each<[what: string, events: Sketch[]]>([
    ['keys', listOf((index) => set(`sess:${(index * 7919) % many}`))],
    ['keys and jumps', listOf((index) => (index % 2 ? jump : set(`sess:${index}`)))],
    ['actors', listOf((index) => join(`a${index}`))],
    ['requests', listOf((index) => (index % 2 ? response((index + 1) / 2) : request(index / 2 + 1)))],
    ['commands of one request', listOf((index) => (index === 0 ? request(1) : command(index, 1)))],
  ])('is read at once: %s', (_, events) => {
    const trace = traceOf(...events);
    const started = performance.now();
    expect(read(trace).position).toBe(many);
    expect(performance.now() - started).toBeLessThan(longest);
  });
});
