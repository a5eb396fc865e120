import type { StoreKind } from '../../scenarios/engine/trace.ts';
import { startChild } from './child.ts';
import type { IdleSandboxes } from './idleSandboxes.ts';
import { median } from './statistics.ts';
import type { Figure } from './table.ts';

const many = 200;
const megabyte = 1024 * 1024;

/** Resident memory of a process that holds sandboxes nobody uses. */
export async function memory(store: StoreKind): Promise<Figure[]> {
  const { said, stop } = await startChild<IdleSandboxes>(
    'scripts/bench/idleSandboxes.ts',
    [store, String(many)],
    ['--expose-gc'],
  );
  await stop();
  const each = (said.many - said.one) / (many - 1) / megabyte;
  const figure = (bytes: number) => `${(bytes / megabyte).toFixed(0)} MB`;
  return [
    { what: `1 idle sandbox, ${store}`, figure: figure(said.one), aim: null },
    { what: `${many} idle sandboxes`, figure: figure(said.many), aim: null },
    { what: '  each', figure: `${each.toFixed(2)} MB`, aim: { words: 'at most 1 MB', met: each <= 1 } },
    { what: '  made in', figure: `${median(said.makingMs).toFixed(1)} ms`, aim: null },
  ];
}
