import { execFileSync } from 'node:child_process';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Trace } from '../../scenarios/engine/trace.ts';
import type { ScenarioPage } from '../../testing/page/scenarioPage.ts';
import { sharedTab } from '../../testing/page/tab.ts';

const tab = sharedTab();

const sides = ['Vulnerable', 'Protected'] as const;
const variants = ['vulnerable', 'protected'] as const;

const open = (search: string) => tab.open('session-fixation', search);

describe('both variants side by side', () => {
  describe('at step 4', () => {
    let lesson: ScenarioPage;
    beforeAll(async () => {
      lesson = await open('?variant=both&step=4');
    });

    test.skipIf(process.platform === 'win32')(
      'have a curl command for each side, which reaches its own app',
      async () => {
        await lesson.openTab('curl');
        const answers = await Promise.all(
          variants.map(async (variant) => {
            const command = await lesson.half('curl', variant).locator('pre').textContent();
            return execFileSync('sh', ['-c', command!], { encoding: 'utf8', stdio: 'pipe' }).split('\r\n')[0];
          }),
        );
        expect(answers).toEqual(['HTTP/1.1 200 OK', 'HTTP/1.1 401 Unauthorized']);
      },
    );

    test('stay at the same step when a request is selected on one side', async () => {
      await lesson
        .side('Protected')
        .getByRole('button', { name: /Alice sends POST/ })
        // Beside the session ID, which would be followed.
        .click({ position: { x: 8, y: 8 } });
      await lesson.isAt(3);
      await expect(lesson.side('Vulnerable').locator('[data-current="true"]')).toShow('3');
    });

    test('go to the same step when it is selected in the log of one side', async () => {
      await lesson.openTab('Log');
      await lesson.half('Log', 'protected').getByRole('button', { name: 'Step 2:' }).click();
      await lesson.isAt(2);
      for (const name of sides) await expect(lesson.side(name).locator('[data-current="true"]')).toShow('2');
    });
  });

  test('end with what to remember, within 1280 pixels, and the run of each side can be exported', async () => {
    const lesson = await open('?variant=both&step=5');
    await expect(lesson.page.getByRole('heading', { name: 'What to remember' })).toBeThere();
    const [wide, inner] = await lesson.page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
    expect(wide).toBe(inner);
    for (const name of sides) expect((await lesson.side(name).boundingBox())!.width).toBeGreaterThan(490);
    for (const variant of variants) {
      const { text } = await lesson.save(async () => {
        await lesson.button('Export').click();
        const run = lesson.page.getByRole('group', { name: `The ${variant} run` });
        await run.getByRole('menuitem', { name: 'Export trace' }).click();
      });
      expect((JSON.parse(text) as Trace).header.variant).toBe(variant);
    }
  });

  test('have details that are closed at first, which a key, a tab and a click on an arrow open, and which remember how they were left', async () => {
    const lesson = await open('?variant=both&step=3');
    const height = async () => (await lesson.details.boundingBox())!.height;
    const isClosed = () => expect.poll(height).toBeLessThan(45);
    await isClosed();
    await lesson.press('d');
    await expect(lesson.region('Diff')).toShow('regenerate');
    const usual = await height();
    expect(usual).toBeGreaterThan(3 * 45);
    await lesson.button('Taller details').click();
    await expect.poll(height).toBeGreaterThan(1.5 * usual);
    await lesson.press('Escape');
    await isClosed();
    await lesson
      .side('Vulnerable')
      .getByRole('button', { name: /GET sess/ })
      .last()
      .click();
    const commands = lesson.page.getByRole('tab', { name: 'Redis commands', selected: true });
    await commands.waitFor();
    await commands.click();
    await isClosed();
    // The details of a single variant are a choice of their own.
    await lesson.press('d');
    await lesson.choose('Variant', 'Vulnerable');
    await isClosed();
    await lesson.page.reload();
    await lesson.choose('Variant', 'Both');
    await expect(lesson.region('Diff')).toShow('regenerate');
  });
});

test('an address with an unknown variant gets a sentence about that, and the rest of the address counts', async () => {
  const lesson = await open('?variant=safe&step=3');
  await expect(
    lesson.page.getByText('The link asks for variant “safe”; there is vulnerable, protected, both.'),
  ).toBeThere();
  expect(await lesson.chosen('Variant')).toBe('vulnerable');
});

test('in one variant, the cookie and the key that a step changed are visible', async () => {
  const lesson = await tab.open('session-listing', '?variant=vulnerable');
  await lesson.play(1, 2, 3, 4, 5);
  const side = lesson.page.locator('.frame-state');
  // The last of three people sent a request: neither her cookie nor her record is at the top without scrolling.
  for (const [panel, card] of [
    ['Cookies', '.jar'],
    ['Redis', '.key'],
  ] as const) {
    const region = side.getByRole('region', { name: panel });
    const changed = region.locator(`${card}[data-changed="true"]`).first();
    await expect
      .poll(async () => {
        const [outer, inner] = await Promise.all([region.boundingBox(), changed.boundingBox()]);
        return inner!.y >= outer!.y && outer!.y + outer!.height - inner!.y >= 60;
      })
      .toBe(true);
  }
  const cookies = side.getByRole('region', { name: 'Cookies' });
  expect(await cookies.evaluate(({ scrollTop }) => scrollTop)).toBeGreaterThan(0);
});
