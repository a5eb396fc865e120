import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer } from '../serverProcess.ts';
import { findingsInLooks, type Look } from './looks.ts';
import { startServerWithoutRedis } from './serverWithoutRedis.ts';
import { openWholeTab, states, tabs } from './states.ts';
import { sandboxUrl, sharedTab } from './tab.ts';

const tab = sharedTab();
let withoutRedis: Awaited<ReturnType<typeof startServerWithoutRedis>>;

beforeAll(async () => {
  withoutRedis = await startServerWithoutRedis();
});
afterAll(() => withoutRedis?.stop());

const looks: Look[] = (['light', 'dark'] as const).flatMap((colorScheme) =>
  (['wide', 'narrow'] as const).map((width) => ({ colorScheme, width })),
);

describe('axe finds nothing on the whole page, with every rule, in each theme and width:', () => {
  test.each(states)('$state', async ({ path, withoutRedis: needsOther, reach }) => {
    const lesson = await tab.visit((needsOther ? withoutRedis.url : sandboxUrl) + path);
    await reach(lesson);
    expect(await findingsInLooks(lesson.page, looks)).toEqual({});
  });

  test.each(tabs)('the details, tab %s', async (name) => {
    const lesson = await tab.open('session-fixation', '?step=3');
    await openWholeTab(lesson, name);
    expect(await findingsInLooks(lesson.page, looks)).toEqual({});
  });

  test.each(tabs.slice(0, -1))('the details of both variants, tab %s', async (name) => {
    const lesson = await tab.open('session-fixation', '?variant=both&step=3');
    await openWholeTab(lesson, name);
    await lesson.button('Taller details').click();
    expect(await findingsInLooks(lesson.page, looks)).toEqual({});
  });

  test('the page of a server that has ended, and that of one that does not answer', async () => {
    const server = await startServer();
    const lesson = await tab.visit(`${server.url}/scenarios/session-fixation`);
    await lesson.play(1);
    await server.stop();
    await lesson.button('Start again').waitFor();
    expect(await findingsInLooks(lesson.page, looks)).toEqual({});
    await lesson.button('Start again').click();
    await expect(lesson.page.getByText('The server does not answer.')).toBeThere();
    expect(await findingsInLooks(lesson.page, looks)).toEqual({});
  });
});
