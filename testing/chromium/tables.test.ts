import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { everyContext, hosts } from './contexts/table.ts';
import { playVirtually } from './contexts/virtual.ts';
import { differing } from './differing.ts';
import { asRecord, linesOf, recordedFile } from './recorded.ts';
import { everyVector } from './vectors/table.ts';
import { setVirtually } from './vectors/virtual.ts';
import { everyVisit } from './visits/table.ts';
import { visitVirtually } from './visits/virtual.ts';

test('the documentation says how many there are', async () => {
  const page = await readFile(new URL('../../docs/virtual-browser.md', import.meta.url), 'utf8');
  expect(page).toContain(`(\`testing/chromium/contexts/table.ts\`, ${everyContext.length} of them)`);
  expect(page).toContain(`(\`testing/chromium/visits/table.ts\`, ${everyVisit.length} of them)`);
  expect(page).toContain(`(\`testing/chromium/vectors/table.ts\`, ${everyVector.length} of them)`);
});

// tables.browser.test.ts compares some of them with Chromium itself, and tables.full.test.ts all of them.
test.each([
  { what: 'contexts' as const, cases: everyContext, play: () => playVirtually(everyContext, hosts) },
  { what: 'visits' as const, cases: everyVisit, play: () => visitVirtually(everyVisit) },
  { what: 'vectors' as const, cases: everyVector, play: () => setVirtually(everyVector) },
])('in all $what the virtual browser does what Chromium did when it was recorded', async ({ what, cases, play }) => {
  const lines = await play();
  const likeChromium = new Set(linesOf(await readFile(recordedFile(what), 'utf8')));
  const record = linesOf(asRecord(cases, lines));
  const different = cases.flatMap(({ name }, index) =>
    likeChromium.has(record[index]!) || name in differing ? [] : [{ name, does: lines[index] }],
  );
  expect(different).toEqual([]);
  expect(likeChromium.size).toBe(cases.length);
});
