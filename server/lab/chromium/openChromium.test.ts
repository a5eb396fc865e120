import { expect, test } from 'vitest';
import { loadDriver, whyNotStarted } from './openChromium.ts';

test('without the package, a sentence says how to get it', async () => {
  const missing = Object.assign(new Error('Cannot find package'), { code: 'ERR_MODULE_NOT_FOUND' });
  await expect(loadDriver(() => Promise.reject(missing))).rejects.toThrow(
    /not installed: run "npm install playwright-core"\.$/,
  );
  await expect(loadDriver(() => Promise.reject(new SyntaxError('broken')))).rejects.toThrow('broken');
});

const log = '\nBrowser logs:\n\n<launching> /opt/chrome --no-first-run\n[pid=7][err] ';

test.each([
  [
    `browserType.launchPersistentContext: Target page, context or browser has been closed${log}[0101/1:FATAL:zygote] No usable sandbox! Update your kernel`,
    /^\/opt\/chrome does not start, because this system gives its sandbox no rights\. Allow /,
  ],
  [
    `browserType.launchPersistentContext: Target page, context or browser has been closed${log}/opt/chrome: error while loading shared libraries: libnss3.so: cannot open shared object file`,
    /^\/opt\/chrome does not start: error while loading shared libraries: libnss3\.so: cannot open shared object file\.$/,
  ],
  [
    `browserType.launchPersistentContext: Timeout 180000ms exceeded.${log}`,
    /^\/opt\/chrome does not start: Timeout 180000ms exceeded\.$/,
  ],
])('%j is told in a sentence', (message, sentence) => {
  expect(whyNotStarted('/opt/chrome', new Error(message))).toMatch(sentence);
});
