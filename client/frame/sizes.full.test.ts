import { describe, expect, test } from 'vitest';
import { expectToFit, laptop, phone, projector, zoomed } from '../../testing/page/fit.ts';
import * as layout from '../../testing/page/layout.ts';
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
