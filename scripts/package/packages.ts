/** Which packages are bundled, and how the files that are not bundled find them. */
import { isBuiltin } from 'node:module';
import { posix } from 'node:path';

/**
 * They start a worker from a file of their own, are compiled, read files of their own, or are
 * installed by the people who need them.
 */
const notBundled = new Set(['@ioredis/commands', 'bcrypt', 'open', 'piscina', 'playwright-core', 'tsx']);

/** "@ioredis/commands" of "@ioredis/commands/built/commands.json" */
export const packageOf = (specifier: string) => /^(@[^/]+\/)?[^/]+/.exec(specifier)![0];

/** Returns whether a package goes into the bundle. */
export const isBundled = (specifier: string) => !isBuiltin(specifier) && !notBundled.has(packageOf(specifier));

/** Where a package that is bundled is found by the files that are kept as files. */
export const placeOfPackage = (name: string) => `packages/${name}.js`;

/** `import express, { Router } from 'express'`, on one line or, after the types are gone, with spaces in between. */
const packageImport = /^import ([^'"]*?) from '([^'.][^']*)';$/gm;

/**
 * Lets the JavaScript of a module import the packages from the bundle. Each import stays on its line.
 *
 * @param file the path of the module in the project
 */
export function withBundledPackages(source: string, file: string): string {
  return source.replace(packageImport, (statement, names: string, specifier: string) => {
    if (!isBundled(specifier)) return statement;
    const path = posix.relative(posix.dirname(file), placeOfPackage(specifier));
    return `import ${names} from '${path}';`;
  });
}

/** Returns what these modules import of each package that is bundled, as the source of a module that exports it. */
export function packageModules(sources: readonly string[]): Map<string, string> {
  const names = new Map<string, Set<string>>();
  for (const [, imported = '', specifier = ''] of sources.flatMap((source) => [...source.matchAll(packageImport)])) {
    if (!isBundled(specifier)) continue;
    const known = names.get(specifier) ?? new Set();
    names.set(specifier, known);
    const [, whole, inBraces = ''] = /^(\w+)?[\s,]*(?:\{(.*)\})?$/s.exec(imported.trim())!;
    if (whole) known.add('default');
    for (const name of inBraces.split(',').map((one) => one.trim())) if (name) known.add(name);
  }
  return new Map([...names].map(([name, own]) => [name, `export { ${[...own].join(', ')} } from '${name}';`]));
}
