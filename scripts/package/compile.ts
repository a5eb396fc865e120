import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle, filesIn, isKeptAsFile } from './bundle.ts';
import { eraseTypes } from './erase.ts';
import { dataFolder } from './lightPackages.ts';
import { packageModules, withBundledPackages } from './packages.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const out = join(root, 'dist');

/** Compiles the server, the command line and the scenarios to the JavaScript of the package, in dist/. */
export async function compile(): Promise<void> {
  const files = [...filesIn(root, 'server'), ...filesIn(root, 'scenarios')].filter(
    (file) => !/[.]test[.]ts$/.test(file),
  );
  for (const folder of ['server', 'scenarios', 'chunks', 'packages', dataFolder])
    rmSync(join(out, folder), { recursive: true, force: true });

  const lessons = files.filter(isKeptAsFile).filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'));
  const sources = lessons.map((file) => eraseTypes(readFileSync(join(root, file), 'utf8'), file));
  for (const [index, file] of lessons.entries())
    write(file.replace(/\.ts$/, '.js'), withBundledPackages(sources[index]!, file));
  for (const file of files.filter((file) => isRead(file))) copy(file);

  const engine = new Set(sources.flatMap(engineImports));
  const entries = [
    'server/exports.ts',
    'server/main.ts',
    'server/cli/bin.ts',
    'server/cli/main.ts',
    'server/cli/playThere.ts',
    'server/workers/worker.ts',
    ...engine,
  ];
  const bundled = await bundle(root, out, entries, packageModules(sources));
  write('chunks/LICENSES.txt', licensesOf(bundled));
}

/** Returns whether the program reads this file while it runs. Of the Markdown files these are the agendas of workshops. */
const isRead = (file: string) => file.startsWith('server/workshop/agendas/') || !/\.(ts|md)$|tsconfig/.test(file);

/** What the scenarios import of the engine keeps its place, so that they and the machinery share it. */
function engineImports(source: string): string[] {
  return [...source.matchAll(/from '\.\/(engine\/[^']+)\.js'/g)].map(([, file]) => `scenarios/${file}.ts`);
}

/** The licenses of the bundled packages ask for their text wherever the code goes. */
function licensesOf(packages: readonly string[]): string {
  return packages
    .toSorted()
    .map((name) => {
      const folder = join(root, 'node_modules', name);
      const license = readdirSync(folder).find((file) => /^licen[cs]e/i.test(file));
      const { version, license: kind } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
      return `${name} ${version} (${kind})\n\n${license ? readFileSync(join(folder, license), 'utf8') : ''}`;
    })
    .join('\n\n----\n\n');
}

function write(file: string, text: string): void {
  mkdirSync(dirname(join(out, file)), { recursive: true });
  writeFileSync(join(out, file), text);
}

function copy(file: string): void {
  mkdirSync(dirname(join(out, file)), { recursive: true });
  copyFileSync(join(root, file), join(out, file));
}
