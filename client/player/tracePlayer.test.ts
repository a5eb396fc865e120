import { expect, test } from 'vitest';
import { type Sketch, stepEnded, stepStarted, traceOf } from '../../testing/trace.ts';
import { currentSteps, viewOf } from './state.ts';
import { createTracePlayer } from './tracePlayer.ts';

const request = (id: number): Sketch => ({
  type: 'request',
  id,
  actor: 'alice',
  method: 'GET',
  url: 'https://shop.example/me',
  headers: [],
  forwarded: [],
  body: null,
  note: null,
  cookies: [],
});

const played = () =>
  createTracePlayer(traceOf(stepStarted(0), request(1), stepEnded(0), stepStarted(1), request(2), stepEnded(1)));
const step = (player: ReturnType<typeof played>) => viewOf(player.store.getState())!.step;

test('starts before the first step and moves to the end step by step', async () => {
  const player = played();
  expect([player.store.getState().status, step(player)]).toEqual(['recorded', null]);
  await player.next();
  expect(step(player)).toBe(0);
  await player.next();
  await player.next();
  expect([step(player), player.store.getState().cursor]).toEqual([1, null]);
});

test('moves back and stops before the first step', async () => {
  const player = played();
  player.goLive();
  player.previous();
  expect(step(player)).toBe(0);
  player.previous();
  player.previous();
  expect(currentSteps(player.store.getState())).toBe(0);
});

test('selecting a request moves to its step; an unknown request changes nothing', () => {
  const player = played();
  player.select(1);
  expect([step(player), player.store.getState().selected]).toEqual([0, 1]);
  player.select(99);
  expect(player.store.getState().selected).toBe(1);
});

test('its time is that of the last visible event and stands still', async () => {
  const player = played();
  expect(player.now()).toBe(0);
  await player.goToStep(1);
  expect(player.now()).toBe(3);
  await player.runToEnd();
  expect(player.now()).toBe(6);
});

test('whatever needs a sandbox changes nothing and shows the reason', async () => {
  const player = played();
  const { events } = player.store.getState();
  await player.reset();
  await player.switchTo({ variant: 'vulnerable' });
  expect(await player.act({ do: 'jump-time', ms: 5 })).toBeNull();
  expect(player.store.getState()).toMatchObject({ status: 'recorded', events, fork: null });
  expect(player.store.getState().notice).toContain('no running app');
  player.dismiss();
  expect(player.store.getState().notice).toBeNull();
});

test('an empty trace can be shown', async () => {
  const player = createTracePlayer(traceOf());
  await player.next();
  player.previous();
  expect([step(player), player.now()]).toEqual([null, 0]);
});
