import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import idleTimeout from '../../scenarios/idle-timeout.ts';
import fixation from '../../scenarios/session-fixation.ts';
import { recordDemo } from '../../scripts/demo/recordDemo.ts';
import { demoFolder } from '../../testing/page/demoFolder.ts';
import { sharedTab } from '../../testing/page/tab.ts';

const { folder, files } = demoFolder((redis, into) => recordDemo([fixation, idleTimeout], redis, into));
const tab = sharedTab();

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
