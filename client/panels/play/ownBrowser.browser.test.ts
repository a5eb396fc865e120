import { expect, test } from 'vitest';
import { expectItsCookiesToBeShown, joinLink, openAndJoin } from '../../../testing/page/ownBrowser.ts';
import { sharedTab } from '../../../testing/page/tab.ts';

// What is rarer is in ownBrowser.full.test.ts.

const tab = sharedTab();

test('the own browser logs in, fills the basket and logs out in another tab, and is one more actor on the page, with its cookies', async () => {
  const { lesson, own, card } = await openAndJoin(tab);
  expect(own.address.hostname).toMatch(/^[0-9a-f]{12}\.localhost$/);
  await expect(card).toShow('no cookies');
  await own.logIn();
  await expectItsCookiesToBeShown(lesson, own);
  await own.press('Add to basket');
  await own.shows('"a hat"');

  await expect(card).toShow('__Host-sid');
  const chip = await card.locator('.sid').first().textContent();
  await expect(lesson.redis).toShow(chip!.trim());
  await expect(lesson.diagram).toShow(/joins, with yo/);
  const arrow = (name: RegExp) => lesson.diagram.getByRole('button', { name });
  await expect(arrow(/You sends POST \/auth\/login to Express/)).toBeThere(1);
  await expect(arrow(/You sends POST \/basket to Express/)).toBeThere(1);
  await arrow(/You sends POST \/auth\/login/).click();
  await expect(lesson.details).toShow('the reverse proxy reports https to the app');

  await own.press('Log out');
  await own.shows('Logged out.');
  await expect(card).toShow('removed');
  await own.press('See /me');
  await own.shows('Not logged in.');
  await own.page.close();
});

test('when the page has left a sandbox, its host says that it is no longer there, and the link leads to the new one', async () => {
  const { lesson, own } = await openAndJoin(tab);
  await lesson.choose('Variant', 'Protected');
  await expect.poll(() => joinLink(lesson).getAttribute('href')).not.toBe(own.address.href);
  await own.press('See /me');
  await own.shows('The server does not have this sandbox');
  await own.page.reload();
  await own.page.getByRole('heading', { name: 'The shop does not answer' }).waitFor();
  await own.page.close();
});
