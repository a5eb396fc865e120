/** What is shown of the app's files for the lines that decided. Pure. */
import type { CodePlace } from '../../../../scenarios/engine/trace.ts';
import type { Excerpt, Sources } from './parts.ts';
import { declarationsIn } from './syntax.ts';

/**
 * The statements around those lines, whole, file by file in the order in which the files come first. A place in a file that is
 * not here, as in a trace of another version, gives nothing.
 */
export function excerptsAround(sources: Sources, places: readonly CodePlace[]): Excerpt[] {
  const files = [...new Set(places.map(({ file }) => file))];
  return files.flatMap((file) => {
    const lines = places.filter((place) => place.file === file).map(({ line }) => line);
    return declarationsIn(sources[file] ?? '')
      .filter(({ from, to }) => lines.some((line) => from <= line && line <= to))
      .map(({ from, to }) => ({ file, from, to }));
  });
}
