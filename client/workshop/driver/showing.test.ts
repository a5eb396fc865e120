import { beforeEach, expect, test, vi } from 'vitest';
import { eventually } from '../../../testing/eventually.ts';
import { createFixtureServer } from '../../../testing/fakeServer.ts';
import { createClock } from '../../player/clock.ts';
import { createPlayer } from '../../player/player.ts';
import { createPlayers, type Players } from '../../player/players.ts';
import { createShowing, type Show, shownBy } from './showing.ts';

const choice = { scenario: 'session-fixation', variant: 'vulnerable', store: 'mock', pace: 'jump' } as const;
let players: Players;
const shown = () => shownBy(players.store.getState().player);

beforeEach(() => {
  const server = createFixtureServer();
  const newPlayer = () => createPlayer({ ...server, clock: createClock(() => 0) });
  players = createPlayers(newPlayer(), newPlayer());
});

test('the room is shown nothing before a sandbox is open, then the end of its run, or the moment that is looked at', async () => {
  const { player } = players.store.getState();
  expect(shown()).toBeNull();
  await player.open(choice, 2);
  expect(shown()).toEqual({ sandboxes: ['1'], steps: null, selected: null });
  player.select(1);
  expect(shown()).toEqual({ sandboxes: ['1'], steps: 1, selected: 1 });
});

test('both variants are shown when both are there', async () => {
  await players.store.getState().player.open(choice);
  const showing = players.show('both');
  expect(shown()).toBeNull();
  await showing;
  expect(shown()?.sandboxes).toHaveLength(2);
});

test('one request is under way at a time, and of what changed meanwhile only the last is sent', async () => {
  const answers: (() => void)[] = [];
  const send = vi.fn((_show: Show) => new Promise<void>((resolve) => answers.push(resolve)));
  const show = createShowing(send);
  const at = (steps: number): Show => ({ sandboxes: ['1'], steps, selected: null });
  show(at(1));
  show(at(2));
  show(at(3));
  expect(send.mock.calls).toEqual([[at(1)]]);
  answers[0]!();
  await eventually(() => expect(send.mock.calls).toEqual([[at(1)], [at(3)]]));
  answers[1]!();
  await eventually(() => show(at(3)));
  expect(send).toHaveBeenCalledTimes(2);
});
