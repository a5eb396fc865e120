/** For tests: both browsers send the same requests in the same contexts, make the same visits, and keep the same cookies. */
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenChromium, openChromium } from '../../server/lab/chromium/openChromium.ts';
import { playInChromium } from './contexts/chromium.ts';
import type { Context } from './contexts/contexts.ts';
import { hosts } from './contexts/table.ts';
import { playVirtually } from './contexts/virtual.ts';
import { differing } from './differing.ts';
import { asRecord, recordedFile, type Table } from './recorded.ts';
import { setInChromium } from './vectors/chromium.ts';
import type { Vector } from './vectors/vectors.ts';
import { setVirtually } from './vectors/virtual.ts';
import { visitInChromium } from './visits/chromium.ts';
import { visitVirtually } from './visits/virtual.ts';
import type { Visit } from './visits/visits.ts';

/** Milliseconds that a case may take on a busy machine. */
const patience = 2000;

/**
 * Defines the tests: servers receive the same from both browsers, and pages get the same, but for known differences.
 * @param record whether what Chromium does must be what is recorded of it; `vitest -u` records it anew
 */
export function compareTables(
  { contexts, visits, vectors }: { contexts: readonly Context[]; visits: readonly Visit[]; vectors: readonly Vector[] },
  record = false,
): void {
  let chromium: OpenChromium;
  beforeAll(async () => {
    chromium = await openChromium();
  });
  afterAll(() => chromium?.close());

  test(
    `in ${contexts.length} contexts the virtual browser sends what Chromium sends`,
    async () => {
      const real = await playInChromium(chromium, contexts, hosts);
      expectAlike(contexts, await playVirtually(contexts, hosts), real);
      if (record) await expectRecorded('contexts', asRecord(contexts, real));
    },
    60_000 + patience * contexts.length,
  );

  test(
    `on ${visits.length} visits the virtual browser does what Chromium does`,
    async () => {
      const real = await visitInChromium(chromium, visits);
      expectAlike(visits, await visitVirtually(visits), real);
      if (record) await expectRecorded('visits', asRecord(visits, real));
    },
    60_000 + patience * visits.length,
  );

  test(
    `with ${vectors.length} cookie vectors the virtual browser does what Chromium does`,
    async () => {
      const real = await setInChromium(chromium, vectors);
      expectAlike(vectors, await setVirtually(vectors), real);
      if (record) await expectRecorded('vectors', asRecord(vectors, real));
    },
    60_000 + patience * vectors.length,
  );
}

/** Defines the test of visits on which cookies get older than Chromium calls young. They do so in ten seconds here. */
export function compareOldCookies(visits: readonly Visit[]): void {
  test('a cookie without SameSite goes along with a form of another site as long as in Chromium', async () => {
    const chromium = await openChromium('--enable-features=ShortLaxAllowUnsafeThreshold');
    try {
      expectAlike(visits, await visitVirtually(visits), await visitInChromium(chromium, visits));
    } finally {
      await chromium.close();
    }
  });
}

const expectRecorded = (what: Table, record: string) =>
  expect(record).toMatchFileSnapshot(fileURLToPath(recordedFile(what)));

/** @param virtual what happened in each case, a line for each thing */
function expectAlike(cases: readonly { name: string }[], virtual: string[][], real: string[][]): void {
  const names = cases.map(({ name }) => name);
  expect(new Set(names).size, 'names that differ').toBe(names.length);
  const different = names.flatMap((name, index) => {
    const [ours, theirs] = [virtual[index]!, real[index]!];
    return ours.join('\n') === theirs.join('\n') ? [] : [{ name, virtual: ours, chromium: theirs }];
  });
  const known = names.filter((name) => name in differing);
  const unlisted = different.filter(({ name }) => !known.includes(name));
  const gone = known.filter((name) => !different.some((one) => one.name === name));
  expect(unlisted, 'differences that are not listed').toEqual([]);
  expect(gone, 'listed differences that no longer occur').toEqual([]);
}
