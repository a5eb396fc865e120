import { describe, expect, test } from 'vitest';
import { expectToFit, laptop, phone, projector, zoomed } from '../../testing/page/fit.ts';
import * as layout from '../../testing/page/layout.ts';
import type { ScenarioPage } from '../../testing/page/scenarioPage.ts';
import { expectPageToFit, expectToFitInto, resize, smallest, visitIn } from '../../testing/page/sizes.ts';
import { sharedTab } from '../../testing/page/tab.ts';

const tab = sharedTab();

const paths = [
  '/',
  '/standards',
  '/tutorial',
  '/scenarios/no-such-thing',
  '/scenarios/host-prefix?step=4',
  '/scenarios/in-flight-vs-forced-logout?step=4',
  '/scenarios/session-fixation?variant=both&step=3',
];

// client/frame/sizes.browser.test.ts loads most pages in one window, and changes its size.
describe.each([phone, zoomed, laptop, projector])('loaded in a window of $width pixels', (viewport) => {
  test.each(paths)('%s fits', async (path) => {
    const visited = await tab.visit(path, viewport);
    await visited.page.getByRole('heading', { level: 1 }).waitFor({ state: 'attached' });
    const step = new URLSearchParams(path.split('?')[1]).get('step');
    if (step) await visited.isAt(Number(step));
    await expectToFit(visited);
    expect((await layout.smallestText(visited.page)).size).toBeGreaterThanOrEqual(10);
  });
});

test.each([
  ['/standards', 'td'],
  ['/tutorial', '.tutorial-says'],
  ['/scenarios/no-such-thing', '.intro-lead'],
])('%s fits every window, zoomed or with letters of twice the size, too, and can be read', (path, text) =>
  expectPageToFit(tab, path, text),
);

test('the end of a scenario with many cookies fits every window', async () => {
  const lesson = await visitIn(tab, '/scenarios/host-prefix?step=4', laptop);
  await lesson.runToEnd();
  await expectToFitInto(lesson, phone, projector);
});

/** A scenario with many actors, cookies and steps. */
const long = 'in-flight-vs-forced-logout';

test('a long scenario on a laptop fits, can be read, and shows the current step, forward and back', async () => {
  const lesson = await visitIn(tab, `/scenarios/${long}?step=3`, laptop);
  await expectToFit(lesson);
  expect(await smallest(lesson)).toBeGreaterThanOrEqual(10);
  await lesson.play(4, 5, 6);
  expect(await layout.isInItsColumn(lesson.currentStep)).toBe(true);
  for (const [key, ...reached] of [
    ['PageUp', 5, 4, 3, 2, 1],
    ['PageDown', 2, 3, 4, 5, 6],
  ] as const) {
    for (const step of reached) {
      await lesson.press(key);
      await lesson.isAt(step);
      expect(await layout.isInItsColumn(lesson.currentStep)).toBe(true);
    }
  }
  // However tall the details are wanted, the buttons stay, and so do a few rows of the diagram.
  await lesson.openTab('Log');
  await lesson.button('Taller details').click();
  expect((await lesson.next.boundingBox())!.y).toBeLessThan(laptop.height);
  expect((await lesson.diagram.boundingBox())!.height).toBeGreaterThan(100);
  // In the log, the words of a line stand beside its time.
  expect(
    await lesson.details
      .locator('.log button')
      .first()
      .evaluate((line) => line.childElementCount),
  ).toBe(2);
  await lesson.runToEnd();
  await expectToFit(lesson);
});

test('in the presentation size, a long scenario can be read from the last row', async () => {
  const lesson = await visitIn(tab, `/scenarios/${long}?step=2`, projector);
  await present(lesson);
  await lesson.play(3, 4);
  for (const text of ['.step-told', '.step-title', '.ask-question']) {
    expect(await layout.textSize(lesson.page, text)).toBeGreaterThanOrEqual(20);
  }
  for (const text of ['.identity-verdict', '.diagram-label']) {
    expect(await layout.textSize(lesson.page, text)).toBeGreaterThanOrEqual(17.5);
  }
  expect((await layout.smallestText(lesson.page)).size).toBeGreaterThanOrEqual(15);
  await expectToFit(lesson);
  // Its title may leave, so that the answers to choose from next are seen.
  expect(await layout.isInItsColumn(lesson.page.locator('.ask-answer').first())).toBe(true);
});

test('the diagram shows the current step when everything is enlarged and it has less room', async () => {
  const lesson = await visitIn(tab, '/scenarios/idle-timeout?step=4', laptop);
  const isInView = () =>
    lesson.diagram.evaluate((diagram) => {
      const step = diagram
        .querySelector('.diagram-step[data-current="true"] .diagram-step-head')!
        .getBoundingClientRect();
      const { bottom } = diagram.getBoundingClientRect();
      return step.bottom < bottom;
    });
  await expect.poll(isInView).toBe(true);
  await present(lesson);
  await expect.poll(isInView).toBe(true);
});

async function present({ page, button }: ScenarioPage): Promise<void> {
  await button('Presentation size').click();
  await page.waitForFunction(() => document.documentElement.dataset.size === 'presentation');
}

test('the presentation size enlarges the dialogs, too, is kept by the browser, applies to every page, and ends with the key that started it', async () => {
  const lesson = await tab.open('session-fixation');
  const { page } = lesson;
  await resize(lesson, projector);
  const before = await layout.textSize(page, '.steps');
  await lesson.press('p');
  await expect.poll(() => layout.textSize(page, '.steps')).toBeGreaterThan(1.2 * before);
  await lesson.play(1, 2, 3);
  expect(await layout.labelsCutOff(page)).toEqual([]);

  await lesson.press('?');
  await lesson.dialog.waitFor();
  expect(await layout.textSize(page, '.help dd')).toBeGreaterThanOrEqual(20);
  await lesson.press('Escape');
  await expect(lesson.dialog).not.toBeThere();
  await lesson.press('/');
  await page.getByRole('listbox').waitFor();
  expect(await layout.textSize(page, '[role="option"]')).toBeGreaterThanOrEqual(20);

  await page.setViewportSize(laptop);
  await page.goto(new URL('/', page.url()).href);
  await page.getByRole('searchbox').waitFor();
  const presented = await layout.textSize(page, 'h1');
  expect(await lesson.button('Presentation size').getAttribute('aria-pressed')).toBe('true');
  await expectToFit(lesson);
  await lesson.press('p');
  await expect.poll(() => layout.textSize(page, 'h1')).toBeLessThan(presented / 1.1);
});
