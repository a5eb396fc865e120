import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { htmlReporter, readTemplate } from '../../server/cli/reporters/html.ts';
import { everyLook, findingsInLooks } from '../../testing/page/looks.ts';
import { openTab, type Tab } from '../../testing/page/tab.ts';
import { nasty, recordAll, reported } from '../../testing/reported.ts';

let tab: Tab;
const folder = mkdtempSync(join(tmpdir(), 'session-sandbox-report-'));
const file = join(folder, 'report.html');
const requested: string[] = [];

beforeAll(async () => {
  const all = await recordAll();
  tab = await openTab();
  writeFileSync(
    file,
    reported((output) => htmlReporter(output, readTemplate()), all),
  );
  tab.page.on('request', (request) => requested.push(request.url()));
  await tab.page.goto(pathToFileURL(file).href);
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await tab?.close();
});

test('a report from a disk lists what went wrong first, and opens the step that did, without a request', async () => {
  const { page } = tab;
  const wrong = page.getByRole('region', { name: 'Not as expected' }).getByRole('listitem');
  await expect.poll(() => wrong.first().textContent()).toContain(nasty.slice(0, 10));
  expect(await findingsInLooks(page, everyLook)).toEqual({});

  await page.getByRole('link', { name: 'protected fails' }).first().click();
  const step = page.locator('[aria-current="step"]');
  await expect.poll(() => step.first().textContent()).toContain('</failure>');
  await page.getByRole('tab', { name: 'Code' }).click();
  await expect.poll(() => page.getByRole('region', { name: 'Code' }).textContent()).toContain('res.');
  expect(await page.title()).toContain('Report');

  await page.goBack();
  await expect.poll(() => wrong.count()).toBeGreaterThan(1);
  expect(requested.filter((address) => !/^(file|data):/.test(address))).toEqual([]);
});
