import { expect, test, vi } from 'vitest';
import { runHere } from '../../testing/commandLineRuns.ts';

test('without a browser, nothing is played: exit code 3 and the reason', async () => {
  vi.stubEnv('CHROME_PATH', '/nowhere/chrome');
  const ended = await runHere(['session-fixation', '--browser', 'chromium', '--reporter', 'json']);
  const sentence = 'CHROME_PATH is /nowhere/chrome, which is not a program that starts.';
  expect(ended).toMatchObject({ code: 3, stderr: expect.stringContaining(sentence) });
  expect(JSON.parse(ended.stdout)).toMatchObject({
    holds: false,
    scenarios: [],
    error: expect.stringContaining(sentence),
  });
});
