/** The lines of the app that led to something while one request was handled. Pure. */
import type { Exchange } from '../../../../scenarios/engine/read.ts';
import type { CodePlace, RedisCommand } from '../../../../scenarios/engine/trace.ts';

export interface Decisive extends CodePlace {
  /** The commands that this line led to, oldest first. */
  commands: RedisCommand[];
  /** The status this line answered with; null when it answered nothing. */
  answered: number | null;
}

export const samePlace = (one: CodePlace | null, other: CodePlace) =>
  one !== null && one.file === other.file && one.line === other.line;

/** Short enough for a list: `routes/auth.ts:56`. */
export const placeName = ({ file, line }: CodePlace) => `${shortFile(file)}:${line}`;

export const shortFile = (file: string) => file.replace(/^server\/(app\/)?/, '');

/** In the order in which they first led to something; the one that answered is last or among them. */
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
