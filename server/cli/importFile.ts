import { register } from 'node:module';
import { pathToFileURL } from 'node:url';

/** This file is the source that a TypeScript loader runs, or the JavaScript that was built from it. */
const isBuilt = import.meta.url.endsWith('.js');

let prepared: Promise<void> | undefined;

/**
 * Imports a module that the user wrote, in TypeScript or JavaScript. It may import `session-sandbox` wherever it is.
 *
 * @throws what its code throws, and a SyntaxError when it cannot be read
 */
export async function importFile(file: string): Promise<Record<string, unknown>> {
  prepared ??= prepare();
  await prepared;
  return import(pathToFileURL(file).href);
}

async function prepare(): Promise<void> {
  // Only a user's file needs the loader: the package itself is JavaScript.
  if (isBuilt) {
    const tsx = await import('tsx/esm/api');
    tsx.register();
  }
  const entry = new URL(`../exports.${isBuilt ? 'js' : 'ts'}`, import.meta.url).href;
  register(new URL('./moduleHooks.mjs', import.meta.url), { data: { entry } });
}
