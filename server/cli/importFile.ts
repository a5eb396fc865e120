import { register } from 'node:module';
import { pathToFileURL } from 'node:url';

/** This file is the source that a TypeScript loader runs, or the JavaScript that was built from it. */
const isBuilt = import.meta.url.endsWith('.js');

let prepared: Promise<void> | undefined;

/** A module only defines things. One that takes longer waits for what never comes. Milliseconds. */
const longest = 60_000;

/**
 * Imports a module that the user wrote, in TypeScript or JavaScript. It may import `session-sandbox` wherever it is.
 *
 * @param signal ends the wait, although nothing can end the import itself
 * @throws what its code throws, and a SyntaxError when it cannot be read; the reason of the signal
 */
export async function importFile(
  file: string,
  signal: AbortSignal,
  longestMs = longest,
): Promise<Record<string, unknown>> {
  prepared ??= prepare();
  await prepared;
  return await inTime(import(pathToFileURL(file).href), signal, longestMs);
}

async function inTime<Module>(imported: Promise<Module>, signal: AbortSignal, longestMs: number): Promise<Module> {
  const loaded = new AbortController();
  const tooLong = new Promise<never>((_, reject) => {
    signal.throwIfAborted();
    signal.addEventListener('abort', () => reject(signal.reason), { signal: loaded.signal });
    const why = `It is not loaded after ${longestMs / 1000} s: an await at its top level never ends.`;
    const timer = setTimeout(() => reject(new Error(why)), longestMs);
    // Where nothing else keeps the process alive, it ends at once, and says why.
    timer.unref();
    loaded.signal.addEventListener('abort', () => clearTimeout(timer));
  });
  try {
    return await Promise.race([imported, tooLong]);
  } finally {
    loaded.abort();
  }
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
