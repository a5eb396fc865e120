/** The lines of the app that caused the Redis commands and the response of a request, as the trace names them. */
import type { Exchange } from '../../../../scenarios/engine/read.ts';
import type { CodePlace, RedisCommand } from '../../../../scenarios/engine/trace.ts';
import type { Excerpt, Sources } from './parts.ts';
import { declarationsIn } from './syntax.ts';

/** A line that had an effect. */
export interface Decisive extends CodePlace {
  /** The commands that this line caused, oldest first. */
  commands: RedisCommand[];
  /** The status with which this line answered, or null when it did not answer. */
  answered: number | null;
}

/** Returns the lines in the order of their first effect. */
export function decisiveLines({ commands, response }: Exchange): Decisive[] {
  const found: Decisive[] = [];
  const at = (place: CodePlace) => {
    const known = found.find((one) => samePlace(one, place));
    if (known) return known;
    const fresh: Decisive = { file: place.file, line: place.line, commands: [], answered: null };
    found.push(fresh);
    return fresh;
  };
  for (const command of commands) if (command.code) at(command.code).commands.push(command);
  if (response?.code) at(response.code).answered = response.status;
  return found;
}

/**
 * Returns the whole statements around these lines, file by file, in the order in which the files first appear. A line
 * that does not exist in this copy of the app has no statement, for example a line in a trace of another version.
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

export const samePlace = (one: CodePlace | null, other: CodePlace) =>
  one !== null && one.file === other.file && one.line === other.line;

/** Returns a short name such as `auth/login.ts:56`. */
export const placeName = ({ file, line }: CodePlace) => `${shortFile(file)}:${line}`;

/** Returns `auth/login.ts` for a file of the app, and `weaknesses/….ts` for a weakness. */
export const shortFile = (file: string) => file.replace(/^server\/(app\/)?/, '');
