import { beforeEach, describe, expect, test } from 'vitest';
import type { SandboxChoice } from '../../scenarios/engine/api.ts';
import { SandboxError } from '../../scenarios/engine/errors.ts';
import { createFixtureServer, type FixtureServer } from '../../testing/fakeServer.ts';
import { createClock } from './clock.ts';
import { createPlayer } from './player.ts';
import { type Comparison, createPlayers, isComparison, type Players, shownOf } from './players.ts';
import { choiceOf, currentSteps, viewOf } from './state.ts';

const fixation: SandboxChoice = { scenario: 'session-fixation', variant: 'vulnerable', store: 'mock', pace: 'jump' };

let server: FixtureServer;
let players: Players;

beforeEach(async () => {
  server = createFixtureServer();
  const newPlayer = () => createPlayer({ ...server, clock: createClock(() => 0) });
  players = createPlayers(newPlayer(), newPlayer());
  await players.choose('vulnerable').open(fixation);
});

const player = () => players.store.getState().player;
const comparison = () => player() as Comparison;
const state = () => player().store.getState();
const sides = () => [comparison().sides.vulnerable.store.getState(), comparison().sides.protected.store.getState()];

test('switching the variant replays the same steps and ends the other sandbox', async () => {
  await player().next();
  await players.show('protected');
  expect([shownOf(player()), isComparison(player()), currentSteps(state())]).toEqual(['protected', false, 1]);
  await players.show('protected');
  expect(server.asked).toEqual(['open vulnerable mock 0', 'play 1 1', 'open protected mock 1', 'end 1']);
});

describe('a comparison', () => {
  beforeEach(async () => {
    await player().next();
    await player().next();
    await players.show('both');
  });

  test('keeps the open sandbox and replays the same steps in the other variant', () => {
    expect(shownOf(player())).toBe('both');
    expect(server.asked).toEqual(['open vulnerable mock 0', 'play 1 1', 'play 1 2', 'open protected mock 2']);
    expect(sides().map((side) => choiceOf(side)?.variant)).toEqual(['vulnerable', 'protected']);
    expect(sides().map(currentSteps)).toEqual([2, 2]);
  });

  test('steps both players forward and back', async () => {
    await comparison().next();
    expect(sides().map((side) => viewOf(side)?.step)).toEqual([2, 2]);
    comparison().previous();
    comparison().previous();
    expect(sides().map(currentSteps)).toEqual([1, 1]);
    await comparison().goToStep(3);
    expect(sides().map(({ cursor }) => cursor)).toEqual([null, null]);
  });

  test('moves both players when a request is selected on one side', () => {
    comparison().sides.protected.select(1);
    expect(sides().map(currentSteps)).toEqual([1, 1]);
    expect(sides().map(({ selected }) => selected)).toEqual([null, 1]);
  });

  test('jumps time in both sandboxes', async () => {
    await comparison().act({ do: 'jump-time', ms: 5 });
    expect(server.asked.slice(-2)).toEqual(['act 1 {"do":"jump-time","ms":5}', 'act 2 {"do":"jump-time","ms":5}']);
  });

  test('proposes one fork and forks both sandboxes', async () => {
    comparison().previous();
    void comparison().act({ do: 'jump-time', ms: 5 });
    expect(state().fork).toMatchObject({ steps: 1 });
    await comparison().forkAndAct();
    expect(server.asked.filter((what) => what.startsWith('open')).slice(-2)).toEqual([
      'open vulnerable mock 1',
      'open protected mock 1',
    ]);
    expect(server.asked.filter((what) => what.startsWith('act'))).toHaveLength(2);
  });

  test('stays at the same step on both sides if only one of them forks', async () => {
    comparison().previous();
    void comparison().sides.protected.act({ do: 'delete-key', key: 'sandbox:2:sess:a' });
    await comparison().forkAndAct();
    expect(sides().map(({ sandbox }) => sandbox?.id)).toEqual(['1', '3']);
    expect(sides().map(currentSteps)).toEqual([1, 1]);
    await comparison().next();
    expect(sides().map(currentSteps)).toEqual([2, 2]);
  });

  test('waits for the slower player and shows the refusal of either', async () => {
    const go = server.hold();
    const playing = comparison().next();
    expect(state().busy).toBe('stepping');
    go();
    await playing;
    expect(state().busy).toBeNull();
    server.refuseNext(new SandboxError('redis-lost', 'Redis does not answer.'));
    await comparison().act({ do: 'jump-time', ms: 5 });
    expect(state().refusal).toBe('Redis does not answer.');
    comparison().dismiss();
    expect(state().refusal).toBeNull();
  });

  test('resets both sandboxes', async () => {
    await comparison().reset();
    expect(sides().map(currentSteps)).toEqual([0, 0]);
    expect(state().notice).toMatch(/^Reset/);
  });

  test('switches the Redis of both sandboxes', async () => {
    await comparison().switchTo({ store: 'real' });
    expect(sides().map((side) => choiceOf(side)?.store)).toEqual(['real', 'real']);
    expect(sides().map(currentSteps)).toEqual([2, 2]);
  });

  test('becomes one variant again and ends the other sandbox', async () => {
    await players.show('vulnerable');
    expect([shownOf(player()), server.asked.at(-1)]).toEqual(['vulnerable', 'end 2']);
    expect(currentSteps(state())).toBe(2);
  });

  test('ends both sandboxes when the page closes', () => {
    players.close();
    expect(server.asked.slice(-2)).toEqual(['end 1', 'end 2']);
  });
});

test('a comparison can be opened at a step', async () => {
  await players.choose('both').open(fixation, 2, 'From a link.');
  expect(sides().map(currentSteps)).toEqual([2, 2]);
  expect([shownOf(player()), state().notice]).toEqual(['both', 'From a link.']);
});
