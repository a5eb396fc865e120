import { Redis } from 'ioredis';
import type { Page } from 'playwright-core';
import { describe, expect, inject, test } from 'vitest';
import { scenarios } from '../../scenarios/index.ts';
import { withoutTimes } from '../../testing/page/scenarioPage.ts';
import { sharedTab } from '../../testing/page/tab.ts';

// A page whose server has lost its sandbox: testing/page/lost.browser.test.ts. What the server's own tests hold, too: page.full.test.ts.

const tab = sharedTab();
const redisAddress = new URL(inject('redis')).host;

/** Not what the picture of the recorded run lists. */
const cardsOn = (page: Page) => page.locator('.home-cards').getByRole('listitem');

describe('the catalogue', () => {
  test('finds scenarios by the typed text, says how many, and leads to them', async () => {
    const { page, complaints } = await tab.visit('/');
    const links = cardsOn(page);
    const headlines = page.getByRole('region', { name: 'Start here' }).getByRole('listitem');
    await expect(headlines).toBeThere(5);
    await expect(links).toBeThere(5 + scenarios.length);
    await expect(page.locator('body')).toShow('Session Sandbox');
    await page.keyboard.press('/');
    await page.keyboard.type('Session FIXATION');
    const found = page.getByRole('main').getByRole('status');
    await expect(found).toShow(new RegExp(`^\\d+ of ${scenarios.length}$`));
    await page.getByRole('searchbox').fill('no such thing');
    await expect(found).toShow('No scenario is about “no such thing”');
    await expect(links).toBeThere(0);
    await page.getByRole('searchbox').fill('session-fixation');
    await links.first().getByRole('link').click();
    await page.waitForURL(/\/scenarios\/session-fixation\b/);
    expect(complaints).toEqual([]);
  });

  test('opens the first hit with Enter, and nothing before a text is typed', async () => {
    const { page } = await tab.visit('/');
    const field = page.getByRole('searchbox');
    await field.press('Enter');
    await field.fill('lunch break');
    await expect(cardsOn(page)).toBeThere(1);
    expect(new URL(page.url()).pathname).toBe('/');
    await field.press('Enter');
    await page.waitForURL(/\/scenarios\/idle-timeout\b/);
  });
});

describe('a scenario', () => {
  test('plays the same steps again on the real Redis, under keys that redis-cli can see, and in the other variant', async () => {
    const lesson = await tab.open('session-fixation', '?step=3');
    await expect(lesson.steps).toShow('the same ID');
    await lesson.choose('Redis', 'Real');
    await expect(lesson.redis).toShow(redisAddress);
    await lesson.isAt(3);
    const keys = await lesson.keys();
    expect(keys.filter((name) => name.includes(':sess:'))).toHaveLength(1);
    const redis = new Redis(inject('redis'));
    expect(await redis.exists(...keys)).toBe(keys.length);
    redis.disconnect();
    await lesson.choose('Variant', 'Protected');
    await expect(lesson.steps).toShow('a new ID');
    await lesson.isAt(3);
  });

  test('plays one step on a double click, and shows an earlier step exactly as it was then, and the last one as it is now', async () => {
    const lesson = await tab.open('session-fixation');
    await lesson.next.dblclick();
    await lesson.isAt(1);
    const afterOne = await lesson.cookies.textContent();
    // If the second click counted, the next step would be the third one: the server answers in milliseconds.
    await lesson.openTab('Request & response');
    await lesson.play(2, 3, 4);
    const requests = await lesson.details.textContent();
    await lesson.goBackTo(3, 2, 1);
    expect(withoutTimes(await lesson.cookies.textContent())).toBe(withoutTimes(afterOne));
    await lesson.play(2, 3, 4);
    expect(await lesson.details.textContent()).toBe(requests);
  });

  test('shows what exists before what has ended, where not all lifetimes are in sight', async () => {
    const lesson = await tab.open('logout-everywhere', '?variant=protected&step=6');
    if (!(await lesson.region('Lifetimes').isVisible())) await lesson.press('l');
    const lifetimes = lesson.region('Lifetimes');
    await expect(lifetimes.getByRole('button', { name: /^\+\d+ more$/ })).toBeThere();
    const left = await lifetimes.locator('.life-left').allTextContents();
    const ended = left.map((text) => !/\d|no expiry/.test(text));
    expect(ended).toContain(true);
    expect(ended).toEqual(ended.toSorted((a, b) => Number(a) - Number(b)));
  });

  test('is used with the keyboard alone', async () => {
    const lesson = await tab.open('session-fixation');
    for (const [index, key] of ['ArrowRight', 'Space', 'PageDown'].entries()) {
      await lesson.press(key);
      await lesson.isAt(index + 1);
    }
    await lesson.press('ArrowLeft');
    await lesson.isAt(2);
    await lesson.press('End');
    await lesson.isAt(3);
    await lesson.press('f');
    const followed = lesson.page.getByRole('group', { name: 'What is followed' });
    // Where one looks, and not where the ID ends.
    await expect(followed).toShow(/moment [1-7] of 8: sent by Alice with POST \/auth\/login, step 3/);
    await lesson.press('ArrowRight');
    await expect(followed).toShow(/moment [2-8] of 8: (?!sent by Alice).*, step 3/);
    await lesson.press('ArrowLeft');
    await expect(followed).toShow('sent by Alice with POST /auth/login, step 3');
    await lesson.press('ArrowLeft');
    await expect(followed).toShow(/, step [12]Stop/);
    await lesson.press('Escape');
    await expect(followed).not.toBeThere();
    await lesson.press('End');
    await lesson.isAt(3);
    await lesson.page.getByRole('button', { name: /user:1:sessions/ }).focus();
    await lesson.press('f');
    await expect(followed).toShow(/key user:1:sessions.*moment 1 of 3: .*, step 3/);
    await lesson.press('Escape');
    // What this step has no moment of starts at its first one, and the next key leads there.
    await lesson.page.getByRole('button', { name: /limit:basket:/ }).focus();
    await lesson.press('f');
    await expect(followed).toShow(/key limit:basket:.*moment 1 of \d+: .*, step 1/);
    await lesson.press('ArrowRight');
    await expect(lesson.currentStep).toShow('Mallory puts a hat');
    await expect(followed).toShow(/moment 1 of/);
    await lesson.press('Escape', 'End');
    await lesson.isAt(3);
    const device = lesson.cookies.getByText('__Host-device');
    await device.click();
    await expect(followed).toShow(
      /cookie __Host-device in Alice’s browser.*moment 1 of 1: set by the response, step 3/,
    );
    await expect.poll(() => device.evaluate((name) => getComputedStyle(name).fontWeight)).toBe('750');
    await lesson.press('Escape');
    await expect(followed).not.toBeThere();
    await lesson.isAt(3);
    await lesson.press('v');
    await expect(lesson.steps).toShow('a new ID');
    await lesson.press('?');
    await expect(lesson.dialog).toBeThere();
    await lesson.press('Escape');
    await expect(lesson.dialog).not.toBeThere();
    await lesson.press('r');
    await expect(lesson.currentStep).toBeThere(0);
  });
});

describe('time', () => {
  test('a time to live ticks down without a reload; a key that is deleted on the page is deleted, and the page says who did it', async () => {
    const lesson = await tab.open('idle-timeout', '?step=1');
    const seconds = async () => Number(/TTL (\d+)/.exec((await lesson.redis.textContent()) ?? '')?.[1]);
    const first = await seconds();
    expect(first).toBeGreaterThan(1000);
    await expect.poll(seconds).toBeLessThanOrEqual(first - 2);
    await lesson.record.getByRole('button', { name: 'Delete key' }).click();
    await expect(lesson.redis).toShow(/deleted.*manually/);
  });
});

describe('when something is wrong', () => {
  test('an unknown scenario is named, and the known ones are listed', async () => {
    const { page } = await tab.visit('/scenarios/no-such-thing');
    await expect(page.getByRole('alert')).toShow('no-such-thing');
    await expect(page.getByRole('link', { name: scenarios[0]!.title, exact: true })).toBeThere();
  });

  test('a slug on its own leads to its scenario, at the step that it asks for, and another path is named', async () => {
    const { page } = await tab.visit('/idle-timeout?variant=protected&step=1');
    await expect.poll(() => page.url()).toMatch(/\/scenarios\/idle-timeout\?variant=protected&step=1$/);
    await page.goto(new URL('/no-such-page', page.url()).href);
    await expect(page.getByRole('alert')).toShow('no-such-page');
  });
});
