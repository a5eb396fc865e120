import { findSourceMap } from 'node:module';
import { pathToFileURL } from 'node:url';

const lines = new Map<string, number | null>();

/**
 * The line of the source file that a place in the running code was made from; null where the map does not know. What runs is
 * not what was written: tsx compiles each file when it is loaded, mostly into one long line. The answer is kept, so that the
 * map is asked once for each place.
 * @param original the environment's own `Error.prepareStackTrace`
 */
export function sourceLine(site: NodeJS.CallSite, original: typeof Error.prepareStackTrace): number | null {
  const place = `${site.getFileName()}:${site.getLineNumber()}:${site.getColumnNumber()}`;
  const known = lines.get(place);
  if (known !== undefined) return known;
  const line = mapped(site, original);
  lines.set(place, line);
  return line;
}

function mapped(site: NodeJS.CallSite, original: typeof Error.prepareStackTrace): number | null {
  const map = findSourceMap(site.getFileName() ?? '');
  if (map) {
    // Node's maps count lines and columns from 0, stacks from 1.
    const entry = map.findEntry((site.getLineNumber() ?? 1) - 1, (site.getColumnNumber() ?? 1) - 1);
    return 'originalLine' in entry ? entry.originalLine + 1 : null;
  }
  // A runner that keeps its maps to itself, as vitest does, applies them where stacks are written.
  const written = original ? String(original(new Error(), [site])) : site.toString();
  const line = /:(\d+):\d+\)?$/.exec(written)?.[1];
  return line === undefined ? null : Number(line);
}

/** Frames are named by URL in modules and by path elsewhere, and may carry a query of whoever loaded them. */
export const asUrl = (file: string): string =>
  (file.startsWith('file:') ? file : pathToFileURL(file).href).replace(/[?#].*$/, '');
