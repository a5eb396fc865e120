import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { traceEvent } from '../../scenarios/engine/events.ts';
import { traceVersion } from '../../scenarios/engine/trace.ts';

const document = readFileSync(new URL('../../docs/trace-format.md', import.meta.url), 'utf8');

test('docs/trace-format.md describes this version, and each type of event once', () => {
  expect(document).toContain(`This describes version ${traceVersion}.`);
  const rows = document.split('\n').filter((line) => line.startsWith('| `'));
  const described = rows.flatMap((row) => [...row.split('|')[1]!.matchAll(/`([a-z-]+)`/g)].map(([, type]) => type));
  expect(described.sort()).toEqual(traceEvent.def.options.map(({ shape }) => shape.type.def.values[0]).sort());
});
