import { readdirSync } from 'node:fs';
import { dirname, isAbsolute, join, posix, relative, resolve, sep } from 'node:path';
import { rolldown } from 'rolldown';
import { dataAsFiles, zodInEnglish } from './lightPackages.ts';
import { isBundled, packageOf, placeOfPackage } from './packages.ts';

/** What learners read and what they write is not bundled: traces name its lines, and a stack trace should. */
const keptAsFiles = /^(server\/(app|weaknesses)\/|scenarios\/[^/]+\.ts$)/;

/** What server/lab/source/appLine.ts recognizes in a stack has a file of its own, with this name. */
const namedChunks = [
  { name: 'router', test: /[\\/]node_modules[\\/](router|express4[\\/]lib[\\/]router)[\\/]/ },
  { name: 'express-session', test: /[\\/]node_modules[\\/]express-session[\\/]/ },
];

/** Stands for the URL of a module until it is known in which chunk the module is. */
const ownPlace = '__urlOfModule';

/** Returns whether the build keeps this file of the project as a file of its own. */
export const isKeptAsFile = (file: string) => keptAsFiles.test(file);

/**
 * Bundles the machinery, everything that is not kept as a file, and the packages, into few files that load quickly. To find and
 * read the files of express, zod and ioredis alone takes a quarter of a run.
 *
 * @param root the folder of the project
 * @param out the folder for the result, in which each entry has the place that it has in the project
 * @param entries files of the project
 * @param packages what the files kept as files import, as one module of imports and exports for each package
 * @returns the packages that were bundled
 */
export async function bundle(
  root: string,
  out: string,
  entries: readonly string[],
  packages: ReadonlyMap<string, string>,
): Promise<string[]> {
  const bundled = new Set<string>();
  const exportsOf = new Map([...packages].map(([name, source]) => [placeOfPackage(name), source]));
  const pathOf = (file: string) => relative(root, file).split(sep).join('/');
  const isOurs = (file: string) => file.startsWith(root) && !file.includes(`${sep}node_modules${sep}`);
  const build = await rolldown({
    cwd: root,
    input: {
      ...Object.fromEntries(entries.map((file) => [file.replace(/\.ts$/, ''), file])),
      ...Object.fromEntries(
        [...packages.keys()].map((name) => [placeOfPackage(name).replace(/\.js$/, ''), placeOfPackage(name)]),
      ),
    },
    platform: 'node',
    plugins: [
      dataAsFiles,
      zodInEnglish,
      {
        name: 'kept-as-files',
        resolveId(specifier, importer) {
          if (importer === undefined) return exportsOf.has(specifier) ? { id: join(root, specifier) } : null;
          if (isAbsolute(specifier)) return null;
          if (!specifier.startsWith('.')) {
            if (!isBundled(specifier)) return { id: specifier, external: true };
            bundled.add(packageOf(specifier));
            return null;
          }
          if (!isOurs(importer)) return null;
          const file = pathOf(resolve(dirname(importer), specifier));
          return isKeptAsFile(file) ? { id: join(root, file.replace(/\.ts$/, '.js')), external: 'relative' } : null;
        },
        load: (file) => exportsOf.get(pathOf(file)) ?? null,
      },
      {
        // A file beside a module is found from the module's own place, and a chunk is in another place.
        name: 'own-place',
        transform(code, file) {
          if (!isOurs(file) || !code.includes('import.meta.url')) return null;
          return code.replaceAll(
            'import.meta.url',
            `${ownPlace}(${JSON.stringify(pathOf(file).replace(/\.ts$/, '.js'))})`,
          );
        },
        renderChunk(code, { fileName }) {
          return code.replace(new RegExp(`${ownPlace}\\("([^"]+)"\\)`, 'g'), (_, place: string) => {
            const path = posix.relative(posix.dirname(fileName), place);
            return `new URL(${JSON.stringify(path.startsWith('.') ? path : `./${path}`)}, import.meta.url).href`;
          });
        },
      },
    ],
  });
  await build.write({
    dir: out,
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
    codeSplitting: { groups: namedChunks },
    sourcemap: false,
    comments: false,
  });
  await build.close();
  return [...bundled];
}

/** Returns the files of a folder and of those in it, relative to `root` and with slashes. */
export function filesIn(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? filesIn(root, path) : [path];
  });
}
