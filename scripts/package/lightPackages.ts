import { readFileSync } from 'node:fs';
import { dirname, resolve, sep } from 'node:path';
import type { Plugin } from 'rolldown';

/** Where the data of the packages is in the result. */
export const dataFolder = 'data';

const inPackages = `node_modules${sep}`;

/**
 * Keeps out of the bundle what a run seldom needs: V8 reads every character of a chunk, and the data of the packages would be a
 * fifth of them. JSON that a package requires stays a file, which is read when it is required: iconv-lite has tables of
 * Chinese characters, ioredis-mock the documentation of all commands.
 */
export const dataAsFiles: Plugin = {
  name: 'data-as-files',
  resolveId(specifier, importer, { kind }) {
    if (kind !== 'require-call' || !specifier.endsWith('.json') || !importer?.includes(inPackages)) return null;
    const file = resolve(dirname(importer), specifier);
    const fileName = [dataFolder, ...file.split(inPackages).at(-1)!.split(sep)].join('/');
    this.emitFile({ type: 'asset', fileName, source: readFileSync(file) });
    // From the folder of the chunks, in which the bundler's `require` is.
    return { id: `../${fileName}`, external: true };
  },
};

/** Leaves out the messages of zod in fifty languages. Ours are English, and `import { z }` brings all of them. */
export const zodInEnglish: Plugin = {
  name: 'zod-in-english',
  load: (file) =>
    /zod[\\/]v4[\\/]locales[\\/]index\.js$/.test(file) ? "export { default as en } from './en.js';" : null,
};
