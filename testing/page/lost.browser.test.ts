import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningServer, startServer } from '../serverProcess.ts';
import { sharedTab } from './tab.ts';

const tab = sharedTab();
/** The test ends it, and starts another one at its port. */
let server: RunningServer;

beforeAll(async () => {
  server = await startServer({ PATH: '' });
});
afterAll(() => server?.stop());

// A page whose Redis is lost: store-outage-fail-closed in client/pages/everyScenario.full.test.ts.
test('the page says that its server has ended, and that none answers; the next server gives it another sandbox', async () => {
  const lesson = await tab.visit(`${server.url}/scenarios/session-fixation`);
  await lesson.play(1);
  await server.stop();
  await lesson.button('Start again').click();
  await expect(lesson.page.getByText('The server does not answer.')).toBeThere();

  server = await startServer({ PORT: String(server.port), PATH: '' });
  await lesson.button('Start again').click();
  await lesson.play(1);
});
