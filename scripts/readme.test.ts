import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { scenarios } from '../scenarios/index.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const folder = mkdtempSync(join(tmpdir(), 'readme-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const blocks = (language: string) =>
  [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(([, text]) => text ?? '');

const run = (args: string[]) =>
  execFileSync(process.execPath, ['--import', 'tsx', 'server/cli/main.ts', ...args], {
    cwd: root,
    encoding: 'utf8',
  });

test('every npm script in the README exists, and the README names every script', () => {
  const named = new Set(
    [...readme.matchAll(/npm (?:run )?(?:-s )?(start|test|[a-z:]+)\b/g)]
      .map(([, name]) => name)
      .filter((name) => name !== 'ci'),
  );
  named.delete('run');
  expect([...named].sort()).toEqual(Object.keys(scripts).sort());
});

const commands = blocks('sh')
  .join('')
  .split('\n')
  .map((line) => line.replace(/#.*/, '').trim())
  .filter((line) => line.includes('run') && line.includes('scenarios'))
  // The command with --reporter json plays all scenarios, too.
  .filter((line) => line !== 'npm run scenarios');

test.each(commands)(
  '"%s" holds',
  (command) => {
    const args = command.split(' -- ')[1]?.split(' ') ?? [];
    // With the cheapest hashes, to save time. `run` throws when something does not hold.
    const report = run([...args, '--bcrypt-cost', '4']);
    if (!args.includes('json')) return;
    const { holds, scenarios: played } = JSON.parse(report);
    expect(holds).toBe(true);
    expect(played.map(({ slug }: { slug: string }) => slug)).toEqual(scenarios.map(({ slug }) => slug));
  },
  60_000,
);

test('the scenario of the README runs and holds', () => {
  const [source = ''] = blocks('ts');
  const file = join(folder, 'old-cookie.ts');
  writeFileSync(file, source.replaceAll("'./", `'${pathToFileURL(join(root, 'scenarios')).href}/`));
  const report = JSON.parse(run([file, '--reporter', 'json', '--bcrypt-cost', '4']));
  expect(report.holds).toBe(true);
  expect(report.scenarios[0].variants.vulnerable.asks[0].actual).toBe(200);
  expect(report.scenarios[0].variants.protected.asks[0].actual).toBe(401);
});

test('every folder in the map of the code exists', () => {
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
