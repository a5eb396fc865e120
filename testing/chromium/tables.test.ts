import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { everyContext, hosts } from './contexts/table.ts';
import { playVirtually } from './contexts/virtual.ts';
import { differing } from './differing.ts';
import { asRecord, recordedFile } from './recorded.ts';
import { everyVisit } from './visits/table.ts';
import { visitVirtually } from './visits/virtual.ts';

test('the documentation says how many there are', async () => {
  const page = await readFile(new URL('../../docs/virtual-browser.md', import.meta.url), 'utf8');
  expect(page).toContain(`(\`testing/chromium/contexts/table.ts\`, ${everyContext.length} of them)`);
  expect(page).toContain(`(\`testing/chromium/visits/table.ts\`, ${everyVisit.length} of them)`);
});

// tables.browser.test.ts compares some of them with Chromium itself, and tables.full.test.ts all of them.
test.each([
  { what: 'contexts' as const, cases: everyContext, play: () => playVirtually(everyContext, hosts) },
  { what: 'visits' as const, cases: everyVisit, play: () => visitVirtually(everyVisit) },
])('in all $what the virtual browser does what Chromium did when it was recorded', async ({ what, cases, play }) => {
  const lines = await play();
  const recorded = (await readFile(recordedFile(what), 'utf8')).replaceAll('\r\n', '\n');
  const likeChromium = recorded.split('\n');
  const different = asRecord(cases, lines)
    .split('\n')
    .flatMap((line, index) => (line === likeChromium[index] ? [] : [{ name: cases[index]!.name, does: lines[index] }]));
  expect(different.filter(({ name }) => !(name in differing))).toEqual([]);
});
