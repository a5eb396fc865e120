import { beforeEach, describe, expect, test } from 'vitest';
import type { SandboxChoice } from '../../scenarios/engine/api.ts';
import { SandboxError } from '../../scenarios/engine/errors.ts';
import { createFixtureServer, type FixtureServer } from '../../testing/fakeServer.ts';
import { createClock } from './clock.ts';
import type { Duo } from './duo.ts';
import { createPlayer } from './player.ts';
import { createPlayers, isDuo, type Players, shownOf } from './players.ts';
import { choiceOf, stepsBefore, viewOf } from './state.ts';

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
const duo = () => player() as Duo;
const state = () => player().store.getState();
const sides = () => [duo().sides.vulnerable.store.getState(), duo().sides.protected.store.getState()];

test('one variant gives way to the other, with the same steps', async () => {
  await player().next();
  await players.show('protected');
  expect([shownOf(player()), isDuo(player()), stepsBefore(state())]).toEqual(['protected', false, 1]);
  await players.show('protected');
  expect(server.asked).toEqual(['open vulnerable mock 0', 'play 1 1', 'open protected mock 1', 'end 1']);
});

describe('both', () => {
  beforeEach(async () => {
    await player().next();
    await player().next();
    await players.show('both');
  });

  test('keep the one that is open and replay the same steps on the other side', () => {
    expect(shownOf(player())).toBe('both');
    expect(server.asked).toEqual(['open vulnerable mock 0', 'play 1 1', 'play 1 2', 'open protected mock 2']);
    expect(sides().map((side) => choiceOf(side)?.variant)).toEqual(['vulnerable', 'protected']);
    expect(sides().map(stepsBefore)).toEqual([2, 2]);
  });

  test('are stepped together, forth and back', async () => {
    await duo().next();
    expect(sides().map((side) => viewOf(side)?.step)).toEqual([2, 2]);
    duo().previous();
    duo().previous();
    expect(sides().map(stepsBefore)).toEqual([1, 1]);
    await duo().goToStep(3);
    expect(sides().map(({ cursor }) => cursor)).toEqual([null, null]);
  });

  test('follow each other where a request is picked on one side', () => {
    duo().sides.protected.select(1);
    expect(sides().map(stepsBefore)).toEqual([1, 1]);
    expect(sides().map(({ selected }) => selected)).toEqual([null, 1]);
  });

  test('jump in time together, and say so once', async () => {
    await duo().act({ do: 'jump-time', ms: 5 });
    expect(server.asked.slice(-2)).toEqual(['act 1 {"do":"jump-time","ms":5}', 'act 2 {"do":"jump-time","ms":5}']);
  });

  test('ask once before they fork, and fork together', async () => {
    duo().previous();
    void duo().act({ do: 'jump-time', ms: 5 });
    expect(state().fork).toMatchObject({ steps: 1 });
    await duo().forkAndAct();
    expect(server.asked.filter((what) => what.startsWith('open')).slice(-2)).toEqual([
      'open vulnerable mock 1',
      'open protected mock 1',
    ]);
    expect(server.asked.filter((what) => what.startsWith('act'))).toHaveLength(2);
  });

  test('stay at the same step where only one of them forks', async () => {
    duo().previous();
    void duo().sides.protected.act({ do: 'delete-key', key: 'sandbox:2:sess:a' });
    await duo().forkAndAct();
    expect(sides().map(({ sandbox }) => sandbox?.id)).toEqual(['1', '3']);
    expect(sides().map(stepsBefore)).toEqual([1, 1]);
    await duo().next();
    expect(sides().map(stepsBefore)).toEqual([2, 2]);
  });

  test('wait for the slower one, and tell what either was refused', async () => {
    const go = server.hold();
    const playing = duo().next();
    expect(state().busy).toBe('stepping');
    go();
    await playing;
    expect(state().busy).toBeNull();
    server.refuseNext(new SandboxError('redis-lost', 'Redis does not answer.'));
    await duo().act({ do: 'jump-time', ms: 5 });
    expect(state().refusal).toBe('Redis does not answer.');
    duo().dismiss();
    expect(state().refusal).toBeNull();
  });

  test('are reset together', async () => {
    await duo().reset();
    expect(sides().map(stepsBefore)).toEqual([0, 0]);
    expect(state().notice).toMatch(/^Reset/);
  });

  test('change their Redis together', async () => {
    await duo().switchTo({ store: 'real' });
    expect(sides().map((side) => choiceOf(side)?.store)).toEqual(['real', 'real']);
    expect(sides().map(stepsBefore)).toEqual([2, 2]);
  });

  test('become one again, and the other sandbox is let go', async () => {
    await players.show('vulnerable');
    expect([shownOf(player()), server.asked.at(-1)]).toEqual(['vulnerable', 'end 2']);
    expect(stepsBefore(state())).toBe(2);
  });

  test('end with the page', () => {
    players.close();
    expect(server.asked.slice(-2)).toEqual(['end 1', 'end 2']);
  });
});

test('both can be opened at once, at a step', async () => {
  await players.choose('both').open(fixation, 2, 'From a link.');
  expect(sides().map(stepsBefore)).toEqual([2, 2]);
  expect([shownOf(player()), state().notice]).toEqual(['both', 'From a link.']);
});
