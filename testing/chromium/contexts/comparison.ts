/** For tests: both browsers send the same requests in the same contexts. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenChromium, openChromium } from '../openChromium.ts';
import { playInChromium } from './chromium.ts';
import type { Context } from './contexts.ts';
import { differing } from './differing.ts';
import { hosts } from './table.ts';
import { playVirtually } from './virtual.ts';

/** Defines a test: in these contexts, servers receive the same from both browsers, and pages get the same, but for known differences. */
export function compareContexts(contexts: readonly Context[]): void {
  let chromium: OpenChromium;
  beforeAll(async () => {
    chromium = await openChromium();
  });
  afterAll(() => chromium?.close());

  test(`in ${contexts.length} contexts the virtual browser sends what Chromium sends`, async () => {
    expect(new Set(contexts.map(({ name }) => name)).size).toBe(contexts.length);
    const real = await playInChromium(chromium, contexts, hosts);
    const virtual = await playVirtually(contexts, hosts);
    const different = contexts.flatMap(({ name }, index) => {
      const [ours, theirs] = [virtual[index]!, real[index]!];
      return ours.join('\n') === theirs.join('\n') ? [] : [{ name, virtual: ours, chromium: theirs }];
    });
    const known = contexts.map(({ name }) => name).filter((name) => name in differing);
    expect(
      different.filter(({ name }) => !known.includes(name)),
      'differences that are not listed',
    ).toEqual([]);
    expect(
      different.map(({ name }) => name),
      'listed differences',
    ).toEqual(known);
  });
}
