import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import idleTimeout from '../../scenarios/idle-timeout.ts';
import fixation from '../../scenarios/session-fixation.ts';
import { bundlePage } from '../../scripts/demo/bundle.ts';
import { writeDemo } from '../../scripts/demo/demo.ts';
import { record } from '../../scripts/demo/record.ts';
import { createRedisSwitch } from '../../server/redis/switch.ts';
import { openTab, type Tab } from '../../testing/page/tab.ts';

/** With what must be encoded in an address. */
const folder = mkdtempSync(join(tmpdir(), 'a demo #1 '));
const files = pathToFileURL(folder).href;
let tab: Tab;
beforeAll(async () => {
  const redis = createRedisSwitch({ localPort: 1, path: '' });
  const scenarios = [fixation, idleTimeout];
  const [opened, recordings, page] = await Promise.all([openTab(), record(scenarios, redis), bundlePage()]);
  tab = opened;
  await redis.close();
  writeDemo(recordings, page, folder);
});
afterAll(async () => {
  await tab?.close();
  rmSync(folder, { recursive: true, force: true });
});

test('from a folder of files, both variants are played to the end, and nothing else is asked for', async () => {
  const asked: string[] = [];
  tab.page.on('request', (request) => asked.push(request.url()));
  const lesson = await tab.visit(`${files}/index.html#/`);
  const { page } = lesson;
  await expect(page.getByText('Install Session Sandbox to act yourself')).toBeThere();
  await page.getByRole('list').getByRole('link', { name: fixation.title }).first().click();
  await lesson.isAt(0);
  await lesson.choose('Variant', 'Both');
  await lesson.play(1, 2, 3);
  await lesson.goBackTo(2);
  await lesson.runToEnd();
  await lesson.isAt(fixation.steps.length);
  for (const [side, who] of [
    ['Vulnerable', 'Mallory’s cookie still means Alice.'],
    ['Protected', 'Mallory’s cookie means nobody.'],
  ] as const) {
    await expect(lesson.side(side)).toShow(who);
  }
  for (const absent of ['Jump time', 'Delete key', /^Change /]) await expect(lesson.button(absent)).toBeThere(0);

  // The address leads back, and so does Back.
  const address = page.url();
  expect(address).toMatch(/#\/scenarios\/session-fixation\?variant=both&step=5$/);
  await page.reload();
  await lesson.isAt(5);
  await lesson.wayOn.click();
  await lesson.isAt(0);
  await page.goBack();
  await lesson.isAt(5);
  expect(page.url()).toBe(address);

  expect(asked.filter((url) => !url.startsWith(`${files}/`))).toEqual([]);
  expect(asked.filter((url) => /vulnerable[.]js$/.test(url)).length).toBeGreaterThan(1);
  expect(lesson.complaints).toEqual([]);
});

test('a repair is played, and a missing recording is named', async () => {
  const lesson = await tab.visit(`${files}/index.html#/scenarios/session-fixation?variant=vulnerable&step=5`);
  const { page } = lesson;
  await lesson.isAt(5);
  await lesson.button('Put it right yourself').click();
  await page.getByRole('radiogroup', { name: 'Put it right yourself' }).getByRole('radio').first().check();
  await lesson.button('Play it again with this repair').click();
  await expect(page.locator('.repair-result')).toBeThere();
  rmSync(join(folder, 'recordings', 'idle-timeout.protected.js'));
  await lesson.wayOn.click();
  await lesson.isAt(0);
  await lesson.choose('Variant', 'Protected');
  await expect(page.getByRole('alert')).toShow('recordings/idle-timeout.protected.js cannot be loaded');

  rmSync(join(folder, 'recordings', 'catalogue.js'));
  await page.reload();
  await expect(page.getByRole('alert')).toShow('recordings/catalogue.js cannot be loaded');
});
