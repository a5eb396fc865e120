import { beforeEach, expect, test } from 'vitest';
import { createTraceBuilder } from '../../testing/traceBuilder.ts';
import { createClock } from './clock.ts';
import { createFollowedPlayer, type FollowedPlayer } from './followedPlayer.ts';
import { currentSteps, viewOf } from './state.ts';

/** A run of three steps, each with one request. */
function run() {
  const builder = createTraceBuilder([{ name: 'alice', label: 'Alice', role: 'victim' }], ['One', 'Two', 'Three']);
  for (const path of ['/a', '/b', '/c']) builder.step(() => builder.request('alice', 'GET', path));
  return builder.trace();
}

const { header, events } = run();
const endOf = (step: number) => events.findIndex(({ type, step: of }) => type === 'step-ended' && of === step) + 1;
let player: FollowedPlayer;
const steps = () => currentSteps(player.store.getState());

beforeEach(() => {
  player = createFollowedPlayer(
    header,
    createClock(() => 0),
  );
  player.receive(events.slice(0, endOf(1)), null);
});

test('it is where the other one is: at the end of the run, or at an earlier moment and request', () => {
  expect([steps(), player.store.getState().cursor]).toEqual([2, null]);
  const request = events.find(({ type }) => type === 'request') as { id: number };
  player.lead({ steps: 1, selected: request.id });
  expect([steps(), player.store.getState().selected]).toEqual([1, request.id]);
  player.receive(events.slice(endOf(1)), null);
  expect(steps()).toBe(1);
  player.lead({ steps: null, selected: null });
  expect(steps()).toBe(3);
  expect(viewOf(player.store.getState())!.step).toBe(2);
});

test('a move of its own ends the following, and nothing that is played moves it then', async () => {
  player.previous();
  expect([steps(), player.following.getState()]).toEqual([1, false]);
  await player.next();
  player.receive(events.slice(endOf(1)), null);
  player.lead({ steps: 3, selected: null });
  expect(steps()).toBe(2);
  player.follow();
  expect([steps(), player.following.getState()]).toEqual([3, true]);
});

test('it goes no further than what was shown, and no further back than the beginning', async () => {
  await player.goToStep(99);
  expect(steps()).toBe(2);
  await player.goToStep(0);
  player.previous();
  expect(steps()).toBe(0);
});

test('while it is held it stays where it is, and then goes to where the other one is', () => {
  player.hold(true);
  player.receive(events.slice(endOf(1)), null);
  player.lead({ steps: null, selected: null });
  expect(steps()).toBe(2);
  player.hold(false);
  expect(steps()).toBe(3);
});

test('events that arrive again after a lost connection are taken once', () => {
  player.receive(events, null);
  player.receive(events.slice(2), null);
  expect(player.store.getState().events).toEqual(events);
});

test('nothing can be played in it', async () => {
  await player.reset();
  await player.switchTo({ variant: 'protected' });
  expect(await player.act({ do: 'jump-time', ms: 5 })).toBeNull();
  expect([player.store.getState().status, player.store.getState().hasApp, steps()]).toEqual(['recorded', false, 2]);
});
