import { expect, test } from 'vitest';
import { sharedTab } from '../../../testing/page/tab.ts';

const tab = sharedTab();

test('a long value is cut, so that what else a key holds stays in sight, and one click shows all of it', async () => {
  const lesson = await tab.visit('/scenarios/session-data-size-and-secrets?variant=vulnerable&step=4');
  await lesson.isAt(4);
  const history = lesson.page.locator('.value-line', { hasText: 'history' });
  const characters = async () => (await history.textContent())!.length;
  expect(await characters()).toBeLessThan(300);
  await history.getByRole('button', { name: /^all \d+ characters$/ }).click();
  expect(await characters()).toBeGreaterThan(500);
  await history.getByRole('button', { name: 'less' }).click();
  expect(await characters()).toBeLessThan(300);
});
