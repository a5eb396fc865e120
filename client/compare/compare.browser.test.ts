import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Trace } from '../../scenarios/engine/trace.ts';
import { scenarios } from '../../scenarios/index.ts';
import { openBrowser, openTab, type RunningServer, startServer, type Tab } from '../../testing/page/page.ts';

let browser: Browser;
let server: RunningServer;
let tab: Tab;

beforeAll(async () => {
  [browser, server] = await Promise.all([openBrowser(), startServer()]);
  tab = await openTab(browser);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const fixation = scenarios.find(({ slug }) => slug === 'session-fixation')!;
const asks = fixation.steps.flatMap(({ ask }) => (ask ? [ask] : []));

async function open(search: string): Promise<{ page: Page; complaints: string[] }> {
  return tab.visit(`${server.url}/scenarios/session-fixation${search}`);
}
const at = (page: Page, step: number) => page.getByText(new RegExp(`^Step ${step} of \\d+$`)).waitFor();
const next = (page: Page) => page.getByRole('button', { name: 'Next step' });
const side = (page: Page, name: string) => page.getByRole('group', { name, exact: true });
const variant = (page: Page) =>
  page.getByRole('radiogroup', { name: 'Variant' }).getByRole('radio', { checked: true }).inputValue();
const choose = (page: Page, choice: string) =>
  page.getByRole('radiogroup', { name: 'Variant' }).getByText(choice, { exact: true }).click();
const searchOf = (page: Page) => new URL(page.url()).search;

describe('both variants side by side', () => {
  test('are stepped together, and all their answers stand in one table', async () => {
    const { page, complaints } = await open('?variant=both');
    for (let step = 1; step <= fixation.steps.length; step++) {
      await next(page).click();
      await at(page, step);
    }
    const rows = page.getByRole('table').getByRole('row');
    await expect.poll(() => rows.count()).toBe(asks.length + 1);
    const cells = await rows.evaluateAll((all) =>
      all.slice(1).map((row) => [...row.children].slice(1).map((cell) => cell.textContent)),
    );
    expect(cells).toEqual(
      asks.map(({ question, vulnerable, protected: fixed }) => [
        question,
        String(vulnerable),
        vulnerable === fixed ? '=' : '≠',
        String(fixed),
      ]),
    );
    expect(complaints).toEqual([]);
  });

  test('have the first thing that parts them lit on both sides, in view', async () => {
    const { page } = await open('?variant=both&step=3');
    const lit = (name: string) => side(page, name).locator('[data-lit]');
    await expect.poll(() => lit('Vulnerable').textContent()).toContain('SET');
    await expect.poll(() => lit('Protected').textContent()).toContain('EVAL');
    for (const name of ['Vulnerable', 'Protected']) {
      const [row, scroller] = await Promise.all([
        lit(name).boundingBox(),
        side(page, name).locator('.diagram-scroller').boundingBox(),
      ]);
      expect(row!.y).toBeGreaterThanOrEqual(scroller!.y);
      expect(row!.y + row!.height).toBeLessThanOrEqual(scroller!.y + scroller!.height);
    }
    await page.getByRole('button', { name: 'Previous step' }).click();
    await at(page, 2);
    expect(await page.locator('[data-lit]').count()).toBe(0);
  });

  test('stay together when a request is picked on one side', async () => {
    const { page } = await open('?variant=both&step=4');
    await at(page, 4);
    await side(page, 'Protected')
      .getByRole('button', { name: /Alice sends POST/ })
      .click();
    await at(page, 3);
    await expect.poll(() => side(page, 'Vulnerable').locator('[data-current="true"]').textContent()).toContain('3');
  });

  test('come from one variant and lead back to one, at the same step', async () => {
    const { page } = await open('?variant=protected&step=2');
    await at(page, 2);
    await choose(page, 'Both');
    await expect.poll(() => searchOf(page)).toBe('?variant=both&step=2');
    await at(page, 2);
    await choose(page, 'Vulnerable');
    await expect.poll(() => searchOf(page)).toBe('?variant=vulnerable&step=2');
    await at(page, 2);
  });

  test('can be predicted before they are played, and the reveal tells each side from the other', async () => {
    const { page } = await open('?variant=both&step=2');
    await at(page, 2);
    for (const name of ['Vulnerable', 'Protected']) {
      await page.getByRole('radio', { name: `${name}: a new id` }).check();
    }
    await next(page).click();
    await at(page, 3);
    const steps = page.getByRole('region', { name: 'Steps' });
    await steps.getByText('Wrong. You said “a new id”.').waitFor();
    await steps.getByText('Right.', { exact: true }).waitFor();
    await steps.getByText('1 of 2 right').waitFor();
    expect(await page.getByRole('radio', { name: 'Vulnerable: alice@shop.example' }).isChecked()).toBe(false);
  });

  test('end with what to remember, and each can be taken away', async () => {
    const { page } = await open('?variant=both&step=5');
    await page.getByRole('heading', { name: 'What to remember' }).waitFor();
    for (const run of ['vulnerable', 'protected']) {
      await page.getByRole('button', { name: 'Take away' }).click();
      const download = page.waitForEvent('download');
      const menu = page.getByRole('group', { name: `The ${run} run` });
      await menu.getByRole('menuitem', { name: 'Export trace' }).click();
      const saved = await readFile(await (await download).path(), 'utf8');
      expect((JSON.parse(saved) as Trace).header.variant).toBe(run);
    }
  });

  test.skipIf(process.platform === 'win32')('give each side its own curl, which reaches its own app', async () => {
    const { page } = await open('?variant=both&step=4');
    await at(page, 4);
    await page.getByRole('tab', { name: 'curl' }).click();
    const answers = await Promise.all(
      ['vulnerable', 'protected'].map(async (name) => {
        const command = await page
          .getByRole('group', { name: `curl, ${name}` })
          .locator('pre')
          .textContent();
        return execFileSync('sh', ['-c', command!], { encoding: 'utf8', stdio: 'pipe' }).split('\r\n')[0];
      }),
    );
    expect(answers).toEqual(['HTTP/1.1 200 OK', 'HTTP/1.1 401 Unauthorized']);
  });

  test('show the request of each side, what it did to Redis and the code that handled it, side by side', async () => {
    const { page } = await open('?variant=both&step=3');
    await at(page, 3);
    const half = (tab: string, name: string) => page.getByRole('group', { name: `${tab}, ${name}`, exact: true });
    await page.getByRole('tab', { name: 'Redis commands 9 ≠ 11' }).click();
    for (const [name, count] of [
      ['vulnerable', 9],
      ['protected', 11],
    ] as const) {
      await expect.poll(() => half('Redis commands', name).getByRole('listitem').count()).toBe(count);
    }
    // The line that led to a command of one side is lit on that side only.
    await half('Redis commands', 'vulnerable')
      .getByRole('button', { name: /^line weaknesses\/login-keeps-session-id\.ts/ })
      .click();
    const lit = (name: string) => half('Code', name).locator('[data-mark=lit]');
    await expect.poll(() => lit('vulnerable').textContent()).toContain('await save(req);');
    expect(await lit('protected').count()).toBe(0);
    await expect.poll(() => half('Code', 'protected').textContent()).toContain('regenerate');
  });

  test('go together to a moment that is picked in the log of one of them', async () => {
    const { page } = await open('?variant=both&step=4');
    await at(page, 4);
    await page.getByRole('tab', { name: 'Log' }).click();
    await page.getByRole('group', { name: 'Log, protected' }).getByRole('button', { name: 'Step 2:' }).click();
    await at(page, 2);
    for (const name of ['Vulnerable', 'Protected']) {
      await expect.poll(() => side(page, name).locator('[data-current="true"]').textContent()).toContain('2');
    }
  });

  test.each(['vulnerable', 'both'])('%s: what a step changed is in sight, the cookie and the key', async (shown) => {
    const { page } = await tab.visit(`${server.url}/scenarios/session-listing?variant=${shown}`);
    const within = page.locator(shown === 'both' ? '.side[data-variant="vulnerable"]' : '.frame-state');
    for (let step = 1; step <= 5; step++) {
      await next(page).click();
      await at(page, step);
    }
    // Of three people the last one sent a request: neither her cookie nor her record is at the top by itself.
    for (const [panel, first] of [
      ['Cookies', '.jar'],
      ['Redis', '.key'],
    ] as const) {
      const region = within.getByRole('region', { name: panel });
      const changed = region.locator(`${first}[data-changed="true"]`).first();
      await expect
        .poll(async () => {
          const [outer, inner] = await Promise.all([region.boundingBox(), changed.boundingBox()]);
          const [top, bottom] = [inner!.y - outer!.y, outer!.y + outer!.height - inner!.y];
          return top >= 0 && bottom >= 60;
        })
        .toBe(true);
    }
    expect(
      await within.getByRole('region', { name: 'Cookies' }).evaluate(({ scrollTop }) => scrollTop),
    ).toBeGreaterThan(0);
  });

  test('show all of the menu of a cookie, over what is beside it', async () => {
    const { page } = await open('?variant=both&step=3');
    await at(page, 3);
    await side(page, 'Vulnerable').getByRole('button', { name: 'Change __Host-sid of Alice' }).click();
    const items = page.getByRole('menuitem');
    await expect.poll(() => items.count()).toBe(3);
    const onTop = () =>
      items.evaluateAll((all) =>
        all.map((item) => {
          const { left, right, top, bottom } = item.getBoundingClientRect();
          return item.contains(document.elementFromPoint((left + right) / 2, (top + bottom) / 2));
        }),
      );
    await expect.poll(onTop).toEqual([true, true, true]);
  });

  test('have details that a key opens, and that can be closed to leave their room to the two', async () => {
    const { page } = await open('?variant=both&step=3');
    await at(page, 3);
    const height = async () => (await page.getByRole('region', { name: 'Details' }).boundingBox())!.height;
    const usual = await height();
    await page.getByRole('button', { name: 'Lower details' }).click();
    await expect.poll(height).toBeLessThan(usual / 3);
    await page.keyboard.press('d');
    await expect
      .poll(() => page.getByRole('region', { name: 'Diff', exact: true }).textContent())
      .toContain('regenerate');
    await expect.poll(height).toBe(usual);
    await page.getByRole('button', { name: 'Taller details' }).click();
    await expect.poll(height).toBeGreaterThan(1.5 * usual);
    // One variant alone has its own tab.
    await choose(page, 'Vulnerable');
    await page.getByRole('tab', { name: 'Request & response', selected: true }).waitFor();
  });

  test('fit into 1280 pixels', async () => {
    const { page } = await open('?variant=both&step=5');
    await at(page, 5);
    const [wide, inner] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
    expect(wide).toBe(inner);
    for (const name of ['Vulnerable', 'Protected']) {
      expect((await side(page, name).boundingBox())!.width).toBeGreaterThan(490);
    }
  });
});

describe('the address', () => {
  test('follows what is looked at, and reloading leads to the same place', async () => {
    const { page } = await open('');
    await expect.poll(() => searchOf(page)).toBe('?variant=vulnerable');
    for (const step of [1, 2, 3]) {
      await next(page).click();
      await at(page, step);
    }
    await page.keyboard.press('v');
    await expect.poll(() => searchOf(page)).toBe('?variant=protected&step=3');
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => searchOf(page)).toBe('?variant=protected&step=2');
    await page.reload();
    await at(page, 2);
    expect(await variant(page)).toBe('protected');
  });

  test('that asks for what there is not says so, and the rest of it counts', async () => {
    const { page } = await open('?variant=safe&step=3');
    await at(page, 3);
    await page.getByText('The link asks for variant “safe”; there is vulnerable, protected, both.').first().waitFor();
    expect(await variant(page)).toBe('vulnerable');
  });
});

describe('acting in the past', () => {
  test('asks first, then forks: the steps up to there are replayed, and it is done there', async () => {
    const { page } = await open('?step=4');
    await at(page, 4);
    await page.keyboard.press('ArrowLeft');
    await at(page, 3);
    const redis = page.getByRole('region', { name: 'Redis', exact: true });
    const before = await redis.getByRole('group', { name: ':sess:' }).getAttribute('aria-label');
    await redis.getByRole('group', { name: ':sess:' }).getByRole('button', { name: 'Delete key' }).click();
    const dialog = page.getByRole('dialog');
    await expect.poll(() => dialog.textContent()).toContain('Steps 1 to 3 can be replayed in a fresh sandbox');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await redis.getByRole('group', { name: ':sess:' }).getAttribute('aria-label')).toBe(before);

    await redis.getByRole('group', { name: ':sess:' }).getByRole('button', { name: 'Delete key' }).click();
    await dialog.getByRole('button', { name: 'Fork here' }).click();
    await expect.poll(() => redis.textContent()).toMatch(/deleted.*by hand/);
    await at(page, 3);
    await page.getByText('Forked: steps 1 to 3 were replayed in a fresh sandbox').first().waitFor();
    await next(page).click();
    await at(page, 4);
    await expect.poll(() => page.getByRole('region', { name: 'Details', exact: true }).textContent()).toContain('401');
  });
});
