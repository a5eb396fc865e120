import autocannon from 'autocannon';
import type { StoreKind } from '../../scenarios/engine/trace.ts';
import { startChild } from './child.ts';
import type { Served, ServedShop } from './shop.ts';
import { median, percentile } from './statistics.ts';
import type { Figure } from './table.ts';

/** So many that those which the machine disturbs do not matter. */
const rounds = 15;
/** Requests of one run: about half a second. */
const amount = 1500;
/** Until the code is warm. */
const warmUp = 6000;

type Shop = Awaited<ReturnType<typeof startChild<ServedShop>>>;

/**
 * GET /me with a live session, 32 connections that are kept: what it costs to be watched. The measure is the processor time of the
 * process that serves: a busy machine disturbs it less than the requests per second. Each round gives one ratio.
 */
export async function throughput(store: StoreKind): Promise<Figure[]> {
  const kinds: Served[] = ['without', 'lens', 'sandbox'];
  const shops = await Promise.all(kinds.map((kind) => startChild<ServedShop>('scripts/bench/shop.ts', [kind, store])));
  try {
    const [without, lens, sandbox] = await measureInTurn(shops);
    return [
      { what: `GET /me, ${store}: processor time`, figure: `${median(without!).toFixed(0)} µs`, aim: null },
      compared('  with the lens, as an actor’s request', lens!, without!, { words: 'at most 1.10x', most: 1.1 }),
      compared('  in a sandbox, as a request of others', sandbox!, without!, null),
    ];
  } finally {
    await Promise.all(shops.map((shop) => shop.stop()));
  }
}

/** Returns the times of each shop, one for each round. */
async function measureInTurn(shops: readonly Shop[]): Promise<number[][]> {
  for (const shop of shops) await serve(shop, warmUp);
  const times: number[][] = shops.map(() => []);
  for (let round = 0; round < rounds; round++) {
    // The other way round every other time: the machine may get slower or faster meanwhile.
    const order = [...shops.keys()];
    if (round % 2 === 1) order.reverse();
    for (const index of order) times[index]!.push(await serve(shops[index]!));
  }
  return times;
}

function compared(
  what: string,
  times: readonly number[],
  without: readonly number[],
  aim: { words: string; most: number } | null,
): Figure {
  const ratios = times.map((time, round) => time / without[round]!);
  const ratio = median(ratios);
  const [low, high] = [25, 75].map((percent) => percentile(ratios, percent).toFixed(2));
  return {
    what: `${what}: ${median(times).toFixed(0)} µs, half of the rounds ${low} to ${high}`,
    figure: `${ratio.toFixed(2)}x`,
    aim: aim && { words: aim.words, met: ratio <= aim.most },
  };
}

/** Returns the microseconds of processor time that one request takes. */
async function serve(shop: Shop, requests = amount): Promise<number> {
  const { port, cookie } = shop.said;
  const before = await shop.processorTime();
  const result = await autocannon({
    url: `http://127.0.0.1:${port}/me`,
    connections: 32,
    amount: requests,
    headers: { cookie, 'x-forwarded-proto': 'https' },
  });
  const good = result['2xx'];
  if (good !== requests || result.non2xx > 0 || result.errors > 0)
    throw new Error(`GET /me: ${good} good answers, ${result.non2xx} others, ${result.errors} errors.`);
  return ((await shop.processorTime()) - before) / requests;
}
