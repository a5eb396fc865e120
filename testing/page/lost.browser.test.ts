import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningServer, startServer } from '../serverProcess.ts';
import { findingsInLooks, looksOf } from './looks.ts';
import { startServerWithoutRedis } from './serverWithoutRedis.ts';
import { states } from './states.ts';
import { sharedTab } from './tab.ts';

const tab = sharedTab();
/** Without a real Redis from the start. The last test ends it, and starts another one at its port. */
let server: RunningServer;

beforeAll(async () => {
  server = await startServerWithoutRedis();
});
afterAll(() => server?.stop());

describe('axe finds nothing in', () => {
  test.each(states.filter(({ withoutRedis }) => withoutRedis))('$state', async ({ path, reach }) => {
    const lesson = await tab.visit(server.url + path);
    await reach(lesson);
    expect(await findingsInLooks(lesson.page, looksOf.wholePage)).toEqual({});
  });

  test('the page of a server that has ended, and that of one that does not answer; the next server gives it another sandbox', async () => {
    const lesson = await tab.visit(`${server.url}/scenarios/session-fixation`);
    await lesson.play(1);
    await server.stop();
    await lesson.button('Start again').waitFor();
    expect(await findingsInLooks(lesson.page, looksOf.wholePage.slice(0, 2))).toEqual({});
    await lesson.button('Start again').click();
    await expect(lesson.page.getByText('The server does not answer.')).toBeThere();
    expect(await findingsInLooks(lesson.page, looksOf.wholePage)).toEqual({});

    server = await startServer({ PORT: String(server.port), PATH: '' });
    await lesson.button('Start again').click();
    await lesson.play(1);
  });
});
