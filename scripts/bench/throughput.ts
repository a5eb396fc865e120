import autocannon from 'autocannon';
import type { StoreKind } from '../../scenarios/engine/trace.ts';
import { startChild } from './child.ts';
import type { ServedShop } from './shop.ts';
import { median } from './statistics.ts';
import type { Figure } from './table.ts';

const rounds = 5;
/** Seconds a run takes. */
const duration = 1.5;

/** GET /me with a live session, 32 connections that are kept: what it costs to be watched. */
export async function throughput(store: StoreKind): Promise<Figure[]> {
  const watched = await startChild<ServedShop>('scripts/bench/shop.ts', ['with-lens', store]);
  const plain = await startChild<ServedShop>('scripts/bench/shop.ts', ['without', store]);
  try {
    // Until the code is warm.
    await perSecond(watched.said);
    await perSecond(plain.said);
    const [withLens, without]: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round++) {
      withLens.push(await perSecond(watched.said));
      without.push(await perSecond(plain.said));
    }
    const ratio = median(withLens) / median(without);
    const figure = (values: number[]) => `${median(values).toFixed(0)} /s`;
    return [
      { what: `GET /me with the lens on, ${store}`, figure: figure(withLens), aim: null },
      { what: 'the same app without it', figure: figure(without), aim: null },
      {
        what: '  with : without',
        figure: `${ratio.toFixed(2)}x`,
        aim: { words: 'at least 0.8x', met: ratio >= 0.8 },
      },
    ];
  } finally {
    await Promise.all([watched.stop(), plain.stop()]);
  }
}

async function perSecond({ port, cookie }: ServedShop): Promise<number> {
  const result = await autocannon({
    url: `http://127.0.0.1:${port}/me`,
    connections: 32,
    duration,
    headers: { cookie, 'x-forwarded-proto': 'https' },
  });
  const good = result['2xx'];
  if (good === 0 || result.non2xx > 0 || result.errors > 0)
    throw new Error(`GET /me: ${good} good answers, ${result.non2xx} others, ${result.errors} errors.`);
  return good / result.duration;
}
