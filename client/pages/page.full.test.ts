import { Redis } from 'ioredis';
import { expect, inject, test } from 'vitest';
import { openTab, sharedTab } from '../../testing/page/tab.ts';

const tab = sharedTab();
const moving = sharedTab({ reducedMotion: 'no-preference' });
const redisAddress = new URL(inject('redis')).host;

test('a jump to just before its end lets the record expire while the learner watches', async () => {
  const lesson = await tab.open('idle-timeout', '?variant=protected&step=1');
  await lesson.button('Jump time').click();
  await expect(lesson.redis).toShow('expired');
});

test('a key that redis-cli deletes is deleted on the page within a second, and the next request is not logged in', async () => {
  const lesson = await tab.open('idle-timeout', '?variant=protected&redis=real&step=2');
  await expect(lesson.redis).toShow(redisAddress);
  const record = (await lesson.keys()).find((name) => name.includes(':sess:'))!;
  const redis = new Redis(inject('redis'));
  const deleted = performance.now();
  expect(await redis.del(record)).toBe(1);
  redis.disconnect();
  await expect(lesson.redis).toShow('deleted');
  expect(performance.now() - deleted).toBeLessThan(1000);
  await lesson.play(3);
  await expect(lesson.diagram).toShow('401');
});

test('two tabs are two sandboxes', async () => {
  const tabs = await Promise.all([openTab(), openTab()]);
  const [one, two] = await Promise.all(tabs.map((each) => each.open('session-fixation')));
  await one!.play(1, 2);
  await two!.play(1);
  await one!.isAt(2);
  expect(await one!.keys()).not.toEqual(await two!.keys());
  await Promise.all(tabs.map((each) => each.close()));
});

test('the first page plays a recorded run, which stops when it is told to, for those who do not prefer reduced motion', async () => {
  const { page } = await moving.visit('/');
  const run = page.getByRole('region', { name: 'A recorded run' });
  await expect(run).toShow('Mallory plants her cookie');
  await run.getByRole('button', { name: 'Pause' }).click();
  await run.getByRole('button', { name: 'Play' }).waitFor();
  // The picture would move after two and a half seconds.
  await page.waitForTimeout(2700);
  await expect(run).toShow('Mallory plants her cookie');
});

test('each session ID of a step moves along its arrows, once more with Replay; and the next step does not wait for them', async () => {
  const lesson = await moving.open('session-fixation', '?variant=protected&step=2');
  await lesson.play(3);
  // The first dot has arrived after a third of a second, so the page itself notes which dots have set off.
  const traveling = await lesson.page.evaluateHandle(() => {
    const before = new Set<EventTarget>(document.querySelectorAll('.diagram-travel'));
    const started = new Set<EventTarget>();
    document.addEventListener('animationstart', ({ target, animationName }) => {
      if (animationName === 'diagram-travel' && !before.has(target!)) started.add(target!);
    });
    return started;
  });
  await lesson.button('Replay').click();
  // One for each arrow of step 3 with a session ID.
  await expect.poll(() => traveling.evaluate(({ size }) => size)).toBe(6);
  await lesson.button('Replay').click();
  await lesson.play(4);
  expect(lesson.complaints).toEqual([]);
});
