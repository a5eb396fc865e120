import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { parseTrace } from '../../client/export/traceFile.ts';
import {
  catalogueName,
  type RecordedCatalogue,
  type Recording,
  traceOf,
  variable,
} from '../../scenarios/engine/recording.ts';
import { scenarios } from '../../scenarios/index.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const out = join(root, 'dist/demo');

// The tests find a redis-server, so nothing is missing.
test('npm run build:demo records everything, and what it writes is small and complete', { timeout: 600_000 }, () => {
  const built = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/demo/build.ts'], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(built.status, built.stderr).toBe(0);
  expect(built.stdout).toContain(`${scenarios.length} scenarios`);

  const files = readdirSync(join(out, 'recordings'));
  const data: Record<string, RecordedCatalogue | Recording> = {};
  for (const file of files) {
    const text = readFileSync(join(out, 'recordings', file), 'utf8');
    expect(gzipSync(text).length, file).toBeLessThan(120_000);
    const page: Record<string, typeof data> = {};
    new Function('self', text)(page);
    Object.assign(data, page[variable]);
  }
  const { [catalogueName]: catalogue, ...recordings } = data as { catalogue: RecordedCatalogue } & Record<
    string,
    Recording
  >;
  expect(catalogue!.missing).toEqual({});
  const wanted = scenarios.flatMap(({ slug, repairs }) =>
    ['vulnerable', 'protected', ...(repairs?.decoys.map(({ file }) => file) ?? [])].map((run) => `${slug}.${run}`),
  );
  expect(Object.keys(recordings).sort()).toEqual(wanted.sort());
  for (const [name, recording] of Object.entries(recordings)) {
    const outline = catalogue!.scenarios.find(({ slug }) => name.startsWith(`${slug}.`))!;
    const trace = traceOf(recording as Recording, outline);
    expect(parseTrace(JSON.stringify(trace)), name).toEqual(JSON.parse(JSON.stringify(trace)));
  }

  const first = ['index.html', 'page.js', 'page.css', 'recordings/catalogue.js'].map((file) =>
    readFileSync(join(out, file)),
  );
  expect(first.reduce((sum, file) => sum + gzipSync(file).length, 0)).toBeLessThan(620_000);
});
