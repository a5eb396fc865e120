import { beforeEach, describe, expect, test } from 'vitest';
import type { SandboxChoice } from '../../scenarios/engine/api.ts';
import { SandboxError } from '../../scenarios/engine/errors.ts';
import type { TraceEvent } from '../../scenarios/engine/trace.ts';
import { createFixtureServer, type FixtureServer } from '../../testing/fakeServer.ts';
import { createClock } from './clock.ts';
import { createPlayer, type Player, translateAction } from './player.ts';
import { eventsAddress } from './serverApi.ts';
import { beginning, choiceOf, type PlayerState, selectedExchange, viewOf } from './state.ts';

const fixation: SandboxChoice = { scenario: 'session-fixation', variant: 'vulnerable', store: 'mock', pace: 'jump' };

let server: FixtureServer;
let player: Player;
let real: number;

beforeEach(async () => {
  server = createFixtureServer();
  real = 0;
  player = createPlayer({ ...server, clock: createClock(() => real) });
  await player.open(fixation);
});

const state = (): PlayerState => player.store.getState();
const view = () => viewOf(state())!;
/** The current step, counted from 1; 0 before the first. */
const at = () => (view().step ?? -1) + 1;

describe('stepping', () => {
  test('a scenario starts before its first step', () => {
    expect([state().status, at()]).toEqual(['ready', 0]);
  });

  test('Next plays one step, Previous moves back, and Next moves forward again without playing', async () => {
    await player.next();
    await player.next();
    player.previous();
    expect([at(), state().cursor]).toEqual([1, 1]);
    await player.next();
    expect([at(), state().cursor]).toEqual([2, null]);
    expect(server.asked).toEqual(['open vulnerable mock 0', 'play 1 1', 'play 1 2']);
  });

  test('Next pressed while a step is playing waits for its end, once however often it is pressed', async () => {
    const go = server.hold();
    const first = player.next();
    await player.next();
    await player.next();
    go();
    await first;
    expect(server.asked.filter((what) => what.startsWith('play'))).toEqual(['play 1 1', 'play 1 2']);
  });

  test('Previous takes back a Next that waits', async () => {
    const go = server.hold();
    const first = player.next();
    await player.next();
    player.previous();
    go();
    await first;
    expect(server.asked.filter((what) => what.startsWith('play'))).toEqual(['play 1 1']);
  });

  test('Next pressed while a sandbox is opening plays one step of it', async () => {
    const opening = player.open(fixation);
    await Promise.all([opening, player.next(), player.next()]);
    expect(server.asked.filter((what) => what.startsWith('play'))).toEqual(['play 2 1']);
  });

  test('Next plays nothing after the last step', async () => {
    await player.runToEnd();
    await player.next();
    expect([at(), server.asked.at(-1)]).toEqual([3, 'play 1 3']);
  });

  test('Previous stops before the first step', async () => {
    await player.next();
    player.previous();
    player.previous();
    expect(at()).toBe(0);
  });

  test('Previous does nothing before the first step is played', () => {
    player.previous();
    expect([at(), state().cursor]).toEqual([0, null]);
  });

  test('Previous moves back from a step that is still running', async () => {
    await player.next();
    server.record('1', { type: 'step-started', step: 1 });
    expect(view().running).toBe(true);
    player.previous();
    expect([at(), view().running]).toEqual([1, false]);
  });

  test('an event between two steps belongs to the moment before the later one', async () => {
    await player.next();
    server.record('1', { type: 'manual-action', step: null, action: { do: 'jump-time', ms: 5 } });
    await player.next();
    player.previous();
    expect(view().position).toBe(4);
  });

  test('going to a step plays the steps up to it if they were not played', async () => {
    await player.goToStep(2);
    expect([at(), server.asked.at(-1)]).toEqual([2, 'play 1 2']);
    await player.goToStep(1);
    expect([at(), server.asked.at(-1)]).toEqual([1, 'play 1 2']);
  });

  test('the view shows new events at the end of the trace, but not in the past', async () => {
    await player.next();
    await player.next();
    player.previous();
    const before = view();
    server.record('1', { type: 'store', step: null, status: 'lost', why: 'gone' });
    expect(view()).toBe(before);
    player.goLive();
    expect(view().storeLost).toBe('gone');
  });

  test('events repeated after a lost connection are added once', async () => {
    await player.next();
    const { events } = state();
    server.listeners.get(eventsAddress('1'))!.lost();
    expect(state().connected).toBe(false);
    server.repeat('1');
    expect(state().events).toEqual(events);
    expect(state().connected).toBe(true);
  });
});

describe('the selection', () => {
  test('is the last request of the current step until another one is selected', async () => {
    await player.next();
    await player.next();
    expect(selectedExchange(view(), state().selected)?.request.id).toBe(2);
    player.select(1);
    expect([at(), selectedExchange(view(), state().selected)?.request.id]).toEqual([1, 1]);
    await player.next();
    expect(selectedExchange(view(), state().selected)?.request.id).toBe(2);
  });

  test('stays at the end of the trace if the request belongs to the newest step', async () => {
    await player.next();
    player.select(1);
    expect(state().cursor).toBe(null);
  });
});

describe('another sandbox', () => {
  test('of the other variant is played up to the same step, and the old sandbox is ended', async () => {
    await player.next();
    await player.next();
    await player.switchTo({ variant: 'protected' });
    expect([view().header.variant, at()]).toEqual(['protected', 2]);
    expect(server.asked.slice(-2)).toEqual(['open protected mock 2', 'end 1']);
  });

  test('is played up to the current moment if that is in the past', async () => {
    await player.runToEnd();
    player.previous();
    await player.switchTo({ store: 'real' });
    expect([at(), state().cursor, server.asked.at(-2)]).toEqual([2, null, 'open vulnerable real 2']);
  });

  test('leaves the old one open and shows the reason if it cannot be opened', async () => {
    await player.next();
    server.refuseNext(new SandboxError('redis-unavailable', 'There is no Redis.'));
    await player.switchTo({ store: 'real' });
    expect([state().refusal, at(), choiceOf(state())!.store]).toEqual(['There is no Redis.', 1, 'mock']);
    await player.next();
    expect([state().refusal, at()]).toEqual([null, 2]);
  });

  test('is shown only if it was requested last; earlier ones are ended', async () => {
    await Promise.all([player.switchTo({ variant: 'protected' }), player.switchTo({ store: 'real' })]);
    expect(view().header).toMatchObject({ sandbox: '3', store: 'real' });
    await expect.poll(() => server.asked.toSorted()).toEqual(expect.arrayContaining(['end 1', 'end 2']));
    expect([...server.listeners.keys()]).toEqual([eventsAddress('3')]);
  });

  test('in real time has its steps played in view', async () => {
    await player.next();
    await player.switchTo({ pace: 'real' });
    expect(server.asked.slice(-3)).toEqual(['open vulnerable mock 0', 'end 1', 'play 2 1']);
    expect([view().header.pace, at()]).toEqual(['real', 1]);
  });

  test('after Reset has the same choice and no steps played, and a notice says so', async () => {
    await player.switchTo({ variant: 'protected' });
    await player.next();
    await player.reset();
    expect([at(), view().header.variant]).toEqual([0, 'protected']);
    expect(state().notice).toContain('Reset');
  });

  test('after Reset replaces one that is still playing a step', async () => {
    const go = server.hold();
    const stepping = player.next();
    await player.reset();
    go();
    await stepping;
    expect([view().header.sandbox, at(), state().busy]).toEqual(['2', 0, null]);
  });

  test('that could not be opened can be opened with Reset', async () => {
    server.refuseNext(new SandboxError('too-many', 'Too many sandboxes.'));
    await player.open({ ...fixation, scenario: 'idle-timeout' });
    expect([state().status, state().refusal]).toEqual(['refused', 'Too many sandboxes.']);
    await player.reset();
    expect([state().status, view().header.scenario.slug]).toEqual(['ready', 'idle-timeout']);
  });

  test('is ended and no longer followed when the player is closed', () => {
    player.close();
    expect([server.asked.at(-1), server.listeners.size, state().sandbox]).toEqual(['end 1', 0, null]);
  });
});

describe('a sandbox that the server no longer has', () => {
  const unknown = new SandboxError('unknown-sandbox', 'There is no such sandbox.');

  test('is reported by a refused request, and Reset opens another one', async () => {
    await player.next();
    server.refuseNext(unknown);
    await player.next();
    expect([state().status, at(), state().busy]).toEqual(['ended', 1, null]);
    expect(state().refusal).toContain('no longer has this sandbox');
    await player.reset();
    expect([state().status, state().refusal, at()]).toEqual(['ready', null, 0]);
    expect(server.asked).not.toContain('end 1');
  });

  test('is reported by the event stream', () => {
    server.listeners.get(eventsAddress('1'))!.notFound();
    expect(state().status).toBe('ended');
  });

  test('shows the reason if the server ended it', () => {
    server.record('1', { type: 'ended', step: null, why: 'It was idle for an hour.' });
    expect([state().status, state().refusal]).toEqual(['ended', 'This sandbox has ended. It was idle for an hour.']);
  });

  test('stays ended, with the new reason, if no other one can be opened', async () => {
    server.listeners.get(eventsAddress('1'))!.notFound();
    server.refuseNext(new SandboxError('unreachable', 'The server does not answer.'));
    await player.reset();
    expect([state().status, state().refusal]).toEqual(['ended', 'The server does not answer.']);
  });
});

describe('a sandbox whose process on the server has died', () => {
  const died = () => server.listeners.get(eventsAddress('1'))!.died();

  test('is played again to its step in a fresh one, and a sentence says so', async () => {
    await player.next();
    await player.next();
    died();
    await expect.poll(() => state().sandbox?.id).toBe('2');
    expect([state().status, at(), state().cursor]).toEqual(['ready', 2, null]);
    expect(server.asked.slice(3)).toEqual(['open vulnerable mock 2']);
    expect(state().notice).toBe(
      'The process of the server that had this sandbox has ended. Its steps were played again.',
    );
  });

  test('is shown at the past moment at which the learner was, without what was done by hand', async () => {
    await player.next();
    await player.act({ do: 'jump-time', ms: 5 });
    server.record('1', { type: 'manual-action', step: null, action: { do: 'jump-time', ms: 5 } });
    await player.next();
    player.previous();
    died();
    await expect.poll(() => state().sandbox?.id).toBe('2');
    expect([at(), state().cursor]).toEqual([1, 1]);
    expect(state().notice).toContain('what you did by hand was not');
  });

  test('is played again once, when a refused request and the stream both report it', async () => {
    await player.next();
    server.refuseNext(new SandboxError('sandbox-lost', 'It has ended.'));
    const stream = server.listeners.get(eventsAddress('1'))!;
    await player.next();
    stream.died();
    await expect.poll(() => state().sandbox?.id).toBe('2');
    expect(server.asked.filter((what) => what.startsWith('open'))).toHaveLength(2);
  });

  test('is not played a third time within a minute: the run may be what ends the process', async () => {
    died();
    await expect.poll(() => state().sandbox?.id).toBe('2');
    server.listeners.get(eventsAddress('2'))!.died();
    expect([state().status, state().refusal]).toEqual([
      'ended',
      'The process of the server that had this sandbox has ended.',
    ]);
  });
});

describe('time', () => {
  test('runs at the end of the trace and stands still in the past', async () => {
    await player.next();
    await player.next();
    const [, , ended] = state().events;
    real += 5_000;
    expect(player.now()).toBeGreaterThanOrEqual(5_000);
    player.previous();
    expect(player.now()).toBe(ended!.at);
  });

  test('shows a notice about an action when it was done, and none when it was refused', async () => {
    await player.act({ do: 'jump-time', ms: 5 }, 'Time has jumped.');
    expect(state().notice).toBe('Time has jumped.');
    player.dismiss();
    server.refuseNext(new SandboxError('bad-request', 'There is no such key.'));
    await player.act({ do: 'delete-key', key: 'x' }, 'It is deleted.');
    expect([state().notice, state().refusal]).toEqual([null, 'There is no such key.']);
  });

  test('jumps to the time that the server reports', async () => {
    await player.act({ do: 'jump-time', ms: 60_000 });
    real += 250;
    expect(player.now()).toBe(60_250);
  });

  test('a refused action is shown, and the next step can still be played', async () => {
    server.refuseNext(new SandboxError('bad-request', 'There is no such key.'));
    await player.act({ do: 'delete-key', key: 'sandbox:1:sess:abc' });
    expect(state().refusal).toBe('There is no such key.');
    player.dismiss();
    await player.next();
    expect([state().refusal, at()]).toEqual([null, 1]);
  });
});

test('a manual request is selected when it arrives in the trace', async () => {
  server.record('1', { type: 'request', step: null, id: 99 } as never);
  const page = { origin: null, headers: [], body: null };
  await player.act({ do: 'request', actor: 'alice', method: 'GET', url: '/', ...page });
  expect(state().selected).toBe(99);
});

describe('when the events come later than the answer', () => {
  const deleteKey = { do: 'delete-key', key: 'sandbox:1:sess:session-1' } as const;
  const later = () => new Promise((resolve) => setTimeout(resolve));

  test('a sandbox is shown when those of its played steps are there, with all of them at once', async () => {
    const arrive = server.holdEvents();
    const shown: number[] = [];
    player.store.subscribe(({ sandbox, events }) => sandbox?.id === '2' && shown.push(events.length));
    const opening = player.open(fixation, 2);
    expect(beginning(state())).toBe('Steps 1 to 2 are being played…');
    await later();
    expect([state().status, state().busy]).toEqual(['loading', 'opening']);
    await Promise.all([arrive(), opening]);
    expect([at(), state().busy, beginning(state())]).toEqual([2, null, null]);
    expect(shown.filter((events) => events > 0 && events < 6)).toEqual([]);
  });

  test('a step is played when they are there', async () => {
    const arrive = server.holdEvents();
    const step = player.next();
    await later();
    expect(state().busy).toBe('stepping');
    await Promise.all([arrive(), step]);
    expect([at(), state().busy]).toEqual([1, null]);
  });

  test('a step and a sandbox whose events never come wait no longer than for another sandbox', async () => {
    server.holdEvents();
    const step = player.next();
    await later();
    const arrive = server.holdEvents();
    const opening = player.open(fixation, 1);
    await later();
    await Promise.all([arrive(), step, opening]);
    expect([state().sandbox?.id, at(), state().busy]).toEqual(['2', 1, null]);
  });

  test('a fork acts when they are there, with the session ID of the new sandbox', async () => {
    await player.runToEnd();
    player.previous();
    void player.act(deleteKey);
    const arrive = server.holdEvents();
    const forked = player.forkAndAct();
    await later();
    expect(server.asked.at(-1)).toBe('open vulnerable mock 2');
    await Promise.all([arrive(), forked]);
    expect(server.asked.at(-1)).toBe('act 2 {"do":"delete-key","key":"sandbox:2:sess:session-2"}');
  });

  test('a fork whose connection is lost meanwhile waits for them, and acts in no other sandbox', async () => {
    await player.runToEnd();
    player.previous();
    const acted = player.act(deleteKey);
    server.holdEvents();
    const forked = player.forkAndAct();
    await later();
    server.listeners.get(eventsAddress('2'))!.lost();
    await later();
    expect([state().sandbox?.id, state().connected, server.asked.at(-1)]).toEqual(['2', false, 'end 1']);
    await server.holdEvents()();
    await player.reset();
    await forked;
    expect(await acted).toBeNull();
    expect(server.asked.filter((what) => what.startsWith('act'))).toEqual([]);
  });
});

describe('a manual action in the past', () => {
  const deleteKey = { do: 'delete-key', key: 'sandbox:1:sess:abc' } as const;
  beforeEach(async () => {
    await player.runToEnd();
    player.previous();
  });

  test('proposes a fork and does nothing until the learner decides', async () => {
    const acted = player.act(deleteKey);
    expect(state().fork).toEqual({ action: deleteKey, steps: 2 });
    expect(server.asked).toEqual(['open vulnerable mock 0', 'play 1 3']);
    player.cancelFork();
    expect([state().fork, state().sandbox?.id]).toEqual([null, '1']);
    expect(await acted).toBeNull();
  });

  test('is performed in a fresh sandbox with the same steps replayed when the learner forks', async () => {
    void player.act(deleteKey);
    await player.forkAndAct();
    expect(server.asked.slice(2)).toEqual([
      'open vulnerable mock 2',
      'end 1',
      'act 2 {"do":"delete-key","key":"sandbox:2:sess:abc"}',
    ]);
    expect([at(), state().cursor, state().fork]).toEqual([2, null, null]);
    expect(state().notice).toMatch(/^Forked: steps 1 to 2 were replayed/);
  });

  test('does nothing and keeps this sandbox if the other one cannot be opened', async () => {
    const acted = player.act(deleteKey);
    server.refuseNext(new SandboxError('redis-unavailable', 'There is no Redis.'));
    await player.forkAndAct();
    expect([state().sandbox?.id, state().refusal]).toEqual(['1', 'There is no Redis.']);
    expect(server.asked.filter((what) => what.startsWith('act'))).toEqual([]);
    expect(await acted).toBeNull();
  });

  test('resolves with the reply from the forked sandbox', async () => {
    const acted = player.act({ do: 'redis', line: 'PERSIST sess:abc' });
    await player.forkAndAct();
    expect(await acted).toBe('OK');
  });

  test('resolves with null if another action or another sandbox replaces it', async () => {
    const first = player.act(deleteKey);
    const second = player.act({ do: 'jump-time', ms: 5 });
    expect(await first).toBeNull();
    await player.reset();
    expect(await second).toBeNull();
  });
});

describe('an action translated for another sandbox', () => {
  const keySet = (key: string) => ({ type: 'key', key, change: 'set', sid: key.split(':').at(-1) }) as TraceEvent;

  test('replaces the namespace and the session ids everywhere, and nothing else', () => {
    const from = { namespace: 'sandbox:a:', events: [keySet('sandbox:a:sess:one'), keySet('sandbox:a:sess:two')] };
    const to = { namespace: 'sandbox:b:', events: [keySet('sandbox:b:sess:eins'), keySet('sandbox:b:sess:zwei')] };
    expect(translateAction({ do: 'delete-key', key: 'sandbox:a:sess:two' }, from, to)).toEqual({
      do: 'delete-key',
      key: 'sandbox:b:sess:zwei',
    });
    expect(translateAction({ do: 'redis', line: 'GET sess:one' }, from, to)).toEqual({
      do: 'redis',
      line: 'GET sess:eins',
    });
    expect(translateAction({ do: 'jump-time', ms: 7 }, from, to)).toEqual({ do: 'jump-time', ms: 7 });
  });

  test('keeps a session id without a counterpart', () => {
    const from = { namespace: 'a:', events: [keySet('a:sess:one')] };
    expect(translateAction({ do: 'delete-key', key: 'a:sess:one' }, from, { namespace: 'b:', events: [] })).toEqual({
      do: 'delete-key',
      key: 'b:sess:one',
    });
  });
});

describe('a repair', () => {
  test('is played to the end in a sandbox beside the open one, which stays as it is', async () => {
    await player.next();
    const trace = await player.playThrough('login-empties-session');
    expect(trace?.events.filter(({ type }) => type === 'step-ended')).toHaveLength(3);
    await player.playThrough(null);
    expect(server.asked.slice(2)).toEqual([
      ...['open login-empties-session mock 3', 'trace 2', 'end 2'],
      ...['open protected mock 3', 'trace 3', 'end 3'],
    ]);
    expect([at(), state().sandbox?.id, state().busy]).toEqual([1, '1', null]);
  });

  test('that cannot be played is refused with the reason, and leaves no sandbox behind', async () => {
    server.refuseNext(new SandboxError('too-many', 'There are 300 sandboxes already.'));
    expect(await player.playThrough('login-empties-session')).toBeUndefined();
    expect(state().refusal).toBe('There are 300 sandboxes already.');
  });
});
