import { beforeEach, describe, expect, test } from 'vitest';
import type { SandboxChoice } from '../../scenarios/engine/api.ts';
import { SandboxError } from '../../scenarios/engine/errors.ts';
import { createFixtureServer, type FixtureServer } from '../../testing/fakeServer.ts';
import { createClock } from './clock.ts';
import { createPlayer, type Player } from './player.ts';
import { eventsAddress } from './serverApi.ts';
import { choiceOf, type PlayerState, selectedExchange, viewOf } from './state.ts';

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
/** The step being looked at, counted from 1; 0 before the first. */
const at = () => (view().step ?? -1) + 1;

describe('stepping', () => {
  test('a scenario starts before its first step', () => {
    expect([state().status, at()]).toEqual(['ready', 0]);
  });

  test('Next plays one step, Previous looks at the one before, Next comes back without playing', async () => {
    await player.next();
    await player.next();
    player.previous();
    expect([at(), state().cursor]).toEqual([1, 1]);
    await player.next();
    expect([at(), state().cursor]).toEqual([2, null]);
    expect(server.asked).toEqual(['open vulnerable mock 0', 'play 1 1', 'play 1 2']);
  });

  test('pressed again while a step is played, Next does nothing', async () => {
    const go = server.hold();
    const first = player.next();
    await player.next();
    go();
    await first;
    expect(server.asked.filter((what) => what.startsWith('play'))).toEqual(['play 1 1']);
  });

  test('pressed while the sandbox is being made, Next plays one step once it is there', async () => {
    const opening = player.open(fixation);
    await Promise.all([opening, player.next(), player.next()]);
    expect(server.asked.filter((what) => what.startsWith('play'))).toEqual(['play 2 1']);
  });

  test('after the last step there is nothing to play', async () => {
    await player.runToEnd();
    await player.next();
    expect([at(), server.asked.at(-1)]).toEqual([3, 'play 1 3']);
  });

  test('Previous stays before the first step', async () => {
    await player.next();
    player.previous();
    player.previous();
    expect(at()).toBe(0);
  });

  test('Previous works before anything was played', () => {
    player.previous();
    expect([at(), state().cursor]).toEqual([0, null]);
  });

  test('Previous leaves a step that is still running', async () => {
    await player.next();
    server.record('1', { type: 'step-started', step: 1 });
    expect(view().running).toBe(true);
    player.previous();
    expect([at(), view().running]).toEqual([1, false]);
  });

  test('what happens between two steps belongs to the moment before the later one', async () => {
    await player.next();
    server.record('1', { type: 'manual-action', step: null, action: { do: 'jump-time', ms: 5 } });
    await player.next();
    player.previous();
    expect(view().position).toBe(4);
  });

  test('a step that was not played is played when it is picked', async () => {
    await player.goToStep(2);
    expect([at(), server.asked.at(-1)]).toEqual([2, 'play 1 2']);
    await player.goToStep(1);
    expect([at(), server.asked.at(-1)]).toEqual([1, 'play 1 2']);
  });

  test('at the end the view follows what happens by itself; in the past it does not', async () => {
    await player.next();
    await player.next();
    player.previous();
    const before = view();
    server.record('1', { type: 'store', step: null, status: 'lost', why: 'gone' });
    expect(view()).toBe(before);
    player.goLive();
    expect(view().storeLost).toBe('gone');
  });

  test('events that come again after a lost connection are taken once', async () => {
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
  test('is the last request of the step being looked at, until one is picked', async () => {
    await player.next();
    await player.next();
    expect(selectedExchange(view(), state().selected)?.request.id).toBe(2);
    player.select(1);
    expect([at(), selectedExchange(view(), state().selected)?.request.id]).toEqual([1, 1]);
    await player.next();
    expect(selectedExchange(view(), state().selected)?.request.id).toBe(2);
  });

  test('picking a request of the newest step stays at the end', async () => {
    await player.next();
    player.select(1);
    expect(state().cursor).toBe(null);
  });
});

describe('another sandbox', () => {
  test('the other variant has the same steps played, and the old sandbox is ended', async () => {
    await player.next();
    await player.next();
    await player.switchTo({ variant: 'protected' });
    expect([view().header.variant, at()]).toEqual(['protected', 2]);
    expect(server.asked.slice(-2)).toEqual(['open protected mock 2', 'end 1']);
  });

  test('switching while looking back goes as far as one is looking', async () => {
    await player.runToEnd();
    player.previous();
    await player.switchTo({ store: 'real' });
    expect([at(), state().cursor, server.asked.at(-2)]).toEqual([2, null, 'open vulnerable real 2']);
  });

  test('when it cannot be made, the old one stays and the reason is shown', async () => {
    await player.next();
    server.refuseNext(new SandboxError('redis-unavailable', 'There is no Redis.'));
    await player.switchTo({ store: 'real' });
    expect([state().refusal, at(), choiceOf(state())!.store]).toEqual(['There is no Redis.', 1, 'mock']);
    await player.next();
    expect([state().refusal, at()]).toEqual([null, 2]);
  });

  test('of two asked for at once, the last one is shown and the other one ended', async () => {
    await Promise.all([player.switchTo({ variant: 'protected' }), player.switchTo({ store: 'real' })]);
    expect(view().header).toMatchObject({ sandbox: '3', store: 'real' });
    await expect.poll(() => server.asked.toSorted()).toEqual(expect.arrayContaining(['end 1', 'end 2']));
    expect([...server.listeners.keys()]).toEqual([eventsAddress('3')]);
  });

  test('steps that really wait are played in view', async () => {
    await player.next();
    await player.switchTo({ pace: 'real' });
    expect(server.asked.slice(-3)).toEqual(['open vulnerable mock 0', 'end 1', 'play 2 1']);
    expect([view().header.pace, at()]).toEqual(['real', 1]);
  });

  test('Reset starts over with the same choice, and says so', async () => {
    await player.switchTo({ variant: 'protected' });
    await player.next();
    await player.reset();
    expect([at(), view().header.variant]).toEqual([0, 'protected']);
    expect(state().notice).toContain('Reset');
  });

  test('Reset works while a step is being played', async () => {
    const go = server.hold();
    const stepping = player.next();
    await player.reset();
    go();
    await stepping;
    expect([view().header.sandbox, at(), state().busy]).toEqual(['2', 0, null]);
  });

  test('a scenario that cannot be opened can be tried again', async () => {
    server.refuseNext(new SandboxError('too-many', 'Too many sandboxes.'));
    await player.open({ ...fixation, scenario: 'idle-timeout' });
    expect([state().status, state().refusal]).toEqual(['refused', 'Too many sandboxes.']);
    await player.reset();
    expect([state().status, view().header.scenario.slug]).toEqual(['ready', 'idle-timeout']);
  });

  test('closing ends the sandbox and stops following it', () => {
    player.close();
    expect([server.asked.at(-1), server.listeners.size, state().sandbox]).toEqual(['end 1', 0, null]);
  });
});

describe('a sandbox that is gone', () => {
  const unknown = new SandboxError('unknown-sandbox', 'There is no such sandbox.');

  test('is noticed when something is asked of it, and another one can be had', async () => {
    await player.next();
    server.refuseNext(unknown);
    await player.next();
    expect([state().status, at(), state().busy]).toEqual(['gone', 1, null]);
    expect(state().refusal).toContain('no longer has this sandbox');
    await player.reset();
    expect([state().status, state().refusal, at()]).toEqual(['ready', null, 0]);
    expect(server.asked).not.toContain('end 1');
  });

  test('is noticed by the stream', () => {
    server.listeners.get(eventsAddress('1'))!.gone();
    expect(state().status).toBe('gone');
  });

  test('tells why when it was ended', () => {
    server.record('1', { type: 'ended', step: null, why: 'It was idle for an hour.' });
    expect([state().status, state().refusal]).toEqual(['gone', 'This sandbox has ended. It was idle for an hour.']);
  });

  test('stays gone, with the new reason, when no other one can be made', async () => {
    server.listeners.get(eventsAddress('1'))!.gone();
    server.refuseNext(new SandboxError('unreachable', 'The server does not answer.'));
    await player.reset();
    expect([state().status, state().refusal]).toEqual(['gone', 'The server does not answer.']);
  });
});

describe('time', () => {
  test('runs at the end and stands still in the past', async () => {
    await player.next();
    await player.next();
    const [, , ended] = state().events;
    real += 5_000;
    expect(player.now()).toBeGreaterThanOrEqual(5_000);
    player.previous();
    expect(player.now()).toBe(ended!.at);
  });

  test('jumps as far as the server says', async () => {
    await player.act({ do: 'jump-time', ms: 60_000 });
    real += 250;
    expect(player.now()).toBe(60_250);
  });

  test('a key that cannot be deleted is a refusal, and everything else goes on', async () => {
    server.refuseNext(new SandboxError('bad-request', 'There is no such key.'));
    await player.act({ do: 'delete-key', key: 'sandbox:1:sess:abc' });
    expect(state().refusal).toBe('There is no such key.');
    player.dismiss();
    await player.next();
    expect([state().refusal, at()]).toEqual([null, 1]);
  });
});

test('a request sent by hand is the one that is looked at, once it is in the trace', async () => {
  server.record('1', { type: 'request', step: null, id: 99 } as never);
  const page = { origin: null, headers: [], body: null };
  await player.act({ do: 'request', actor: 'alice', method: 'GET', url: '/', ...page });
  expect(state().selected).toBe(99);
});

describe('acting in the past', () => {
  const deleteKey = { do: 'delete-key', key: 'sandbox:1:sess:abc' } as const;
  beforeEach(async () => {
    await player.runToEnd();
    player.previous();
  });

  test('asks first, and does nothing', async () => {
    const acted = player.act(deleteKey);
    expect(state().fork).toEqual({ action: deleteKey, steps: 2 });
    expect(server.asked).toEqual(['open vulnerable mock 0', 'play 1 3']);
    player.dontFork();
    expect([state().fork, state().sandbox?.id]).toEqual([null, '1']);
    expect(await acted).toBeNull();
  });

  test('when told to, replays the steps up to there in a fresh sandbox and does it there', async () => {
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

  test('when the other sandbox cannot be made, this one stays, and nothing is done', async () => {
    const acted = player.act(deleteKey);
    server.refuseNext(new SandboxError('redis-unavailable', 'There is no Redis.'));
    await player.forkAndAct();
    expect([state().sandbox?.id, state().refusal]).toEqual(['1', 'There is no Redis.']);
    expect(server.asked.filter((what) => what.startsWith('act'))).toEqual([]);
    expect(await acted).toBeNull();
  });

  test('whoever wanted to do it waits for what comes of it there', async () => {
    const acted = player.act({ do: 'redis', line: 'PERSIST sess:abc' });
    await player.forkAndAct();
    expect(await acted).toBe('OK');
  });

  test('or for that something else is to be done, or something else is opened', async () => {
    const first = player.act(deleteKey);
    const second = player.act({ do: 'jump-time', ms: 5 });
    expect(await first).toBeNull();
    await player.reset();
    expect(await second).toBeNull();
  });
});
