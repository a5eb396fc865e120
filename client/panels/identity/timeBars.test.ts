import { expect, test } from 'vitest';
import type { AnswerTimes } from '../../../scenarios/engine/answerTimes.ts';
import { read } from '../../../scenarios/engine/read.ts';
import { whoIsWho } from '../../../scenarios/engine/whoIsWho.ts';
import { playedScenario, upToStep } from '../../../testing/playedScenario.ts';
import { right } from './layout/geometry.ts';
import { layOut } from './layout/layOut.ts';
import { scaleOf, timeBars } from './timeBars.ts';

const timesOf = (name: string, ...times: number[]): AnswerTimes => ({
  actor: { name, label: `Mallory, trying ${name}`, role: 'attacker' },
  times,
  quickest: Math.min(...times),
});

const pictureAfter = async (slug: string, steps: number) =>
  layOut(whoIsWho(read(upToStep(await playedScenario(slug, 'vulnerable'), steps))), 580);

test('bars are to one scale, and each browser has its own beside it', async () => {
  const picture = await pictureAfter('user-enumeration-by-timing', 2);
  const [known, unknown] = [timesOf('known', 64, 60, 80), timesOf('unknown', 4, 3, 20)];
  const scale = scaleOf([known, unknown]);
  expect(scale).toBe(80);
  const [accounts, noAccount] = [timeBars(known, scale, picture), timeBars(unknown, scale, picture)];
  expect(accounts.text).toBe('trying known: the quickest of 3 took 60 ms');
  expect(accounts.bars.map(({ isQuickest }) => isQuickest)).toEqual([false, true, false]);
  const room = accounts.box!.width;
  expect([...accounts.bars, ...noAccount.bars].map(({ width }) => Math.round((width / room) * scale))).toEqual([
    64, 60, 80, 4, 3, 20,
  ]);
  for (const [index, { box }] of [accounts, noAccount].entries()) {
    const own = picture.browsers[index]!.box;
    expect(box!.x).toBeGreaterThan(right(own));
    expect(right(box!)).toBe(picture.width);
    expect(box!.y + box!.height / 2).toBe(own.y + own.height / 2);
  }
  expect(noAccount.box!.y).toBeGreaterThanOrEqual(accounts.box!.y + accounts.box!.height);
});

test('one answer that load has delayed leaves the others their length, and its bar is cut', async () => {
  const picture = await pictureAfter('user-enumeration-by-timing', 2);
  const [known, unknown] = [timesOf('known', 60, 3000), timesOf('unknown', 3, 4)];
  const scale = scaleOf([known, unknown]);
  const { bars, box } = timeBars(known, scale, picture);
  expect(bars.map(({ isCut }) => isCut)).toEqual([false, true]);
  expect(bars[0]!.width).toBeGreaterThan(box!.width / 3);
  expect(bars[1]!.width).toBe(box!.width);
});

test('where a browser has a session, its line keeps its room, and the bars stand below', async () => {
  expect(timeBars(timesOf('mallory', 4), 4, await pictureAfter('session-fixation', 3)).box).toBeNull();
});
