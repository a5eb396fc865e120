/**
 * `npm run build:package`: compiles the server, the command line and the scenarios to the JavaScript in dist/ that the published
 * package holds, with the type declarations of what it exports. Node runs it without a loader. The page is built by `npm run build`.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { trace } from '../../scenarios/engine/trace.ts';
import { bundle, filesIn, isKeptAsFile, packageOf } from './bundle.ts';
import { eraseTypes } from './erase.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const out = join(root, 'dist');

const files = [...filesIn(root, 'server'), ...filesIn(root, 'scenarios')].filter((file) => !/[.]test[.]ts$/.test(file));
for (const folder of ['server', 'scenarios', 'chunks', 'types'])
  rmSync(join(out, folder), { recursive: true, force: true });

const lessons = files.filter(isKeptAsFile).filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'));
const sources = lessons.map((file) => eraseTypes(readFileSync(join(root, file), 'utf8'), file));
for (const [index, file] of lessons.entries()) write(file.replace(/\.ts$/, '.js'), sources[index]!);
for (const file of files.filter((file) => !/\.(ts|md)$|tsconfig/.test(file))) copy(file);

const engine = new Set(sources.flatMap(engineImports));
const entries = ['server/exports.ts', 'server/main.ts', 'server/cli/bin.ts', 'server/cli/main.ts', ...engine];
// start.ts runs the app alone, in a process of its own.
const loaded = sources.filter((_, index) => lessons[index] !== 'server/app/start.ts');
const bundled = await bundle(root, out, entries, new Set(loaded.flatMap(packageImports)));
write('chunks/LICENSES.txt', licensesOf(bundled));
declareTypes();
writeFileSync(join(out, 'trace.schema.json'), JSON.stringify(z.toJSONSchema(trace, { io: 'input' }), null, 2));

/** Writes the declarations of what the package exports. Their imports name `.js` files, as in every published package. */
function declareTypes(): void {
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const { status } = spawnSync(process.execPath, [compiler, '-p', join(root, 'scripts/package/tsconfig.json')], {
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(1);
  for (const file of filesIn(out, 'types')) {
    const text = readFileSync(join(out, file), 'utf8');
    writeFileSync(join(out, file), text.replace(/(from '\.[^']*|import\('\.[^']*)\.ts'/g, "$1.js'"));
  }
}

/** What the scenarios import of the engine keeps its place, so that they and the machinery share it. */
function engineImports(source: string): string[] {
  return [...source.matchAll(/from '\.\/(engine\/[^']+)\.js'/g)].map(([, file]) => `scenarios/${file}.ts`);
}

/** The packages that a module imports, by name. */
function packageImports(source: string): string[] {
  return [...source.matchAll(/^import .*?'([^'.][^']*)';$/gm)].map(([, specifier]) => packageOf(specifier!));
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
