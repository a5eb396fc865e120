import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { catalogue } from '../server/cli/catalogue.ts';
import { parseOptions } from '../server/cli/options.ts';
import { select } from '../server/cli/selection.ts';
import { runHere } from '../testing/commandLineRuns.ts';
import { blocks, commands, readme, root } from './readmeBlocks.ts';

const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const folder = mkdtempSync(join(tmpdir(), 'readme-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// npm runs `prepare` and `prepack` by itself.
test('every npm script that the README names exists, and it names every script', () => {
  const named = new Set(
    [...readme.matchAll(/npm (?:run )?(?:-s )?([a-z:]+)\b/g)]
      .map(([, name]) => name)
      .filter((name) => !['ci', 'install', 'pack'].includes(name!)),
  );
  named.delete('run');
  expect([...named, 'prepare', 'prepack'].sort()).toEqual(Object.keys(scripts).sort());
});

test('there are commands that play scenarios', () => expect(commands.length).toBeGreaterThan(3));

// readme.full.test.ts plays them all.
test.each(commands)('"$command" has options and scenarios that exist', async ({ words }) => {
  const options = parseOptions(words);
  expect(
    (await select(options.wanted, { catalogue, folder: root, signal: new AbortController().signal })).length,
  ).toBeGreaterThan(0);
});

const isQuick = ({ words }: (typeof commands)[number]) =>
  words.includes('session-fixation') || words.includes('--list');

test.each(commands.filter(isQuick))('"$command" holds', async ({ words }) => {
  expect(await runHere(words)).toMatchObject({ code: 0, stderr: '' });
});

test('the scenario of the README holds', async () => {
  const [source = ''] = blocks('ts');
  const file = join(folder, 'old-cookie.ts');
  writeFileSync(file, source.replaceAll("'./", `'${pathToFileURL(join(root, 'scenarios')).href}/`));
  const report = JSON.parse((await runHere([file, '--reporter', 'json'])).stdout);
  expect(report.holds).toBe(true);
  expect(report.scenarios[0].variants.vulnerable.asks[0].actual).toBe(200);
  expect(report.scenarios[0].variants.protected.asks[0].actual).toBe(401);
});

test('every folder of the map exists', () => {
  const [, map = ''] = /^```\n(server\/app\/.*?)^```/ms.exec(readme) ?? [];
  const lines = map.split('\n').filter(Boolean);
  expect(lines.length).toBeGreaterThan(5);
  let parent = '';
  for (const line of lines) {
    const name = line.trim().split(/\s/)[0]!;
    const path = line.startsWith(' ') ? join(parent, name) : name;
    if (!line.startsWith(' ')) parent = name;
    expect(statSync(join(root, path)).isDirectory(), path).toBe(true);
  }
});

test.each(['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'SECURITY.md'])(
  'every file and folder of the project that %s names exists',
  (document) => {
    const text = readFileSync(join(root, document), 'utf8');
    const places = /`((?:client|docs|scenarios|scripts|server|testing)\/[\w./-]*)`/g;
    const named = new Set([...text.matchAll(places)].map(([, path]) => path!));
    expect(named.size).toBeGreaterThan(1);
    // The README has the reader write this file.
    named.delete('scenarios/old-cookie.ts');
    expect([...named].filter((path) => !existsSync(join(root, path)))).toEqual([]);
  },
);
