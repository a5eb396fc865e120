import { expect, test } from 'vitest';
import { playedScenario, upToStep } from '../../testing/playedScenario.ts';
import { read } from './read.ts';
import { basketTexts } from './recordBasket.ts';
import type { Variant } from './trace.ts';
import { whoIsWho } from './whoIsWho.ts';
import { whoIsWhoLines } from './whoIsWhoLines.ts';

const after = async (slug: string, variant: Variant, steps: number) =>
  whoIsWho(read(upToStep(await playedScenario(slug, variant), steps)));

/** Returns what is in the basket of each record, in the order of the records. */
const basketsAfter = async (slug: string, variant: Variant, steps: number) =>
  (await after(slug, variant, steps)).records.map(({ basket }) => basket?.items.join(', '));

test('in a lesson about baskets, a record says what is in its basket, wherever that is kept', async () => {
  // In the record itself, where the second of two writers overwrites the first, or in a list of its own.
  expect(await basketsAfter('resave-lost-update', 'vulnerable', 2)).toEqual(['hat, gloves']);
  expect(await basketsAfter('resave-lost-update', 'protected', 2)).toEqual(['hat, scarf, gloves']);
  expect(whoIsWhoLines(await after('resave-lost-update', 'protected', 2))[0]).toMatch(
    /; record of Alice, customer, basket: hat, scarf, gloves\.$/,
  );
});

test('two records that name one basket hold the same, and one that is gone holds nothing', async () => {
  expect(await basketsAfter('regenerate-at-login', 'vulnerable', 3)).toEqual(['hat, ring', 'hat, ring']);
  expect(await basketsAfter('regenerate-at-login', 'protected', 2)).toEqual([undefined, 'hat']);
});

test('what the step put in is a change, and what was there is none', async () => {
  const isChanged = async (steps: number) =>
    (await after('resave-lost-update', 'protected', steps)).records.map(({ basket }) => basket?.isChanged);
  expect(await isChanged(3)).toEqual([true]);
  expect(await isChanged(4)).toEqual([false]);
});

test('elsewhere, a basket is bookkeeping', async () => {
  expect(await basketsAfter('session-fixation', 'vulnerable', 1)).toEqual([undefined]);
});

test.each([
  [['hat', 'ring'], 'hat, ring', '2 items'],
  [['hat'], 'hat', '1 item'],
  [[], 'basket empty', 'basket empty'],
  [['hat\u202e'], '1 item', '1 item'],
  [['帽子'.repeat(30)], '1 item', '1 item'],
])('%j is told as "%s" or "%s"', (items, list, count) => {
  expect(basketTexts({ items, isChanged: false })).toEqual([list, count]);
});
