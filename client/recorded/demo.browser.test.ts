import { expect, test } from 'vitest';
import idleTimeout from '../../scenarios/idle-timeout.ts';
import fixation from '../../scenarios/session-fixation.ts';
import { recordDemo } from '../../scripts/demo/recordDemo.ts';
import { demoFolder } from '../../testing/page/demoFolder.ts';
import { openTab } from '../../testing/page/tab.ts';

const { files } = demoFolder((redis, folder) => recordDemo([fixation, idleTimeout], redis, folder));

test('from a folder of files, both variants are played to the end, and nothing else is asked for', async () => {
  const tab = await openTab();
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
  await tab.close();
});
